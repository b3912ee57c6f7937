package oht50.metrics.sink.repair;

import java.time.Instant;
import oht50.metrics.sink.postgres.RepairLedger.Moment;

/**
 * Which requests hold: all that was sent before them is in the tables. What an operator has sent is
 * stored at the latest by a checkpoint that began later; so a moment is noted, and is over when two
 * checkpoints of the same attempt have completed, one after the other, that both reached this
 * source after it. The first may have begun before the moment, the second cannot: one checkpoint
 * runs at a time. A new attempt begins anew, because what the one before had not stored is gone.
 */
final class Ripeness {
  private static final long NONE = -1;

  private long attempt = NONE;
  private Instant since;
  private Instant until;

  private Instant marked;
  private long begunBefore;
  private long firstCompleted;

  /**
   * @param begun the newest checkpoint that this source is a part of, asked for after the moment
   * @param completed the newest that has completed
   */
  void look(Moment moment, long begun, long completed) {
    if (moment.attempt() != attempt) {
      attempt = moment.attempt();
      since = moment.now();
      until = null;
      mark(moment, begun);
      return;
    }
    if (firstCompleted == NONE) {
      firstCompleted = completed > begunBefore ? completed : NONE;
    } else if (completed > firstCompleted) {
      until = marked;
      mark(moment, begun);
    }
  }

  private void mark(Moment moment, long begun) {
    marked = moment.now();
    begunBefore = begun;
    firstCompleted = NONE;
  }

  /** Requests up to here are ripe; null if none is. */
  Instant until() {
    return until;
  }

  /** Requests up to here may be those of an attempt that has failed. */
  Instant since() {
    return since;
  }
}
