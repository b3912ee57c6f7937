package oht50.metrics.ruleexplain;

import java.util.List;
import oht50.metrics.model.AlertState;
import oht50.metrics.model.AlertTransition;
import oht50.metrics.model.Labels;

/**
 * An alert as the job published it.
 *
 * @param isWithdrawn whether it was taken back
 * @param activeAt when its condition began, ms
 * @param startsAt when it fires, ms; {@link AlertTransition#OPEN} if it does not
 * @param endsAt when it ended, ms; {@link AlertTransition#OPEN} while it has not
 * @param publications in the order in which they were decided
 */
public record PublishedAlert(
    Labels labels,
    boolean isWithdrawn,
    long activeAt,
    long startsAt,
    long endsAt,
    List<Publication> publications) {
  public PublishedAlert {
    publications = List.copyOf(publications);
  }

  /**
   * A transition.
   *
   * @param cause its word
   * @param decidedAt when the job decided it, ms
   */
  public record Publication(
      AlertState state, boolean isWithdrawal, String cause, long decidedAt, int turn) {}

  public PublishedAlert with(List<Publication> all) {
    return new PublishedAlert(labels, isWithdrawn, activeAt, startsAt, endsAt, all);
  }

  /** Whether it is published as firing at a tick. */
  boolean firesAt(long tick) {
    return !isWithdrawn && startsAt <= tick && tick < endsAt;
  }
}
