package oht50.metrics.sink.repair;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import oht50.metrics.model.RepairWindow;
import oht50.metrics.sink.postgres.RepairLedger.StoredWindow;
import oht50.metrics.sink.postgres.StoredPoints;
import oht50.metrics.time.Interval;

/** Whether the raw points that a window is to be made of are there. */
final class Refusal {
  private Refusal() {}

  /**
   * A late point adds to what was counted, so fewer points than a stored row counts are a loss.
   * Also elsewhere in the day: it would be made anew of what is left.
   *
   * @param stored rows around the window
   * @param until first ms that the points do not reach
   * @return what is missing, in words
   */
  static Optional<String> lossOf(
      RepairWindow window, List<StoredWindow> stored, StoredPoints points, long until) {
    StoredWindow day = dayOf(window, stored);
    for (StoredWindow each : stored) {
      boolean isMadeAnew =
          each.holds(window.windowStart())
              || (day != null && each.start() >= day.start() && each.end() <= day.end());
      if (!isMadeAnew || each.end() > until) {
        continue;
      }
      long found = points.samplesBetween(each.start(), each.end());
      if (found < each.count()) {
        return Optional.of(
            String.format(
                Locale.ROOT,
                "the %s from %s counted %d points, and %d are in the tables",
                each.interval().word(),
                Instant.ofEpochMilli(each.start()),
                each.count(),
                found));
      }
    }
    return Optional.empty();
  }

  private static StoredWindow dayOf(RepairWindow window, List<StoredWindow> stored) {
    for (StoredWindow each : stored) {
      if (each.interval() == Interval.DAY && each.holds(window.windowStart())) {
        return each;
      }
    }
    return null;
  }
}
