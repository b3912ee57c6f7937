package oht50.metrics.source.host;

import java.time.Duration;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * Asks a {@link Poller} at an interval and emits its answers. Polls run in their own thread: one
 * that fails is logged and counted, one that hangs is given up after the timeout, neither fails or
 * blocks the job. Made for a parallelism of 1: other subtasks would stay without work.
 */
public final class PollingSource<T>
    implements Source<T, PollingSplit, PollingState>, ResultTypeQueryable<T> {
  private static final long serialVersionUID = 1L;

  /** Answers that may wait for the job; a job that is further behind loses the newest. */
  private static final int WAITING = 64;

  private final String name;
  private final PollerFactory<T> factory;
  private final Duration interval;
  private final Duration timeout;
  private final TypeInformation<T> type;

  /**
   * @param name of the threads, and in messages
   * @param timeout how long a poll may take
   */
  public PollingSource(
      String name,
      PollerFactory<T> factory,
      Duration interval,
      Duration timeout,
      TypeInformation<T> type) {
    if (interval.toMillis() < 1 || timeout.toMillis() < 1) {
      throw new IllegalArgumentException(
          "interval " + interval + " and timeout " + timeout + " must be at least 1 ms");
    }
    this.name = name;
    this.factory = factory;
    this.interval = interval;
    this.timeout = timeout;
    this.type = type;
  }

  @Override
  public Boundedness getBoundedness() {
    return Boundedness.CONTINUOUS_UNBOUNDED;
  }

  @Override
  public SourceReader<T, PollingSplit> createReader(SourceReaderContext context) {
    Handover<T> handover = new Handover<>(WAITING);
    SeenCheckpoints checkpoints = new SeenCheckpoints();
    PollLoop<T> loop =
        new PollLoop<>(
            name,
            () -> factory.open(checkpoints),
            timeout,
            handover,
            PollCounters.in(context.metricGroup()));
    return new PollingReader<>(handover, checkpoints, () -> loop.start(interval), loop::close);
  }

  @Override
  public SplitEnumerator<PollingSplit, PollingState> createEnumerator(
      SplitEnumeratorContext<PollingSplit> context) {
    return restoreEnumerator(context, new PollingState(false));
  }

  @Override
  public SplitEnumerator<PollingSplit, PollingState> restoreEnumerator(
      SplitEnumeratorContext<PollingSplit> context, PollingState state) {
    return new PollingEnumerator(context, state);
  }

  @Override
  public SimpleVersionedSerializer<PollingSplit> getSplitSerializer() {
    return new PollingSplit.Serializer();
  }

  @Override
  public SimpleVersionedSerializer<PollingState> getEnumeratorCheckpointSerializer() {
    return new PollingState.Serializer();
  }

  @Override
  public TypeInformation<T> getProducedType() {
    return type;
  }
}
