package oht50.metrics.source.host;

import java.util.ArrayList;
import java.util.List;
import oht50.metrics.model.Labels;
import oht50.metrics.model.MetricKind;
import oht50.metrics.model.Series;
import oht50.metrics.source.host.HostReadings.CpuTicks;
import oht50.metrics.source.host.HostReadings.Link;
import oht50.metrics.source.host.HostReadings.MemoryBytes;
import oht50.metrics.source.host.HostReadings.Mount;

/**
 * What a machine says about itself, all with the label {@code instance}. Shares of processor time
 * are between two readings, so the first has none. It knows no Flink: the source inside the job and
 * the agent on other machines read the same series with it.
 */
public final class HostSeries {
  private static final String[] PERIODS = {"1m", "5m", "15m"};

  private final String instance;
  private final HostReadings readings;

  private List<CpuTicks> before = List.of();

  /** What a series says in a reading. */
  public record Sample(Series series, double value) {}

  HostSeries(String instance, HostReadings readings) {
    this.instance = instance;
    this.readings = readings;
  }

  /** Those of the machine it runs on. */
  public static HostSeries ofThisMachine(String instance) {
    return new HostSeries(instance, new OshiReadings());
  }

  /** A reading of now; takes some 10 to 50 ms and may block on a dead file system. */
  public List<Sample> read() {
    Sheet sheet = new Sheet();
    readCpus(sheet);
    readMemory(sheet);
    readMounts(sheet);
    readLinks(sheet);
    readLoads(sheet);
    return sheet.samples;
  }

  private void readCpus(Sheet sheet) {
    List<CpuTicks> now = readings.cpus();
    boolean comparable = before.size() == now.size();
    for (int i = 0; comparable && i < now.size(); i++) {
      CpuTicks spent = now.get(i).since(before.get(i));
      if (!spent.isElapsed()) {
        continue;
      }
      double whole = spent.total();
      cpu(sheet, i, "user", spent.user() / whole);
      cpu(sheet, i, "system", spent.system() / whole);
      cpu(sheet, i, "idle", spent.idle() / whole);
      cpu(sheet, i, "iowait", spent.iowait() / whole);
      cpu(sheet, i, "total", (spent.user() + spent.system()) / whole);
    }
    before = now;
  }

  private static void cpu(Sheet sheet, int core, String type, double share) {
    sheet.gauge("oht50_cpu_usage_percent", 100 * share, "core", "cpu_" + core, "type", type);
  }

  private void readMemory(Sheet sheet) {
    MemoryBytes memory = readings.memory();
    long used = memory.total() - memory.available();
    sheet.gauge("oht50_memory_usage_bytes", used, "type", "used");
    sheet.gauge("oht50_memory_usage_bytes", memory.available(), "type", "available");
    sheet.gauge("oht50_memory_total_bytes", memory.total());
  }

  private void readMounts(Sheet sheet) {
    for (Mount mount : RealMounts.among(readings.mounts())) {
      long used = mount.total() - mount.free();
      sheet.gauge("oht50_disk_usage_bytes", used, "mount_point", mount.point(), "type", "used");
      sheet.gauge(
          "oht50_disk_usage_bytes", mount.usable(), "mount_point", mount.point(), "type", "free");
    }
  }

  private void readLinks(Sheet sheet) {
    long sent = 0;
    long received = 0;
    for (Link link : readings.links()) {
      network(sheet, link.name(), link.sentBytes(), link.receivedBytes());
      if (!link.loopback()) {
        sent += link.sentBytes();
        received += link.receivedBytes();
      }
    }
    network(sheet, "total", sent, received);
  }

  private static void network(Sheet sheet, String link, long sent, long received) {
    sheet.counter("oht50_network_bytes_total", sent, "interface", link, "direction", "sent");
    sheet.counter("oht50_network_bytes_total", received, "interface", link, "direction", "recv");
  }

  private void readLoads(Sheet sheet) {
    double[] loads = readings.loads();
    for (int i = 0; i < Math.min(loads.length, PERIODS.length); i++) {
      if (loads[i] >= 0) {
        sheet.gauge("oht50_system_load", loads[i], "period", PERIODS[i]);
      }
    }
  }

  /** The samples of one reading. */
  private final class Sheet {
    private final List<Sample> samples = new ArrayList<>();

    void gauge(String name, double value, String... labels) {
      add(name, MetricKind.GAUGE, value, labels);
    }

    void counter(String name, double value, String... labels) {
      add(name, MetricKind.COUNTER, value, labels);
    }

    private void add(String name, MetricKind kind, double value, String... labels) {
      Labels all = Labels.of(labels).with("instance", instance);
      samples.add(new Sample(Series.of(name, all, kind), value));
    }
  }
}
