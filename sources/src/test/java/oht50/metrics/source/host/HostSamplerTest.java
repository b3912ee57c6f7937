package oht50.metrics.source.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import oht50.metrics.model.MetricKind;
import oht50.metrics.model.Position;
import oht50.metrics.model.SampleBatch;
import oht50.metrics.source.Decoded;
import oht50.metrics.source.host.HostReadings.CpuTicks;
import oht50.metrics.source.host.HostReadings.Link;
import oht50.metrics.source.host.HostReadings.MemoryBytes;
import oht50.metrics.source.host.HostReadings.Mount;
import org.junit.jupiter.api.Test;

class HostSamplerTest {
  private static final long NOW = 1_795_546_200_000L;

  /** A machine with one processor, whose numbers a test may change. */
  private static final class Machine implements HostReadings {
    private List<CpuTicks> cpus = List.of(new CpuTicks(100, 100, 100, 100));
    private double[] loads = {0.5, 0.25, 0.125};
    private List<Mount> mounts = List.of(new Mount("/", "ext4", "/dev/vda1", 100, 60, 50));

    @Override
    public List<CpuTicks> cpus() {
      return cpus;
    }

    @Override
    public MemoryBytes memory() {
      return new MemoryBytes(1_000, 400);
    }

    @Override
    public double[] loads() {
      return loads;
    }

    @Override
    public List<Mount> mounts() {
      return mounts;
    }

    @Override
    public List<Link> links() {
      return List.of(
          new Link("lo", true, 7, 7),
          new Link("eth0", false, 10, 20),
          new Link("wlan0", false, 1, 2));
    }
  }

  private final Machine machine = new Machine();
  private final HostSampler sampler = new HostSampler("box", machine, () -> NOW);

  /** Canonical series, without the label that all have -> value. */
  private static Map<String, Double> samples(Decoded decoded) {
    Map<String, Double> samples = new TreeMap<>();
    for (SampleBatch batch : decoded.batches()) {
      for (int i = 0; i < batch.size(); i++) {
        assertThat(batch.layout().series(i).labels().get("instance")).isEqualTo("box");
        samples.put(
            batch.layout().series(i).name()
                + " "
                + String.join(
                    " ",
                    batch.layout().series(i).labels().toMap().entrySet().stream()
                        .filter(label -> !label.getKey().equals("instance"))
                        .map(Map.Entry::getValue)
                        .toList()),
            batch.values()[i]);
      }
    }
    return samples;
  }

  @Test
  void theFirstPollHasEverythingButShares() {
    assertThat(samples(sampler.poll()))
        .containsExactlyInAnyOrderEntriesOf(
            Map.ofEntries(
                Map.entry("oht50_memory_usage_bytes used", 600.0),
                Map.entry("oht50_memory_usage_bytes available", 400.0),
                Map.entry("oht50_memory_total_bytes ", 1_000.0),
                Map.entry("oht50_disk_usage_bytes / used", 40.0),
                Map.entry("oht50_disk_usage_bytes / free", 50.0),
                Map.entry("oht50_network_bytes_total sent lo", 7.0),
                Map.entry("oht50_network_bytes_total recv lo", 7.0),
                Map.entry("oht50_network_bytes_total sent eth0", 10.0),
                Map.entry("oht50_network_bytes_total recv eth0", 20.0),
                Map.entry("oht50_network_bytes_total sent wlan0", 1.0),
                Map.entry("oht50_network_bytes_total recv wlan0", 2.0),
                Map.entry("oht50_network_bytes_total sent total", 11.0),
                Map.entry("oht50_network_bytes_total recv total", 22.0),
                Map.entry("oht50_system_load 1m", 0.5),
                Map.entry("oht50_system_load 5m", 0.25),
                Map.entry("oht50_system_load 15m", 0.125)));
  }

  @Test
  void sharesOfProcessorTimeAreBetweenPolls() {
    sampler.poll();
    machine.cpus = List.of(new CpuTicks(150, 125, 115, 110));

    assertThat(samples(sampler.poll()))
        .containsEntry("oht50_cpu_usage_percent cpu_0 user", 50.0)
        .containsEntry("oht50_cpu_usage_percent cpu_0 system", 25.0)
        .containsEntry("oht50_cpu_usage_percent cpu_0 idle", 15.0)
        .containsEntry("oht50_cpu_usage_percent cpu_0 iowait", 10.0)
        .containsEntry("oht50_cpu_usage_percent cpu_0 total", 75.0);
  }

  @Test
  void ticksThatStandStillOrFallAreNoShare() {
    sampler.poll();
    assertThat(samples(sampler.poll()).keySet()).noneMatch(s -> s.contains("cpu"));

    machine.cpus = List.of(new CpuTicks(0, 125, 115, 110));
    assertThat(samples(sampler.poll()).keySet()).noneMatch(s -> s.contains("cpu"));

    machine.cpus = List.of(new CpuTicks(1, 125, 115, 110), new CpuTicks(1, 1, 1, 1));
    assertThat(samples(sampler.poll()).keySet()).noneMatch(s -> s.contains("cpu"));
  }

  @Test
  void anUnknownLoadIsAbsent() {
    machine.loads = new double[] {0.5, -1, -1};

    assertThat(samples(sampler.poll()))
        .containsKey("oht50_system_load 1m")
        .doesNotContainKeys("oht50_system_load 5m", "oht50_system_load 15m");
  }

  @Test
  void batchesAreOfOneKeyAndOneTime() {
    Decoded decoded = sampler.poll();

    assertThat(decoded.eventTime()).isEqualTo(NOW);
    assertThat(Arrays.stream(decoded.batches()).map(SampleBatch::key)).doesNotHaveDuplicates();
    assertThat(decoded.batches())
        .allSatisfy(
            batch -> {
              assertThat(batch.timestamps()).containsExactly(NOW);
              assertThat(batch.offset()).isEqualTo(NOW);
              assertThat(batch.sourceId()).isEqualTo(Position.sourceId("host:box", 0));
            });
  }

  @Test
  void onlyTheNetworkCounts() {
    for (SampleBatch batch : sampler.poll().batches()) {
      for (int i = 0; i < batch.size(); i++) {
        boolean network = batch.layout().series(i).name().equals("oht50_network_bytes_total");
        assertThat(batch.layout().series(i).kind())
            .isEqualTo(network ? MetricKind.COUNTER : MetricKind.GAUGE);
      }
    }
  }

  @Test
  void eachDiskIsMountedOnce() {
    List<Mount> mounts =
        List.of(
            new Mount("/etc/hosts", "ext4", "/dev/vda1", 9, 9, 9),
            new Mount("/data", "ext4", "/dev/vda1", 9, 9, 9),
            new Mount("/backup", "xfs", "/dev/vdb1", 9, 9, 9),
            new Mount("/", "overlay", "overlay", 9, 9, 9),
            new Mount("/var/lib/x/merged", "overlay", "overlay", 9, 9, 9),
            new Mount("/dev/shm", "tmpfs", "tmpfs", 9, 9, 9),
            new Mount("/snap/core", "squashfs", "/dev/loop0", 9, 0, 0),
            new Mount("/swap", "ext4", "/dev/zram0", 9, 9, 9),
            new Mount("/proc/x", "proc", "proc", 9, 9, 9),
            new Mount("/empty", "ext4", "/dev/vdc", 0, 0, 0));

    assertThat(RealMounts.among(mounts))
        .extracting(Mount::point)
        .containsExactly("/", "/data", "/backup");
  }

  @Test
  void thisMachineCanBeRead() throws Exception {
    try (Poller<Decoded> poller = HostSampler.ofThisMachine("box").open(new SeenCheckpoints())) {
      Map<String, Double> samples = samples(poller.poll());

      assertThat(samples.get("oht50_memory_total_bytes ")).isGreaterThan(1 << 20);
      assertThat(samples.get("oht50_memory_usage_bytes used")).isPositive();
      assertThat(samples.keySet()).anyMatch(s -> s.startsWith("oht50_network_bytes_total"));
    }
  }
}
