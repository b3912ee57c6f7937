package oht50.metrics.bench.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import oht50.metrics.model.Labels;
import oht50.metrics.model.MetricKind;
import oht50.metrics.model.Series;
import oht50.metrics.model.SeriesLayout;

/**
 * The metrics of {@link FleetMetrics}. Each series is high or low, with little noise, so that every
 * condition of {@link GeneratedRules} clearly holds or does not; some change once.
 */
final class GeneratedSpeech implements Speech {
  private static final long SEED = 42;

  private final long from;
  private final long changeAt;
  private final SeriesLayout[] layouts;
  private final Course[][] courses; // robot, series -> how it runs

  /** How a series runs. */
  private enum Course {
    LOW,
    HIGH,
    GOES_UP,
    GOES_DOWN;

    boolean isHigh(boolean isChanged) {
      return switch (this) {
        case LOW -> false;
        case HIGH -> true;
        case GOES_UP -> isChanged;
        case GOES_DOWN -> !isChanged;
      };
    }
  }

  /**
   * @param from when counters are 0, ms
   * @param changeAt when some gauges go up or down, ms
   */
  GeneratedSpeech(int robots, long from, long changeAt) {
    this.from = from;
    this.changeAt = changeAt;
    this.layouts = new SeriesLayout[robots];
    this.courses = new Course[robots][];
    SplittableRandom random = new SplittableRandom(SEED);
    for (int robot = 0; robot < robots; robot++) {
      List<Series> series = new ArrayList<>();
      List<Course> ofSeries = new ArrayList<>();
      for (String metric : FleetMetrics.all()) {
        for (String subsystem : FleetMetrics.SUBSYSTEMS) {
          Labels labels = Labels.of("robot_id", "OHT-" + robot, "subsystem", subsystem);
          series.add(Series.of(metric, labels, kind(metric)));
          ofSeries.add(course(metric, random));
        }
      }
      layouts[robot] = SeriesLayout.of(series);
      courses[robot] = ofSeries.toArray(new Course[0]);
    }
  }

  private static MetricKind kind(String metric) {
    return FleetMetrics.COUNTERS.contains(metric) ? MetricKind.COUNTER : MetricKind.GAUGE;
  }

  private static Course course(String metric, SplittableRandom random) {
    int percent = random.nextInt(100);
    if (percent < 5) {
      return Course.HIGH;
    }
    if (percent >= 11 || !FleetMetrics.SWITCHING.contains(metric)) {
      return Course.LOW;
    }
    return percent < 8 ? Course.GOES_UP : Course.GOES_DOWN;
  }

  @Override
  public SeriesLayout layout(int robot) {
    return layouts[robot];
  }

  @Override
  public double[] values(int robot, long time) {
    SeriesLayout layout = layouts[robot];
    double[] values = new double[layout.size()];
    double seconds = (time - from) / 1e3;
    for (int i = 0; i < values.length; i++) {
      boolean isHigh = courses[robot][i].isHigh(time >= changeAt);
      double wave = Math.sin(seconds / 7 + robot + i);
      if (layout.series(i).kind() == MetricKind.COUNTER) {
        double rate = isHigh ? FleetMetrics.FAST : FleetMetrics.SLOW;
        values[i] = Math.floor(rate * (seconds + wave + 1)); // the wave never makes it fall
      } else {
        double level = isHigh ? FleetMetrics.HIGH : FleetMetrics.LOW;
        values[i] = level + FleetMetrics.NOISE * (wave + 1) / 2;
      }
    }
    return values;
  }
}
