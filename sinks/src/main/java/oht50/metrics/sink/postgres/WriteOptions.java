package oht50.metrics.sink.postgres;

import java.io.Serializable;
import java.time.Duration;

/**
 * How rows are gathered and how long an outage is waited out.
 *
 * @param batchRows rows after which a batch is written; each is held in memory until then
 * @param batchInterval longest time a row waits for its batch, and so what a reader lags behind
 * @param outageBudget how long the database may be away before the job fails; meanwhile its task
 *     stands still, so checkpoints must be allowed to take longer
 */
public record WriteOptions(int batchRows, Duration batchInterval, Duration outageBudget)
    implements Serializable {
  public WriteOptions {
    if (batchRows < 1) {
      throw new IllegalArgumentException("a batch of " + batchRows + " rows: at least 1 is needed");
    }
    if (batchInterval.isNegative() || batchInterval.isZero()) {
      throw new IllegalArgumentException(
          "a batch interval of " + batchInterval + ": more than 0 is needed");
    }
    if (outageBudget.isNegative()) {
      throw new IllegalArgumentException("an outage budget of " + outageBudget + ": not below 0");
    }
  }

  /**
   * 2,000 rows, 500 ms, 90 s: a minute's absence, the server's start, and the longest pause between
   * two tries.
   */
  public static WriteOptions defaults() {
    return new WriteOptions(2_000, Duration.ofMillis(500), Duration.ofSeconds(90));
  }

  OutagePatience patience() {
    return new OutagePatience(outageBudget, WallClock.SYSTEM);
  }
}
