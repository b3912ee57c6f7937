package oht50.metrics.publication;

/** What was published of alerts so far. */
public interface AlertLedger {
  /**
   * What was published of an alert, or null.
   *
   * @param activeAt its own
   */
  IssuedAlert find(String alertId, long activeAt);

  /** Notes what has been published of an alert, in the place of what was noted before. */
  void note(IssuedAlert alert);
}
