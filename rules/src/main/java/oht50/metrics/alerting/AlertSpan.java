package oht50.metrics.alerting;

/**
 * An alert from the tick at which its condition begins to hold to the one at which it is over.
 * Times are ticks, in milliseconds since the epoch, or {@link AlertStatus#NEVER}.
 *
 * @param activeAt since when its condition has held
 * @param firedAt when it fired; never if it was, or is, only pending
 * @param endedAt when it was over; never if it is not yet
 */
public record AlertSpan(long activeAt, long firedAt, long endedAt) {
  public boolean isOver() {
    return endedAt != AlertStatus.NEVER;
  }

  public boolean hasFired() {
    return firedAt != AlertStatus.NEVER;
  }

  static AlertSpan of(AlertStatus active) {
    return new AlertSpan(active.activeAt(), active.firedAt(), AlertStatus.NEVER);
  }

  AlertSpan endedAt(long tick) {
    return new AlertSpan(activeAt, firedAt, tick);
  }
}
