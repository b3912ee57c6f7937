package oht50.metrics.rule;

/** What is kept for the robot at hand. */
public interface SequenceStore {
  /** Never null; {@link LogIndex#EMPTY} where nothing is kept. */
  LogIndex index();

  void index(LogIndex index);

  /**
   * A minute that the index names.
   *
   * @param start ms
   */
  LogMinute minute(long start);

  /**
   * @param minute null to let go of it
   */
  void minute(long start, LogMinute minute);

  /** Asks to be called once the watermark has reached an instant; asking again changes nothing. */
  void wakeAt(long watermark);
}
