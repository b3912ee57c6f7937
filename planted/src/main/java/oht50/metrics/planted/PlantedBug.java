package oht50.metrics.planted;

import java.util.Arrays;
import java.util.stream.Collectors;

/** Every bug that can be planted, and what has to catch it. The README lists the same. */
public enum PlantedBug {
  ARRIVAL_ORDER_FOLDED(
      "arrival-order-folded",
      "points of a minute are folded in the order they arrived in",
      CaughtBy.SIMULATION,
      Planting.in("oht50.metrics.series.SortedPoints", "sort", SeriesBugs.Skipped.class)),
  LOWEST_POSITION_WINS(
      "lowest-position-wins",
      "of two values for one series and time the one of the lowest position stays",
      CaughtBy.SIMULATION,
      Planting.in("oht50.metrics.series.SortedPoints", "isHigher", SeriesBugs.Negated.class));

  private final String id;
  private final String description;
  private final CaughtBy caughtBy;
  private final Planting planting;

  PlantedBug(String id, String description, CaughtBy caughtBy, Planting planting) {
    this.id = id;
    this.description = description;
    this.caughtBy = caughtBy;
    this.planting = planting;
  }

  /**
   * @throws IllegalArgumentException if there is no such bug; the message lists all
   */
  public static PlantedBug of(String id) {
    return Arrays.stream(values())
        .filter(bug -> bug.id.equals(id))
        .findAny()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no bug is called %s; there are %s"
                        .formatted(
                            id,
                            Arrays.stream(values())
                                .map(PlantedBug::id)
                                .collect(Collectors.joining(", ")))));
  }

  public String id() {
    return id;
  }

  /** What the product does while the bug is in it. */
  public String description() {
    return description;
  }

  public CaughtBy caughtBy() {
    return caughtBy;
  }

  Planting planting() {
    return planting;
  }
}
