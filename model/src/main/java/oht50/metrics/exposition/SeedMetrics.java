package oht50.metrics.exposition;

import static oht50.metrics.exposition.ExposedMetric.counter;
import static oht50.metrics.exposition.ExposedMetric.gauge;
import static oht50.metrics.exposition.ExposedMetric.histogram;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The metrics of the specification, and {@code oht50_memory_total_bytes}, which one of its alerts
 * needs. What nobody reports does not appear on the page; what somebody begins to report appears by
 * itself.
 */
public final class SeedMetrics {
  /** Those of the Prometheus client that the specification uses. */
  private static final List<Double> REQUESTS =
      List.of(.005, .01, .025, .05, .075, .1, .25, .5, .75, 1.0, 2.5, 5.0, 7.5, 10.0);

  /** The limits that are set for an answer to an event, 10 to 200 ms, are among them. */
  private static final List<Double> RESPONSES =
      List.of(.005, .01, .02, .05, .1, .2, .5, 1.0, 2.0, 5.0);

  /** From a mission that ends at once to the longest time that one may take. */
  private static final List<Double> MISSIONS =
      List.of(1.0, 5.0, 15.0, 30.0, 60.0, 120.0, 180.0, 300.0, 600.0, 1200.0, 1800.0, 3600.0);

  public static final List<ExposedMetric> ALL =
      List.of(
          gauge("oht50_cpu_usage_percent", "percent", "CPU usage percentage", "core", "type"),
          gauge("oht50_memory_usage_bytes", "bytes", "Memory usage in bytes", "type"),
          gauge("oht50_memory_total_bytes", "bytes", "Memory of the machine in bytes"),
          gauge("oht50_disk_usage_bytes", "bytes", "Disk usage in bytes", "mount_point", "type"),
          counter(
              "oht50_network_bytes_total",
              "bytes",
              "Total network bytes",
              "interface",
              "direction"),
          gauge("oht50_system_load", "", "System load average", "period"),
          counter(
              "oht50_http_requests_total",
              "",
              "Total HTTP requests",
              "method",
              "endpoint",
              "status_code"),
          histogram(
              "oht50_http_request_duration_seconds",
              REQUESTS,
              "HTTP request duration",
              "method",
              "endpoint"),
          gauge(
              "oht50_websocket_connections_active", "", "Active WebSocket connections", "channel"),
          gauge("oht50_database_connections_active", "", "Active database connections"),
          gauge("oht50_mission_queue_size", "", "Mission queue size", "priority"),
          counter("oht50_missions_total", "", "Total missions", "type", "status"),
          histogram("oht50_mission_duration_seconds", MISSIONS, "Mission duration", "type"),
          gauge("oht50_mission_success_rate", "", "Mission success rate, 0 to 1", "type"),
          counter("oht50_safety_events_total", "", "Total safety events", "type", "severity"),
          histogram(
              "oht50_safety_response_time_seconds",
              RESPONSES,
              "Safety event response time",
              "type"),
          counter(
              "oht50_telemetry_data_points_total",
              "",
              "Total telemetry data points",
              "data_type",
              "module_id"),
          histogram(
              "oht50_telemetry_latency_seconds", REQUESTS, "Telemetry data latency", "data_type"),
          counter("oht50_config_changes_total", "", "Total configuration changes", "config_type"),
          counter(
              "oht50_config_validation_errors_total",
              "",
              "Configuration validation errors",
              "config_type"),
          histogram(
              "oht50_api_response_time_seconds",
              REQUESTS,
              "API response time",
              "endpoint",
              "method"),
          gauge(
              "oht50_api_throughput_requests_per_second",
              "",
              "API requests per second",
              "endpoint"),
          histogram(
              "oht50_database_query_duration_seconds",
              REQUESTS,
              "Database query duration",
              "query_type",
              "table"),
          gauge("oht50_database_connections_pool_size", "", "Database connection pool size"),
          gauge("oht50_cache_hit_rate", "", "Cache hit rate, 0 to 1", "cache_type"),
          gauge("oht50_cache_size_bytes", "bytes", "Cache size in bytes", "cache_type"),
          gauge("oht50_memory_allocation_bytes", "bytes", "Memory allocation", "type"),
          histogram(
              "oht50_garbage_collection_duration_seconds",
              REQUESTS,
              "Garbage collection duration"));

  private static final Map<String, ExposedMetric> BY_NAME =
      ALL.stream().collect(Collectors.toUnmodifiableMap(ExposedMetric::name, Function.identity()));

  private SeedMetrics() {}

  /** Null if it is not on the page. */
  public static ExposedMetric named(String name) {
    return BY_NAME.get(name);
  }
}
