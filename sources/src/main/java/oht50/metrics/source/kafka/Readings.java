package oht50.metrics.source.kafka;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import oht50.metrics.model.Hash64;
import oht50.metrics.model.Labels;
import oht50.metrics.model.MetricKind;
import oht50.metrics.model.Series;
import oht50.metrics.model.SeriesLayout;

/**
 * What a message of one of the rarer forms says of a robot: samples that share its time, and the
 * blocks of it that were accepted. NaN is the absence of a value; of a series that is there twice
 * the last value counts.
 */
final class Readings {
  private static final String DATA_POINTS = "oht50_telemetry_data_points_total";

  private final String robot;
  private final long timestamp;
  private final String form;
  private final Map<Series, Double> samples = new LinkedHashMap<>();
  private final Set<Series> blocks = new LinkedHashSet<>();
  private int accepted;

  /** Of a message that is no telemetry. */
  Readings(String robot, long timestamp) {
    this(robot, timestamp, null);
  }

  /**
   * @param form the word of the message's form: label {@code data_type} of its latency
   */
  Readings(String robot, long timestamp, String form) {
    this.robot = robot;
    this.timestamp = timestamp;
    this.form = form;
  }

  void gauge(double value, String metric, String... labels) {
    add(MetricKind.GAUGE, value, metric, labels);
  }

  /** A value that holds until the next. */
  void state(double value, String metric, String... labels) {
    add(StateKinds.kindOfState(metric), value, metric, labels);
  }

  private void add(MetricKind kind, double value, String metric, String... labels) {
    if (!Double.isNaN(value)) {
      samples.put(Series.of(metric, Labels.of(labels).with("robot_id", robot), kind), value);
    }
  }

  /** 1 for the state that a field names and 0 for each other; an unknown word is rejected. */
  void robotState(Fields fields, String field) {
    String word = fields.text(field);
    RobotState current = word == null ? null : RobotState.ofWord(word);
    if (current != null) {
      for (RobotState state : RobotState.values()) {
        state(state == current ? 1 : 0, "oht50_robot_state", "state", state.word());
      }
    } else if (word != null) {
      fields.unknownWord(field, word, "a state of the robot, such as idle or navigating");
    }
  }

  /**
   * What has been added since the last block is one that is counted, if it is anything.
   *
   * @param module canonical id of the module that sent it, or null
   */
  void block(String dataType, String module) {
    if (samples.size() > accepted) {
      accepted = samples.size();
      blocks.add(
          Series.of(
              DATA_POINTS,
              Labels.of("data_type", dataType, "module_id", module, "robot_id", robot),
              MetricKind.DELTA));
    }
  }

  /** Hands it over; a message that says nothing known is still evidence of its time. */
  void emit(Draft draft) {
    if (samples.isEmpty()) {
      if (!draft.hasRejects()) {
        draft.time(timestamp);
      }
      return;
    }
    if (form != null && draft.hasAppendTime()) {
      gauge(
          (draft.appendTime() - timestamp) / 1000.0,
          "oht50_telemetry_latency_seconds",
          "data_type",
          form);
    }
    draft.samples(
        timestamp,
        SeriesLayout.of(List.copyOf(samples.keySet())),
        samples.values().stream().mapToDouble(Double::doubleValue).toArray());
    if (!blocks.isEmpty()) {
      List<Series> counted = new ArrayList<>(blocks);
      draft.occurrence(SeriesLayout.of(counted), naturalKey(counted), timestamp);
    }
  }

  private long naturalKey(List<Series> counted) {
    return Hash64.id(form + '\0' + timestamp + '\0' + counted);
  }
}
