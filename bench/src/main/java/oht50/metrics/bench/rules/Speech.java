package oht50.metrics.bench.rules;

import oht50.metrics.model.SeriesLayout;

/** What the robots of a fleet say: a function of time, the same in every run. */
interface Speech {
  /** The series of a robot. */
  SeriesLayout layout(int robot);

  /**
   * Values of these series.
   *
   * @param time ms
   */
  double[] values(int robot, long time);
}
