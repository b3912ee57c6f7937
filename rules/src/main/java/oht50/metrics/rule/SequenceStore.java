package oht50.metrics.rule;

/** What is kept for the robot at hand. */
public interface SequenceStore {
  /** Never null; {@link LogIndex#EMPTY} where nothing is kept. */
  LogIndex index();

  void index(LogIndex index);

  /**
   * A slice that the index names.
   *
   * @param start ms
   */
  LogSlice slice(long start);

  /**
   * @param slice null to let go of it
   */
  void slice(long start, LogSlice slice);

  /** Asks to be called once the watermark has reached an instant; asking again changes nothing. */
  void wakeAt(long watermark);
}
