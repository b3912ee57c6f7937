package oht50.metrics.source.host;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import oht50.metrics.model.Labels;
import oht50.metrics.model.MetricKind;
import oht50.metrics.model.Position;
import oht50.metrics.model.SampleBatch;
import oht50.metrics.model.Series;
import oht50.metrics.model.SeriesLayout;
import oht50.metrics.source.Decoded;
import oht50.metrics.source.host.HostReadings.CpuTicks;
import oht50.metrics.source.host.HostReadings.Link;
import oht50.metrics.source.host.HostReadings.MemoryBytes;
import oht50.metrics.source.host.HostReadings.Mount;

/**
 * The machine's own series, all with the label {@code instance} and one time. Shares of processor
 * time are between two polls, so the first poll has none. The position of a sample is (topic {@code
 * host:<instance>}, partition 0, offset its time).
 */
public final class HostSampler implements Poller<Decoded> {
  private static final String[] PERIODS = {"1m", "5m", "15m"};

  private final String instance;
  private final HostReadings readings;
  private final LongSupplier clockMillis;

  private List<CpuTicks> before = List.of();

  HostSampler(String instance, HostReadings readings, LongSupplier clockMillis) {
    this.instance = instance;
    this.readings = readings;
    this.clockMillis = clockMillis;
  }

  /** Samples the machine on which it is opened. */
  public static PollerFactory<Decoded> ofThisMachine(String instance) {
    return checkpoints -> new HostSampler(instance, new OshiReadings(), System::currentTimeMillis);
  }

  @Override
  public Decoded poll() {
    Sheet sheet = new Sheet();
    readCpus(sheet);
    readMemory(sheet);
    readMounts(sheet);
    readLinks(sheet);
    readLoads(sheet);
    long now = clockMillis.getAsLong();
    return Decoded.samples(sheet.batches(now), now, now);
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

  /** The samples of one poll. */
  private final class Sheet {
    private record Sample(Series series, double value) {}

    // key of the series -> samples
    private final Map<Long, List<Sample>> groups = new LinkedHashMap<>();

    void gauge(String name, double value, String... labels) {
      add(name, MetricKind.GAUGE, value, labels);
    }

    void counter(String name, double value, String... labels) {
      add(name, MetricKind.COUNTER, value, labels);
    }

    private void add(String name, MetricKind kind, double value, String... labels) {
      Series series = Series.of(name, Labels.of(labels).with("instance", instance), kind);
      groups.computeIfAbsent(series.key(), key -> new ArrayList<>()).add(new Sample(series, value));
    }

    SampleBatch[] batches(long now) {
      Position position = new Position("host:" + instance, 0, now);
      return groups.values().stream()
          .map(
              samples ->
                  SampleBatch.at(
                      now,
                      SeriesLayout.of(samples.stream().map(Sample::series).toList()),
                      samples.stream().mapToDouble(Sample::value).toArray(),
                      position))
          .toArray(SampleBatch[]::new);
    }
  }
}
