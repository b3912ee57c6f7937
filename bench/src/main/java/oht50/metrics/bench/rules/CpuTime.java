package oht50.metrics.bench.rules;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/**
 * CPU time used so far, ns.
 *
 * @param process of all threads, compiler and collector of garbage among them
 * @param thread of the thread that asks
 */
record CpuTime(long process, long thread) {
  private static final OperatingSystemMXBean PROCESS =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  static final CpuTime NONE = new CpuTime(0, 0);

  static CpuTime now() {
    return new CpuTime(
        PROCESS.getProcessCpuTime(), ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime());
  }

  CpuTime minus(CpuTime earlier) {
    return new CpuTime(process - earlier.process, thread - earlier.thread);
  }

  CpuTime plus(CpuTime more) {
    return new CpuTime(process + more.process, thread + more.thread);
  }
}
