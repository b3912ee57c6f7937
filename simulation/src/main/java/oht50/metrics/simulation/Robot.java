package oht50.metrics.simulation;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import oht50.metrics.model.Labels;
import oht50.metrics.model.MetricKind;
import oht50.metrics.model.Series;
import oht50.metrics.model.SeriesLayout;

/** A robot, its series and what may be counted of it. */
record Robot(String id, Series[] telemetry, Series[] slow, SeriesLayout[] counted) {
  static final List<Robot> ALL = List.of(Robot.of("A"), Robot.of("B"), Robot.of("C"));

  private static Robot of(String id) {
    return new Robot(
        id,
        new Series[] {
          series(id, "oht50_robot_battery_percent", MetricKind.GAUGE),
          series(id, "oht50_robot_speed_meters_per_second", MetricKind.GAUGE),
          series(id, "oht50_robot_mode", MetricKind.TRACKED_STATE)
        },
        new Series[] {
          series(id, "oht50_motor_temperature_celsius", MetricKind.GAUGE),
          series(id, "oht50_motor_energy_joules", MetricKind.COUNTER)
        },
        new SeriesLayout[] {
          SeriesLayout.of(series(id, "oht50_missions", MetricKind.DELTA)),
          SeriesLayout.of(
              series(id, "oht50_missions", MetricKind.DELTA),
              series(id, "oht50_missions_failed", MetricKind.DELTA))
        });
  }

  /** Ids of everything that a robot may say. */
  Set<Long> seriesIds() {
    Set<Long> ids = new HashSet<>();
    for (Series series : telemetry) {
      ids.add(series.id());
    }
    for (Series series : slow) {
      ids.add(series.id());
    }
    for (SeriesLayout layout : counted) {
      for (int i = 0; i < layout.size(); i++) {
        ids.add(layout.series(i).id());
      }
    }
    return ids;
  }

  private static Series series(String robot, String name, MetricKind kind) {
    return Answer.Names.known(Series.of(name, Labels.of("robot_id", robot), kind));
  }
}
