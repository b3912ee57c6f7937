package oht50.metrics.cli.faults;

import java.util.Locale;

/**
 * One entry of the list that a campaign works through.
 *
 * @param number from 1
 * @param aim where a task is caught first, or null
 * @param seconds how long the fault lasts; 0 for one that has no duration
 * @param delayMillis after the input has gone on, before the fault; 0 for an aimed one
 */
record FaultAction(
    int number, FaultKind kind, Target target, AimPoint aim, double seconds, long delayMillis) {

  /** Groups actions in the summary. */
  String kindAndTarget() {
    return kind.word() + " " + target.word();
  }

  boolean isAimed() {
    return aim != null;
  }

  String describe() {
    return String.format(
        Locale.ROOT,
        "%3d  %-22s%s%s",
        number,
        kindAndTarget(),
        kind.lasts() ? String.format(Locale.ROOT, " %.1f s", seconds) : "",
        isAimed() ? ", " + aim.words() : "");
  }
}
