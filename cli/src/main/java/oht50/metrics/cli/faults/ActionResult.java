package oht50.metrics.cli.faults;

import java.util.Locale;

/**
 * What came of an action.
 *
 * @param atSeconds since the campaign began
 * @param hit what proves that an aimed action hit, null if it did not; empty for other actions
 * @param skipped why it could not be done here, or null
 * @param recoverySeconds from the end of the fault until newly committed rows and a newer completed
 *     checkpoint; negative if there were none
 * @param heap of the TaskManagers, null where it was not measured
 */
record ActionResult(
    FaultAction action,
    double atSeconds,
    String hit,
    String skipped,
    double recoverySeconds,
    LiveHeap.Change heap) {

  boolean isMissed() {
    return skipped == null && action.isAimed() && hit == null;
  }

  boolean hasRecovered() {
    return recoverySeconds >= 0;
  }

  String line() {
    String outcome;
    if (skipped != null) {
      outcome = "skipped: " + skipped;
    } else {
      outcome =
          (action.isAimed() ? (hit == null ? "MISSED, " : "hit " + hit + ", ") : "")
              + (hasRecovered()
                  ? String.format(Locale.ROOT, "recovered in %.1f s", recoverySeconds)
                  : "NO PROGRESS")
              + (heap == null ? "" : ", " + heap.describe());
    }
    return String.format(Locale.ROOT, "%7.1f s %s: %s", atSeconds, action.describe(), outcome);
  }
}
