package oht50.metrics.series;

import oht50.metrics.model.LatePoint;
import oht50.metrics.model.LatestPoint;
import oht50.metrics.model.PointChunk;
import oht50.metrics.model.RepairWindow;
import oht50.metrics.model.Rollup;
import oht50.metrics.model.Series;
import oht50.metrics.model.SeriesEntry;

/** Where the answers of {@link SeriesCore} go. */
public interface SeriesOutput {
  void rollup(Rollup rollup);

  void chunk(PointChunk chunk);

  /** A point beyond the correction horizon. */
  void beyondHorizon(LatePoint point);

  /** The newest point of a series, when it has changed. */
  void latest(LatestPoint point);

  /** A window that state cannot compute. */
  void repair(RepairWindow window);

  /** A new incarnation of a series. */
  void series(SeriesEntry entry);

  /** A sample of a series whose id another one has; it is in no result. */
  void collision(Series series, long timestamp, long sourceId, long offset);

  /** So many samples arrived for windows that were final. */
  void lateSamples(int count);

  /** So many times were given a second, different value. */
  void conflicts(int count);
}
