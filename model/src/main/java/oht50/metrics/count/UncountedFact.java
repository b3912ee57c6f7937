package oht50.metrics.count;

import java.time.Instant;
import oht50.metrics.model.Occurrence;
import oht50.metrics.model.Position;
import oht50.metrics.model.RejectReason;
import oht50.metrics.model.Rejected;

/**
 * A fact that is in no count: it is older than the counts remember, so nobody can say whether it
 * has been counted before.
 */
public final class UncountedFact {
  private UncountedFact() {}

  /**
   * @param index of one of the fact's series
   */
  public static Rejected reject(Occurrence fact, int index) {
    return new Rejected(
        new Position("source " + Long.toHexString(fact.sourceId()), 0, fact.offset()),
        fact.series().series(index).canonical(),
        RejectReason.BEYOND_COUNTS,
        (fact.isWithdrawn() ? "what was counted of " : "a fact of ")
            + Instant.ofEpochMilli(fact.timestamp())
            + (fact.isWithdrawn()
                ? " was wrong, and is older than the counts remember; it stays counted"
                : " is older than the counts remember; the event itself is stored"),
        null,
        Long.toHexString(fact.naturalKey()),
        fact.timestamp());
  }
}
