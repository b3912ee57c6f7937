package oht50.metrics.series;

import java.util.List;
import oht50.metrics.model.LatePoint;
import oht50.metrics.model.LatestPoint;
import oht50.metrics.model.PointChunk;
import oht50.metrics.model.RepairWindow;
import oht50.metrics.model.Rollup;
import oht50.metrics.model.Series;
import oht50.metrics.model.SeriesEntry;

/**
 * Collects the rows of a pass over points that have been published before: all else is known.
 *
 * @param rows where they go
 */
record RowsOnly(List<Rollup> rows) implements SeriesOutput {
  @Override
  public void rollup(Rollup rollup) {
    rows.add(rollup);
  }

  @Override
  public void chunk(PointChunk chunk) {}

  @Override
  public void beyondHorizon(LatePoint point) {}

  @Override
  public void latest(LatestPoint point) {}

  @Override
  public void repair(RepairWindow window) {}

  @Override
  public void series(SeriesEntry entry) {}

  @Override
  public void collision(Series series, long timestamp, long sourceId, long offset) {}

  @Override
  public void lateSamples(int count) {}

  @Override
  public void conflicts(int count) {}
}
