package oht50.metrics.simulation.rule;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import oht50.metrics.model.Labels;
import oht50.metrics.model.MetricKind;
import oht50.metrics.model.SampleBatch;
import oht50.metrics.model.Series;
import oht50.metrics.model.SeriesLayout;
import oht50.metrics.model.StaleMarker;

/** The samples of three robots of two sites, of a host, and of something that is neither. */
final class RuleFleet {
  private static final List<String> METRICS = List.of("a", "b", "c");
  private static final List<Labels> SPEAKERS =
      List.of(
          Labels.of("robot_id", "r0", "site", "s0"),
          Labels.of("robot_id", "r1", "site", "s0"),
          Labels.of("robot_id", "r2", "site", "s1"),
          Labels.of("instance", "host", "site", "s0"),
          Labels.of("site", "s1"));

  private final Random random;
  private final double step; // of gauges; tenths have sums that depend on their order
  private final long silentFrom;
  private final long silentUntil;
  private final long[] offsets = new long[SPEAKERS.size()];

  RuleFleet(Random random) {
    this.random = random;
    this.step = random.nextInt(3) == 0 ? 0.1 : 1;
    boolean isSilent = random.nextInt(3) == 0;
    this.silentFrom = RuleSetup.BEGIN + (3 + random.nextInt(8)) * RuleSetup.MINUTE;
    this.silentUntil = isSilent ? silentFrom + (2 + random.nextInt(5)) * RuleSetup.MINUTE : 0;
  }

  /**
   * A record on its way.
   *
   * @param at by the newest event time of the stream
   */
  record Arrival(SampleBatch batch, long at) {}

  /** In the order of arrival; some late, some twice, some beyond the horizon. */
  List<Arrival> arrivals() {
    boolean goBeyond = random.nextInt(3) == 0;
    List<Arrival> arrivals = new ArrayList<>();
    for (SampleBatch batch : batches()) {
      int times = random.nextInt(8) == 0 ? 2 : 1;
      for (int i = 0; i < times; i++) {
        arrivals.add(new Arrival(batch, batch.timestamp(0) + delay(goBeyond)));
      }
    }
    arrivals.sort(Comparator.comparingLong(Arrival::at));
    return arrivals;
  }

  private long delay(boolean goBeyond) {
    if (goBeyond && random.nextInt(25) == 0) {
      return RuleSetup.HORIZON + 10_000 + random.nextInt(240_000);
    }
    if (random.nextInt(6) > 0) {
      return random.nextInt(4_000);
    }
    long latest = RuleSetup.HORIZON - 5_000;
    return random.nextBoolean()
        ? (long) (random.nextDouble() * latest)
        : latest - random.nextInt(60_000);
  }

  /** As their sources wrote them, each with its own position. */
  private List<SampleBatch> batches() {
    List<SampleBatch> batches = new ArrayList<>();
    for (int speaker = 0; speaker < SPEAKERS.size(); speaker++) {
      double[] values = new double[METRICS.size()];
      boolean isSilent = random.nextInt(8) == 0;
      long time = RuleSetup.BEGIN + random.nextInt(20_000);
      for (; time < RuleSetup.BEGIN + RuleSetup.LENGTH; time += 5_000 + random.nextInt(30_000)) {
        isSilent = random.nextInt(isSilent ? 5 : 14) == 0 ? !isSilent : isSilent;
        if (!isSilent && (time < silentFrom || time >= silentUntil)) {
          speak(speaker, time, values, batches);
        }
      }
    }
    return batches;
  }

  private void speak(int speaker, long time, double[] values, List<SampleBatch> batches) {
    step(values);
    add(speaker, time, values, batches);
    int again = random.nextInt(20);
    if (again == 0) { // the same times again, of a later position and with other values
      step(values);
    }
    if (again <= 1) {
      add(speaker, time, values, batches);
    }
  }

  private void step(double[] values) {
    for (int i = 0; i < 2; i++) {
      values[i] = random.nextInt(4) == 0 ? random.nextInt(5) * step : values[i];
    }
    values[2] = random.nextInt(20) == 0 ? 0 : values[2] + random.nextInt(3);
  }

  private void add(int speaker, long time, double[] values, List<SampleBatch> batches) {
    List<Series> series = new ArrayList<>();
    List<Long> times = new ArrayList<>();
    List<Double> said = new ArrayList<>();
    for (int metric = 0; metric < METRICS.size(); metric++) {
      if (random.nextInt(8) > 0) {
        series.add(series(metric, speaker));
        times.add(time + metric * 500L);
        said.add(random.nextInt(30) == 0 ? StaleMarker.VALUE : values[metric]);
      }
    }
    boolean isRobot = SPEAKERS.get(speaker).get("robot_id") != null;
    int most = isRobot ? series.size() : 1; // series of others are not of one key
    for (int from = 0; from < series.size(); from += most) {
      batches.add(
          new SampleBatch(
              SeriesLayout.of(series.subList(from, from + most)),
              times.subList(from, from + most).stream().mapToLong(each -> each).toArray(),
              said.subList(from, from + most).stream().mapToDouble(each -> each).toArray(),
              speaker,
              offsets[speaker]++));
    }
  }

  private static Series series(int metric, int speaker) {
    return Series.of(
        METRICS.get(metric),
        SPEAKERS.get(speaker),
        metric == 2 ? MetricKind.COUNTER : MetricKind.GAUGE);
  }
}
