package oht50.metrics.source.kafka;

import oht50.metrics.model.Labels;
import oht50.metrics.model.MetricKind;
import oht50.metrics.model.Series;

/**
 * One metric of Telegraf's plugins {@code cpu, mem, disk, net, system} as the series that the
 * sampler of this project gives for a machine:
 *
 * <ul>
 *   <li>{@code cpu}: {@code core} is {@code cpu_0} for {@code cpu0} and {@code total} for {@code
 *       cpu-total}; user includes nice and guests, system includes interrupts and stolen time,
 *       total is both. Rounding beyond 0 to 100 % is cut.
 *   <li>{@code mem}: used is total − available, as Telegraf's own {@code used} differs between its
 *       versions; it counts where {@code available} is absent
 *   <li>{@code disk}: {@code mount_point} is the tag {@code path}
 *   <li>{@code net}: counters, {@code recv} and {@code sent}
 *   <li>{@code system}: the load of 1, 5 and 15 minutes
 * </ul>
 *
 * Other fields and tags are ignored, as unknown extra fields are.
 */
final class TelegrafMetric {
  /** For people. */
  static final String MEASUREMENTS = "cpu, mem, disk, net, system";

  private final Fields metric;
  private final Fields tags;
  private final String instance;
  private final long timestamp;
  private final SampleGroups groups;

  /**
   * @param tags those of the metric, or null
   */
  TelegrafMetric(Fields metric, Fields tags, String instance, long timestamp, SampleGroups groups) {
    this.metric = metric;
    this.tags = tags;
    this.instance = instance;
    this.timestamp = timestamp;
    this.groups = groups;
  }

  static boolean isKnown(String measurement) {
    return switch (measurement) {
      case "cpu", "mem", "disk", "net", "system" -> true;
      default -> false;
    };
  }

  void read(String measurement, Fields fields) {
    switch (measurement) {
      case "cpu" -> readCpu(fields);
      case "mem" -> readMemory(fields);
      case "disk" -> readDisk(fields);
      case "net" -> readNetwork(fields);
      case "system" -> readLoads(fields);
      default -> throw new IllegalArgumentException(measurement);
    }
  }

  /** A tag without which machines would mix what they have several of; null after a reject. */
  private String requireTag(String name) {
    if (tags != null) {
      return tags.requireIdentifier(name);
    }
    if (!metric.has("tags")) {
      metric.missing("tags");
    }
    return null;
  }

  private void readCpu(Fields fields) {
    String cpu = requireTag("cpu");
    if (cpu == null) {
      return;
    }
    String core = core(cpu);
    double user = share(fields, "usage_user", "usage_nice", "usage_guest", "usage_guest_nice");
    double system = share(fields, "usage_system", "usage_irq", "usage_softirq", "usage_steal");
    cpu(core, "user", user);
    cpu(core, "system", system);
    cpu(core, "idle", share(fields, "usage_idle"));
    cpu(core, "iowait", share(fields, "usage_iowait"));
    cpu(core, "total", user + system);
  }

  /** {@code cpu0} and {@code cpu-total} as the sampler names them. */
  private static String core(String cpu) {
    if (cpu.equals("cpu-total")) {
      return "total";
    }
    boolean numbered =
        cpu.startsWith("cpu")
            && cpu.length() > 3
            && cpu.chars().skip(3).allMatch(c -> c >= '0' && c <= '9');
    return numbered ? "cpu_" + cpu.substring(3) : cpu;
  }

  /** Percent of a field and, where it is there, of what belongs to it; NaN without it. */
  private static double share(Fields fields, String field, String... parts) {
    double sum = fields.number(field);
    for (String part : parts) {
      double share = fields.number(part);
      sum += Double.isNaN(share) ? 0 : share;
    }
    return sum;
  }

  private void cpu(String core, String type, double percent) {
    gauge(
        "oht50_cpu_usage_percent", Math.max(0, Math.min(100, percent)), "core", core, "type", type);
  }

  private void readMemory(Fields fields) {
    double total = bytes(fields, "total");
    double available = bytes(fields, "available");
    double used = bytes(fields, "used");
    double unavailable = total - available;
    gauge(
        "oht50_memory_usage_bytes", Double.isNaN(unavailable) ? used : unavailable, "type", "used");
    gauge("oht50_memory_usage_bytes", available, "type", "available");
    gauge("oht50_memory_total_bytes", total);
  }

  private void readDisk(Fields fields) {
    String path = requireTag("path");
    if (path != null) {
      disk(path, "used", bytes(fields, "used"));
      disk(path, "free", bytes(fields, "free"));
    }
  }

  private void disk(String path, String type, double value) {
    gauge("oht50_disk_usage_bytes", value, "mount_point", path, "type", type);
  }

  private void readNetwork(Fields fields) {
    String link = requireTag("interface");
    if (link != null) {
      network(link, "sent", bytes(fields, "bytes_sent"));
      network(link, "recv", bytes(fields, "bytes_recv"));
    }
  }

  private void network(String link, String direction, double value) {
    add(
        MetricKind.COUNTER,
        "oht50_network_bytes_total",
        value,
        "interface",
        link,
        "direction",
        direction);
  }

  private void readLoads(Fields fields) {
    gauge("oht50_system_load", load(fields, "load1"), "period", "1m");
    gauge("oht50_system_load", load(fields, "load5"), "period", "5m");
    gauge("oht50_system_load", load(fields, "load15"), "period", "15m");
  }

  private static double load(Fields fields, String field) {
    return fields.number(field, 0, Double.MAX_VALUE);
  }

  private static double bytes(Fields fields, String field) {
    return fields.number(field, 0, Double.MAX_VALUE);
  }

  private void gauge(String name, double value, String... labels) {
    add(MetricKind.GAUGE, name, value, labels);
  }

  private void add(MetricKind kind, String name, double value, String... labels) {
    if (!Double.isNaN(value)) {
      Labels all = Labels.of(labels).with("instance", instance);
      groups.add(Series.of(name, all, kind), timestamp, value);
    }
  }
}
