package oht50.metrics.cli.local;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Processes, or the job, that once dead stay so for a while: how an outage is made. */
public final class HeldBack {
  // name as in the pids of RunState -> System.nanoTime from which it may start again
  private final Map<String, Long> until = new ConcurrentHashMap<>();

  public void holdBack(String process, Duration time) {
    until.put(process, System.nanoTime() + time.toNanos());
  }

  public void letGo(String process) {
    until.remove(process);
  }

  boolean mayStart(String process) {
    Long end = until.get(process);
    return end == null || System.nanoTime() - end >= 0;
  }
}
