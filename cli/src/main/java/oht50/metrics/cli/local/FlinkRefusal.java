package oht50.metrics.cli.local;

/** Flink answered, and said no; the message is its innermost reason in one line. */
final class FlinkRefusal extends Exception {
  private static final long serialVersionUID = 1L;

  FlinkRefusal(String line) {
    super(line);
  }
}
