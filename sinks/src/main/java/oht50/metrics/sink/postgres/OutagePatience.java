package oht50.metrics.sink.postgres;

import java.io.Serializable;
import java.sql.SQLException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tries again, with growing pauses, while the database is away. A restart of the job would not
 * bring the database back, but would throw away what the job has read.
 *
 * @param budget longest time from the first failure of a call to its last try
 */
record OutagePatience(Duration budget, WallClock clock) implements Serializable {
  private static final Logger LOG = LoggerFactory.getLogger(OutagePatience.class);
  private static final long FIRST_PAUSE_MILLIS = 100;
  private static final long LONGEST_PAUSE_MILLIS = 5_000;

  /** Something that may fail because the database is away; repeating it does no harm. */
  interface Call<R> {
    R run() throws SQLException;
  }

  /**
   * @param beforeRetry called before each further try
   * @throws SQLException the last failure, when the budget is spent; at once any that is no outage
   */
  <R> R call(Call<R> call, Runnable beforeRetry) throws SQLException, InterruptedException {
    long firstFailure = 0;
    long pause = FIRST_PAUSE_MILLIS;
    for (int failures = 0; ; ) {
      try {
        return call.run();
      } catch (SQLException e) {
        if (SqlFailure.of(e) != SqlFailure.OUTAGE) {
          throw e;
        }
        failures++;
        long now = clock.monotonicNanos();
        firstFailure = failures == 1 ? now : firstFailure;
        Duration spent = Duration.ofNanos(now - firstFailure).plusMillis(pause);
        if (spent.compareTo(budget) > 0) {
          throw e;
        }
        LOG.warn("The database is away, try {} in {} ms: {}", failures + 1, pause, e.getMessage());
        clock.sleep(pause);
        pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
        beforeRetry.run();
      }
    }
  }
}
