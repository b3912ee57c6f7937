package oht50.metrics.cli.local;

/** Flink answered, and said no; the message is its innermost reason in one line. */
public final class FlinkRefusal extends Exception {
  private static final long serialVersionUID = 1L;

  private final String trace;

  FlinkRefusal(String line) {
    this(line, "");
  }

  /**
   * @param trace Flink's stack trace as text
   */
  FlinkRefusal(String line, String trace) {
    super(line);
    this.trace = trace;
  }

  String trace() {
    return trace;
  }
}
