package oht50.metrics.simulation.rule;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import oht50.metrics.model.SampleBatch;
import oht50.metrics.model.Series;
import oht50.metrics.model.SeriesLayout;

/**
 * Which samples are within the horizon, by the contract alone: those not older than the watermark
 * by more than it. After a restart the watermark begins low, and how much of the one before is
 * known is nobody's promise: between the two it is undecided.
 */
final class Admitted {
  private final List<SampleBatch> within = new ArrayList<>();
  private long highest = Long.MIN_VALUE;
  private long known = Long.MIN_VALUE; // the highest since the newest snapshot
  private int beyond;
  private int late;
  private boolean isUndecided;

  static Admitted of(List<RuleStep> steps) {
    Admitted admitted = new Admitted();
    steps.forEach(admitted::add);
    return admitted;
  }

  void add(RuleStep step) {
    if (step instanceof RuleStep.Take take) {
      add(take.batch());
    } else if (step instanceof RuleStep.Mark mark) {
      highest = Math.max(highest, mark.watermark());
      known = Math.max(known, mark.watermark());
    } else if (step instanceof RuleStep.Checkpoint || step instanceof RuleStep.Restart) {
      known = Long.MIN_VALUE;
    }
  }

  private void add(SampleBatch batch) {
    isUndecided |= isUndecided(batch);
    int[] places =
        IntStream.range(0, batch.size())
            .filter(i -> batch.timestamp(i) >= oldest(highest))
            .toArray();
    beyond += batch.size() - places.length;
    for (int place : places) {
      late += batch.timestamp(place) <= highest ? 1 : 0;
    }
    if (places.length == batch.size()) {
      within.add(batch);
    } else if (places.length > 0) {
      Series[] series =
          IntStream.of(places).mapToObj(batch.layout()::series).toArray(Series[]::new);
      within.add(batch.only(places, SeriesLayout.of(series)));
    }
  }

  /** Whether nobody can say of all samples whether they are within the horizon. */
  boolean isUndecided(SampleBatch batch) {
    return IntStream.range(0, batch.size())
        .mapToLong(batch::timestamp)
        .anyMatch(time -> time < oldest(highest) && time >= oldest(known));
  }

  private static long oldest(long watermark) {
    return watermark == Long.MIN_VALUE ? watermark : watermark - RuleSetup.HORIZON;
  }

  /** The highest so far, ms. */
  long watermark() {
    return highest;
  }

  /** Those within the horizon. */
  List<SampleBatch> within() {
    return within;
  }

  int beyond() {
    return beyond;
  }

  /** Samples within it that the watermark had passed. */
  int late() {
    return late;
  }

  boolean isUndecided() {
    return isUndecided;
  }
}
