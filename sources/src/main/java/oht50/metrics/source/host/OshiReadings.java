package oht50.metrics.source.host;

import java.util.ArrayList;
import java.util.List;
import oshi.SystemInfo;
import oshi.hardware.CentralProcessor;
import oshi.hardware.CentralProcessor.TickType;
import oshi.hardware.GlobalMemory;
import oshi.hardware.NetworkIF;
import oshi.software.os.OSFileStore;

/** This machine, by OSHI. A reading takes some 10 to 50 ms and may block on a dead file system. */
final class OshiReadings implements HostReadings {
  private final SystemInfo system = new SystemInfo();

  @Override
  public List<CpuTicks> cpus() {
    List<CpuTicks> cpus = new ArrayList<>();
    for (long[] ticks : processor().getProcessorCpuLoadTicks()) {
      long interrupts =
          ticks[TickType.IRQ.getIndex()]
              + ticks[TickType.SOFTIRQ.getIndex()]
              + ticks[TickType.STEAL.getIndex()];
      cpus.add(
          new CpuTicks(
              ticks[TickType.USER.getIndex()] + ticks[TickType.NICE.getIndex()],
              ticks[TickType.SYSTEM.getIndex()] + interrupts,
              ticks[TickType.IDLE.getIndex()],
              ticks[TickType.IOWAIT.getIndex()]));
    }
    return cpus;
  }

  @Override
  public MemoryBytes memory() {
    GlobalMemory memory = system.getHardware().getMemory();
    return new MemoryBytes(memory.getTotal(), memory.getAvailable());
  }

  @Override
  public double[] loads() {
    return processor().getSystemLoadAverage(3);
  }

  @Override
  public List<Mount> mounts() {
    List<Mount> mounts = new ArrayList<>();
    for (OSFileStore store : system.getOperatingSystem().getFileSystem().getFileStores(true)) {
      mounts.add(
          new Mount(
              store.getMount(),
              store.getType(),
              store.getVolume(),
              store.getTotalSpace(),
              store.getFreeSpace(),
              store.getUsableSpace()));
    }
    return mounts;
  }

  @Override
  public List<Link> links() {
    List<Link> links = new ArrayList<>();
    for (NetworkIF link : system.getHardware().getNetworkIFs(true)) {
      links.add(
          new Link(link.getName(), isLoopback(link), link.getBytesSent(), link.getBytesRecv()));
    }
    return links;
  }

  private static boolean isLoopback(NetworkIF link) {
    try {
      return link.queryNetworkInterface() != null && link.queryNetworkInterface().isLoopback();
    } catch (java.net.SocketException e) {
      return link.getName().startsWith("lo"); // gone since it was listed
    }
  }

  private CentralProcessor processor() {
    return system.getHardware().getProcessor();
  }
}
