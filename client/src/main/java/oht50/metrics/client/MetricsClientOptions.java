package oht50.metrics.client;

import java.time.Duration;

/**
 * @param topic where points go
 * @param bufferPoints that many points are sent at once
 * @param flushInterval no point waits longer before it is sent
 * @param maxWaitingBytes of points that Kafka has not acknowledged, as JSON; a further point is
 *     refused. The heap that they take is about twice as much.
 */
public record MetricsClientOptions(
    String topic, int bufferPoints, Duration flushInterval, long maxWaitingBytes) {
  /** 1,000 points, 60 s, 32 MiB. */
  public static final MetricsClientOptions STANDARD =
      new MetricsClientOptions("oht50.points", 1_000, Duration.ofSeconds(60), 32L << 20);

  public MetricsClientOptions {
    if (bufferPoints < 1 || flushInterval.isNegative() || flushInterval.isZero()) {
      throw new IllegalArgumentException(
          bufferPoints + " points each " + flushInterval + ": both must be above zero");
    }
  }
}
