package oht50.metrics.vda;

/** What is kept of the robot at hand; null stands for nothing kept. */
public interface ReportStore {
  ReportIndex index();

  void index(ReportIndex index);

  /**
   * @param start ms
   */
  ReportSlice slice(long start);

  void slice(long start, ReportSlice slice);

  /** Asks to be called once the watermark has reached an instant; asking again changes nothing. */
  void wakeAt(long watermark);
}
