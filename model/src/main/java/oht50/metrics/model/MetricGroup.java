package oht50.metrics.model;

import java.util.List;
import java.util.stream.Stream;

/** The specification's groups of metrics, and the words by which parts of them are chosen. */
public enum MetricGroup {
  /** What a machine says of itself. */
  SYSTEM(
      "system",
      new Part("cpu", "oht50_cpu_"),
      new Part("memory", "oht50_memory_usage_", "oht50_memory_total_"),
      new Part("disk", "oht50_disk_"),
      new Part("network", "oht50_network_"),
      new Part("load", "oht50_system_load")),

  /** What follows from what robots, missions and operators do. */
  BUSINESS(
      "business",
      new Part("missions", "oht50_missions_", "oht50_mission_"),
      new Part("safety_events", "oht50_safety_"),
      new Part("telemetry", "oht50_telemetry_"),
      new Part("configuration", "oht50_config_")),

  /** What backends say of their own work. */
  PERFORMANCE(
      "performance",
      new Part("api_response_time", "oht50_api_"),
      new Part("database_performance", "oht50_database_query_", "oht50_database_connections_pool_"),
      new Part("cache_performance", "oht50_cache_"),
      new Part("memory_performance", "oht50_memory_allocation_", "oht50_garbage_collection_"));

  /**
   * @param prefixes beginnings of the names of its metrics
   */
  private record Part(String word, List<String> prefixes) {
    Part(String word, String... prefixes) {
      this(word, List.of(prefixes));
    }
  }

  private final String word;
  private final List<Part> parts;

  MetricGroup(String word, Part... parts) {
    this.word = word;
    this.parts = List.of(parts);
  }

  /** How configurations call it. */
  public String word() {
    return word;
  }

  /** How configurations call its parts. */
  public List<String> words() {
    return parts.stream().map(Part::word).toList();
  }

  /** The beginnings of the names of the metrics of a part. */
  public List<String> prefixes(String part) {
    return parts.stream()
        .filter(each -> each.word.equals(part))
        .flatMap(each -> each.prefixes.stream())
        .toList();
  }

  /** The beginnings of the names of all its metrics. */
  public Stream<String> prefixes() {
    return parts.stream().flatMap(part -> part.prefixes.stream());
  }
}
