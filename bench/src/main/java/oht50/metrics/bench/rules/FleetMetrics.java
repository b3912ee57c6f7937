package oht50.metrics.bench.rules;

import java.util.List;
import java.util.stream.Stream;

/** The metrics of the generated fleet and what is known of their values. */
final class FleetMetrics {
  /** Gauges that may go up or down once. */
  static final List<String> SWITCHING =
      List.of(
          "fleet_temperature_celsius", "fleet_vibration_millimeters", "fleet_latency_milliseconds");

  /** Gauges that stay high or low. */
  static final List<String> STEADY =
      List.of(
          "fleet_current_amperes",
          "fleet_load_percent",
          "fleet_queue_length",
          "fleet_pressure_bars");

  /** Counters that stay fast or slow. */
  static final List<String> COUNTERS =
      List.of("fleet_messages_total", "fleet_errors_total", "fleet_retries_total");

  /** Values of the label {@code subsystem}; each metric has a series of each. */
  static final List<String> SUBSYSTEMS = List.of("drive", "lift", "battery", "controller");

  /** Of gauges; high ones are above {@link #HIGH}, low ones below {@link #LOW} + NOISE. */
  static final double LOW = 20;

  static final double HIGH = 80;
  static final double NOISE = 4;

  /** Of counters, a second. */
  static final double SLOW = 1;

  static final double FAST = 8;

  private FleetMetrics() {}

  /** All, in the order of the series of a robot. */
  static List<String> all() {
    return Stream.of(SWITCHING, STEADY, COUNTERS).flatMap(List::stream).toList();
  }
}
