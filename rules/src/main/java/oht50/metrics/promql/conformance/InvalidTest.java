package oht50.metrics.promql.conformance;

/** A test file that cannot be read further, with the line at which that is so. */
final class InvalidTest extends Exception {
  private static final long serialVersionUID = 1L;

  private final int line;

  /**
   * @param line counted from 1
   */
  InvalidTest(int line, String reason) {
    super(reason);
    this.line = line;
  }

  int line() {
    return line;
  }
}
