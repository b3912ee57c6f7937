package oht50.metrics.ruleeval;

/** What is kept of the part at hand; null stands for nothing kept. */
public interface PartStore {
  PartIndex index();

  void index(PartIndex index);

  PartSeries series();

  void series(PartSeries series);

  /**
   * A slice that the index names.
   *
   * @param start ms
   */
  PointSlice slice(long start);

  void slice(long start, PointSlice slice);

  /** What is kept of a rule that the index names. */
  RuleState rule(long id);

  void rule(long id, RuleState state);

  /**
   * Asks to be called once the watermark has reached an instant, at its next step if it has
   * already; asking again changes nothing.
   */
  void wakeAt(long watermark);
}
