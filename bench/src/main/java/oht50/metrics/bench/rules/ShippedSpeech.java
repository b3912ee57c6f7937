package oht50.metrics.bench.rules;

import java.util.ArrayList;
import java.util.List;
import oht50.metrics.model.Labels;
import oht50.metrics.model.MetricKind;
import oht50.metrics.model.Series;
import oht50.metrics.model.SeriesLayout;

/**
 * The metrics that the shipped rules look at, 40 series of each robot. Of twenty robots one is
 * busy, one full, one slow, one unsafe and one that fails its missions.
 */
final class ShippedSpeech implements Speech {
  private static final String[] BOUNDS = {"0.1", "0.25", "0.5", "1", "2.5", "5", "10", "+Inf"};

  private final long from;
  private final SeriesLayout[] layouts;
  private final List<Course> courses = new ArrayList<>(); // by the place in a layout

  /** The value of a series after some seconds. */
  private interface Course {
    double at(int fault, double seconds);
  }

  /**
   * @param from when counters are 0, ms
   */
  ShippedSpeech(int robots, long from) {
    this.from = from;
    this.layouts = new SeriesLayout[robots];
    for (int robot = 0; robot < robots; robot++) {
      courses.clear();
      layouts[robot] = SeriesLayout.of(series("OHT-" + robot));
    }
  }

  private List<Series> series(String robot) {
    List<Series> all = new ArrayList<>();
    for (int core = 0; core < 4; core++) {
      for (String type : List.of("user", "system")) {
        Labels labels = Labels.of("robot_id", robot, "core", "" + core, "type", type);
        all.add(Series.of("oht50_cpu_usage_percent", labels, MetricKind.GAUGE));
        courses.add((fault, seconds) -> (fault == 0 ? 90 : 40) + Math.sin(seconds));
      }
    }
    addMemory(all, robot);
    for (String method : List.of("GET", "POST")) {
      for (int bound = 0; bound < BOUNDS.length; bound++) {
        Labels labels =
            Labels.of(
                "robot_id", robot, "method", method, "endpoint", "/api/v1", "le", BOUNDS[bound]);
        all.add(
            Series.of("oht50_http_request_duration_seconds_bucket", labels, MetricKind.COUNTER));
        int below = bound;
        courses.add(
            (fault, seconds) ->
                Math.floor(seconds * (fault == 2 && below < 4 ? 1 : Math.min(10, 4 + 2 * below))));
      }
    }
    addEvents(all, robot);
    return all;
  }

  private void addMemory(List<Series> all, String robot) {
    for (String type : List.of("used", "available", "cached")) {
      Labels labels = Labels.of("robot_id", robot, "type", type);
      all.add(Series.of("oht50_memory_usage_bytes", labels, MetricKind.GAUGE));
      courses.add((fault, seconds) -> type.equals("used") == (fault == 1) ? 15.5e9 : 0.5e9);
    }
    Labels labels = Labels.of("robot_id", robot);
    all.add(Series.of("oht50_memory_total_bytes", labels, MetricKind.GAUGE));
    courses.add((fault, seconds) -> 16e9);
  }

  private void addEvents(List<Series> all, String robot) {
    for (String type : List.of("obstacle", "emergency_stop")) {
      for (String severity : List.of("info", "warning", "critical")) {
        Labels labels = Labels.of("robot_id", robot, "type", type, "severity", severity);
        all.add(Series.of("oht50_safety_events_total", labels, MetricKind.COUNTER));
        boolean isCritical = severity.equals("critical");
        courses.add((fault, seconds) -> isCritical && fault != 3 ? 0 : Math.floor(seconds / 30));
      }
    }
    for (String type : List.of("transport", "charge")) {
      for (String status : List.of("completed", "failed", "cancelled")) {
        Labels labels = Labels.of("robot_id", robot, "type", type, "status", status);
        all.add(Series.of("oht50_missions_total", labels, MetricKind.COUNTER));
        boolean isFailed = status.equals("failed");
        courses.add(
            (fault, seconds) -> Math.floor(seconds / (isFailed ? (fault == 4 ? 10 : 1_000) : 10)));
      }
    }
  }

  @Override
  public SeriesLayout layout(int robot) {
    return layouts[robot];
  }

  @Override
  public double[] values(int robot, long time) {
    double[] values = new double[courses.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = courses.get(i).at(robot % 20, (time - from) / 1e3);
    }
    return values;
  }
}
