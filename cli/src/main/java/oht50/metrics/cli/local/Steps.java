package oht50.metrics.cli.local;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.Callable;
import oht50.metrics.cli.DurationText;

/** Prints what was done and how long it took, a line each. */
public final class Steps {
  private final PrintWriter err;

  public Steps(PrintWriter err) {
    this.err = err;
  }

  /** The work returns what there is to say about it. */
  void step(String name, Callable<String> work) throws Exception {
    long begun = System.nanoTime();
    String result = work.call();
    String took = DurationText.print(Duration.ofNanos(System.nanoTime() - begun));
    say(String.format("  %-14s %-46s %7s", name, result, took).stripTrailing());
  }

  void say(String line) {
    err.println(line);
    err.flush();
  }
}
