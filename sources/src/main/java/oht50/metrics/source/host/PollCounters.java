package oht50.metrics.source.host;

import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/**
 * What went wrong with polls.
 *
 * @param failed polls that threw
 * @param timedOut polls that took longer than allowed; their answer is thrown away
 * @param dropped answers for which there was no room, because the job is not reading
 */
record PollCounters(Counter failed, Counter timedOut, Counter dropped) {
  static PollCounters in(MetricGroup group) {
    return new PollCounters(
        group.counter("pollsFailed"),
        group.counter("pollsTimedOut"),
        group.counter("pollsDropped"));
  }
}
