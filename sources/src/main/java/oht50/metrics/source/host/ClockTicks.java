package oht50.metrics.source.host;

import java.util.function.LongSupplier;

/** The time of this machine, ms: what the job writes to the clock's topic. */
public final class ClockTicks implements Poller<Long> {
  private final LongSupplier clockMillis;

  ClockTicks(LongSupplier clockMillis) {
    this.clockMillis = clockMillis;
  }

  public static PollerFactory<Long> ofThisMachine() {
    return checkpoints -> new ClockTicks(System::currentTimeMillis);
  }

  @Override
  public Long poll() {
    return clockMillis.getAsLong();
  }
}
