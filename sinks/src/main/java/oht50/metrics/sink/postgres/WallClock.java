package oht50.metrics.sink.postgres;

import java.io.Serializable;
import java.util.concurrent.TimeUnit;

/** Real time, as far as waiting for a database needs it. */
interface WallClock extends Serializable {
  WallClock SYSTEM = new SystemClock();

  /** ms since epoch. */
  long currentMillis();

  /** Time that never jumps, ns from an arbitrary origin. */
  long monotonicNanos();

  void sleep(long millis) throws InterruptedException;

  /** The machine's clock. */
  final class SystemClock implements WallClock {
    private static final long serialVersionUID = 1L;

    @Override
    public long currentMillis() {
      return System.currentTimeMillis();
    }

    @Override
    public long monotonicNanos() {
      return System.nanoTime();
    }

    @Override
    public void sleep(long millis) throws InterruptedException {
      TimeUnit.MILLISECONDS.sleep(millis);
    }
  }
}
