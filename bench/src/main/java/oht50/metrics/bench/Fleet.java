package oht50.metrics.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import oht50.metrics.model.Labels;
import oht50.metrics.model.MetricKind;
import oht50.metrics.model.Position;
import oht50.metrics.model.SampleBatch;
import oht50.metrics.model.Series;
import oht50.metrics.model.SeriesLayout;

/** Robots that send one batch each second; the same robots send the same batches in every run. */
final class Fleet {
  static final int MAX_LATENESS_SECONDS = 180;

  private static final long START = 1_795_521_600_000L; // 2026-11-24T12:00:00Z
  private static final long SEED = 42;

  private final int latePercent;
  private final SplittableRandom random = new SplittableRandom(SEED);
  private final SeriesLayout[] layouts; // robot -> layout
  private final List<List<SampleBatch>> delayed = new ArrayList<>(); // arrival second, as a ring
  private int second;
  private long offset;

  Fleet(int robots, int series, MetricKind kind, int latePercent) {
    this.latePercent = latePercent;
    this.layouts = new SeriesLayout[robots];
    for (int robot = 0; robot < robots; robot++) {
      List<Series> of = new ArrayList<>();
      for (int i = 0; i < series; i++) {
        of.add(Series.of("oht50_robot_metric_" + i, Labels.of("robot_id", "OHT-" + robot), kind));
      }
      layouts[robot] = SeriesLayout.of(of);
    }
    for (int i = 0; i <= MAX_LATENESS_SECONDS; i++) {
      delayed.add(new ArrayList<>());
    }
  }

  /** Event time of the second that comes next. */
  long now() {
    return START + second * 1_000L;
  }

  /** What arrives in the next second, in order. */
  List<SampleBatch> nextSecond() {
    List<SampleBatch> due = delayed.get(second % delayed.size());
    List<SampleBatch> arrivals = new ArrayList<>(due);
    due.clear();
    for (SeriesLayout layout : layouts) {
      SampleBatch batch = batch(layout);
      if (random.nextInt(100) < latePercent) {
        int lateness = 1 + random.nextInt(MAX_LATENESS_SECONDS);
        delayed.get((second + lateness) % delayed.size()).add(batch);
      } else {
        arrivals.add(batch);
      }
    }
    second++;
    return arrivals;
  }

  private SampleBatch batch(SeriesLayout layout) {
    double[] values = new double[layout.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextDouble() * 100;
    }
    long jitter = random.nextInt(1_000);
    return SampleBatch.at(now() + jitter, layout, values, new Position("bench", 0, offset++));
  }
}
