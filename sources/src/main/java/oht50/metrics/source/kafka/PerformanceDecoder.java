package oht50.metrics.source.kafka;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Set;
import oht50.metrics.model.Labels;
import oht50.metrics.model.MetricKind;
import oht50.metrics.model.RejectReason;
import oht50.metrics.model.Series;

/**
 * What a backend measures of its own database, caches and runtime: {@code {"type", "timestamp",
 * "instance", …}} with the types {@code db.query}, {@code db.pool}, {@code cache.stats}, {@code
 * runtime.gc} and {@code runtime.memory}. Without an {@code instance} it is the record's key.
 */
public final class PerformanceDecoder extends JsonDecoder {
  private static final double UNBOUNDED = Double.MAX_VALUE;

  private static final Set<String> QUERIES = Set.of("select", "insert", "update", "delete");
  private static final Set<String> MEMORY = Set.of("rss", "vms", "heap", "non_heap");

  public PerformanceDecoder(Duration maxAhead) {
    super(maxAhead);
  }

  /** Where the values of one message go. */
  private record Target(String instance, long timestamp, SampleGroups groups) {
    void add(MetricKind kind, double value, String metric, String... labels) {
      if (!Double.isNaN(value)) {
        Labels all = Labels.of(labels).with("instance", instance);
        groups.add(Series.of(metric, all, kind), timestamp, value);
      }
    }
  }

  private interface Form {
    void read(Fields message, Target target);
  }

  @Override
  Unnamed unnamed(ObjectNode message, String type) {
    return !message.hasNonNull("type") && form(type) != null ? Unnamed.MESSAGE : null;
  }

  @Override
  void decode(Fields message, Draft draft) {
    String type = message.requireText("type");
    if (type == null) {
      return;
    }
    Form form = form(type);
    if (form == null) {
      message.reject(
          "type",
          RejectReason.UNKNOWN_MESSAGE_TYPE,
          "saw \""
              + Text.brief(type)
              + "\", db.query, db.pool, cache.stats, runtime.gc or runtime.memory is allowed");
      return;
    }
    String instance = instance(message, draft);
    long timestamp = message.requireTimestamp("timestamp");
    if (instance == null || timestamp == Timestamps.UNREADABLE) {
      return;
    }
    SampleGroups groups = new SampleGroups();
    form.read(message, new Target(instance, timestamp, groups));
    groups.emit(draft);
    if (!draft.hasRejects()) {
      draft.time(timestamp);
    }
  }

  private static Form form(String type) {
    return switch (type) {
      case "db.query" -> PerformanceDecoder::readQuery;
      case "db.pool" -> PerformanceDecoder::readPool;
      case "cache.stats" -> PerformanceDecoder::readCache;
      case "runtime.gc" -> PerformanceDecoder::readCollection;
      case "runtime.memory" -> PerformanceDecoder::readMemory;
      default -> null;
    };
  }

  private static void readQuery(Fields query, Target target) {
    String type = query.requireText("query_type");
    String table = query.name("table");
    double seconds = query.requireNumber("duration_s", 0, UNBOUNDED);
    if (type != null) {
      String word = Text.word(type);
      target.add(
          MetricKind.HISTOGRAM,
          seconds,
          "oht50_database_query_duration_seconds",
          "query_type",
          QUERIES.contains(word) ? word : "other",
          "table",
          table);
    }
  }

  private static void readPool(Fields pool, Target target) {
    target.add(
        MetricKind.GAUGE,
        pool.number("pool_size", 0, UNBOUNDED),
        "oht50_database_connections_pool_size");
    target.add(
        MetricKind.GAUGE,
        pool.number("checked_out", 0, UNBOUNDED),
        "oht50_database_connections_active");
  }

  private static void readCache(Fields cache, Target target) {
    String type = cache.requireText("cache_type");
    double hits = cache.number("hits", 0, UNBOUNDED);
    double lookups = hits + cache.number("misses", 0, UNBOUNDED);
    double bytes = cache.number("size_bytes", 0, UNBOUNDED);
    if (type == null) {
      return;
    }
    String word = Text.word(type);
    if (lookups > 0) { // of a cache that nobody has asked there is no rate
      target.add(MetricKind.GAUGE, hits / lookups, "oht50_cache_hit_rate", "cache_type", word);
    }
    target.add(MetricKind.GAUGE, bytes, "oht50_cache_size_bytes", "cache_type", word);
  }

  private static void readCollection(Fields collection, Target target) {
    target.add(
        MetricKind.HISTOGRAM,
        collection.requireNumber("duration_s", 0, UNBOUNDED),
        "oht50_garbage_collection_duration_seconds");
  }

  private static void readMemory(Fields memory, Target target) {
    String type = memory.requireText("memory_type");
    double bytes = memory.requireNumber("bytes", 0, UNBOUNDED);
    if (type == null) {
      return;
    }
    String word = Text.word(type);
    if (!MEMORY.contains(word)) {
      memory.unknownWord("memory_type", type, "rss, vms, heap, non_heap");
      return;
    }
    target.add(MetricKind.GAUGE, bytes, "oht50_memory_allocation_bytes", "type", word);
  }
}
