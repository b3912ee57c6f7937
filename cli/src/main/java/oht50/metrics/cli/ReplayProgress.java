package oht50.metrics.cli;

import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** A bar on stderr, only on a terminal and only after two seconds. */
final class ReplayProgress implements AutoCloseable {
  private static final long QUIET_NANOS = 2_000_000_000L;

  private final long total;
  private final long begun = System.nanoTime();
  private final boolean terminal = System.console() != null;
  private long steps;
  private ProgressBar bar;

  ReplayProgress(long total) {
    this.total = total;
  }

  void step() {
    steps++;
    if (bar != null) {
      bar.stepTo(steps);
    } else if (terminal && (steps & 0xff) == 0 && System.nanoTime() - begun > QUIET_NANOS) {
      bar =
          new ProgressBarBuilder()
              .setTaskName("replay")
              .setInitialMax(total)
              .setStyle(ProgressBarStyle.ASCII)
              .setUpdateIntervalMillis(500)
              .build();
      bar.stepTo(steps);
    }
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
    }
  }
}
