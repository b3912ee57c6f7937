package oht50.metrics.source;

import org.apache.flink.api.common.eventtime.TimestampAssigner;

/** The timestamp of a stream element: its newest event time, else when it arrived. */
public final class EventTimes implements TimestampAssigner<Decoded> {
  @Override
  public long extractTimestamp(Decoded decoded, long recordTimestamp) {
    return decoded.hasEventTime() ? decoded.eventTime() : decoded.appendTime();
  }
}
