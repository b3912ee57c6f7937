package oht50.metrics.simulation;

import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import oht50.metrics.rule.EventMatcher;
import oht50.metrics.rule.SequenceRule;
import oht50.metrics.series.ExpectedIntervals;
import oht50.metrics.series.SeriesOptions;

/**
 * How the operators are set up in a scenario.
 *
 * @param zone of days
 * @param horizon in which points and events stay correctable, ms
 * @param idle after so much silence a series ages by the clock, ms
 * @param cadence of early rows, ms
 * @param chunkCadence of the chunks of open minutes, ms
 */
record Setup(ZoneId zone, long horizon, long idle, long cadence, long chunkCadence) {
  /** Spans of chunks of the generated series, ms: 100 s and 3,000 s, rounded up to a span. */
  static final long TELEMETRY_SPAN = 2 * 60_000;

  static final long SLOW_SPAN = 60 * 60_000;

  static final long UNANSWERED_WITHIN = 2 * 60_000;
  static final long STALLED_WITHIN = 10 * 60_000;

  static final String CRITICAL = "SafetyEventCritical";
  static final String UNANSWERED = "SafetyEventUnacknowledged";
  static final String STALLED = "MissionStalled";

  private static final EventMatcher STOP =
      new EventMatcher(List.of(fields("safety", "e_stop", null, null)));
  private static final EventMatcher ANSWER =
      new EventMatcher(
          List.of(fields("safety", "clear", null, null), fields("safety", null, null, true)));

  /**
   * "A stop" by itself, "a stop, and neither cleared nor acknowledged", "assigned, and neither
   * started nor ended".
   */
  static final List<SequenceRule> SEQUENCES =
      List.of(
          new SequenceRule(CRITICAL, STOP, ANSWER, Duration.ZERO, Map.of(), Map.of()),
          new SequenceRule(
              UNANSWERED,
              STOP,
              ANSWER,
              Duration.ofMillis(UNANSWERED_WITHIN),
              Map.of("severity", "critical"),
              Map.of("summary", "Nobody has answered a safety event of ${robot_id}")),
          new SequenceRule(
              STALLED,
              new EventMatcher(List.of(fields("mission", null, "assigned", null))),
              new EventMatcher(
                  List.of(
                      fields("mission", null, "in_progress", null),
                      fields("mission", null, "completed", null))),
              Duration.ofMillis(STALLED_WITHIN),
              Map.of(),
              Map.of()));

  private static EventMatcher.Fields fields(
      String kind, String type, String status, Boolean acknowledged) {
    return new EventMatcher.Fields(kind, type, null, status, acknowledged);
  }

  Setup with(ZoneId other) {
    return new Setup(other, horizon, idle, cadence, chunkCadence);
  }

  SeriesOptions options() {
    return new SeriesOptions(
        Duration.ofMillis(horizon),
        SeriesOptions.DEFAULTS.horizonPoints(),
        Duration.ofMillis(cadence),
        Duration.ofMillis(chunkCadence),
        Duration.ofMillis(idle),
        SeriesOptions.DEFAULTS.expiry(),
        ExpectedIntervals.DEFAULTS,
        zone);
  }

  /** Of a series by its metric's name. */
  long chunkSpan(String metric) {
    return metric.startsWith("oht50_robot_") ? TELEMETRY_SPAN : SLOW_SPAN;
  }
}
