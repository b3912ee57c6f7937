package oht50.metrics.model;

import java.nio.charset.StandardCharsets;

/**
 * A metric name and its labels: the identity of a series, and what follows from it.
 *
 * <p>Invariants, all persisted and so never changed:
 *
 * <ul>
 *   <li>{@code canonical = name{a="b",c="d"}}, labels sorted by name, values escaped as in the
 *       Prometheus exposition format; without labels {@code name{}}
 *   <li>{@code id = XXH64(canonical, seed 0)}, {@code check = XXH64(canonical, another seed)}
 *   <li>{@code entity = robot_id, else instance, else the metric name}
 *   <li>{@code key = XXH64(entity NUL bucket)}, {@code bucket = floorMod(id, S)}; S is 1 for robots
 *       and 64 for the rest, so no key carries an unbounded number of series
 * </ul>
 */
public final class Series {
  private static final int BUCKETS_OF_ROBOTS = 1;
  private static final int BUCKETS_OF_OTHERS = 64;

  private final String name;
  private final Labels labels;
  private final MetricKind kind;
  private final String canonical;
  private final long id;
  private final long check;
  private final String entity;
  private final long key;

  private Series(String name, Labels labels, MetricKind kind) {
    this.name = name;
    this.labels = labels;
    this.kind = kind;
    this.canonical = canonical(name, labels);
    byte[] bytes = canonical.getBytes(StandardCharsets.UTF_8);
    this.id = Hash64.id(bytes);
    this.check = Hash64.check(bytes);
    String robot = labels.get("robot_id");
    String instance = labels.get("instance");
    this.entity = robot != null ? robot : instance != null ? instance : name;
    int buckets = robot != null ? BUCKETS_OF_ROBOTS : BUCKETS_OF_OTHERS;
    this.key = key(entity, Math.floorMod(id, buckets));
  }

  private static long key(String entity, int bucket) {
    return Hash64.id(entity + '\0' + bucket);
  }

  /** The key of all series of a robot. */
  public static long keyOfRobot(String robotId) {
    return key(robotId, 0);
  }

  public static Series of(String name, Labels labels, MetricKind kind) {
    return new Series(name, labels, kind);
  }

  public static Series gauge(String name, String... labels) {
    return of(name, Labels.of(labels), MetricKind.GAUGE);
  }

  public String name() {
    return name;
  }

  public Labels labels() {
    return labels;
  }

  public MetricKind kind() {
    return kind;
  }

  public String canonical() {
    return canonical;
  }

  public long id() {
    return id;
  }

  public long check() {
    return check;
  }

  /** Whose samples these are. */
  public String entity() {
    return entity;
  }

  /** The key of the series operator: all samples of one key meet in one place. */
  public long key() {
    return key;
  }

  private static String canonical(String name, Labels labels) {
    StringBuilder text = new StringBuilder(name).append('{');
    labels.forEach(
        (label, value) -> {
          if (text.charAt(text.length() - 1) != '{') {
            text.append(',');
          }
          text.append(label).append("=\"");
          appendEscaped(text, value);
          text.append('"');
        });
    return text.append('}').toString();
  }

  private static void appendEscaped(StringBuilder text, String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      switch (c) {
        case '\\' -> text.append("\\\\");
        case '"' -> text.append("\\\"");
        case '\n' -> text.append("\\n");
        default -> text.append(c);
      }
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Series series && canonical.equals(series.canonical);
  }

  @Override
  public int hashCode() {
    return Long.hashCode(id);
  }

  @Override
  public String toString() {
    return canonical;
  }
}
