package oht50.metrics.source.host;

import java.util.List;

/** What the machine says about itself; raw numbers, so that tests can feed them. */
interface HostReadings {
  /** Of each logical processor, in the order of the operating system. */
  List<CpuTicks> cpus();

  MemoryBytes memory();

  /** Averages over 1, 5 and 15 minutes; a negative one is not known. */
  double[] loads();

  List<Mount> mounts();

  List<Link> links();

  /** Time spent since the machine started, in units of the operating system. */
  record CpuTicks(long user, long system, long idle, long iowait) {
    long total() {
      return user + system + idle + iowait;
    }

    CpuTicks since(CpuTicks earlier) {
      return new CpuTicks(
          user - earlier.user,
          system - earlier.system,
          idle - earlier.idle,
          iowait - earlier.iowait);
    }

    /** Whether this can be the difference of two readings, between which time has passed. */
    boolean isElapsed() {
      return user >= 0 && system >= 0 && idle >= 0 && iowait >= 0 && total() > 0;
    }
  }

  record MemoryBytes(long total, long available) {}

  /**
   * @param device what is mounted, as the operating system names it
   * @param free bytes without content, of which {@code usable} are for ordinary users
   */
  record Mount(String point, String type, String device, long total, long free, long usable) {}

  record Link(String name, boolean loopback, long sentBytes, long receivedBytes) {}
}
