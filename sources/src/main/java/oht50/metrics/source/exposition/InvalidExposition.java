package oht50.metrics.source.exposition;

/** A text that is not of its format, or beyond a limit: nothing of it counts. */
public final class InvalidExposition extends Exception {
  private static final long serialVersionUID = 1L;

  private final boolean beyondLimit;

  private InvalidExposition(int line, String reason, boolean beyondLimit) {
    super("line " + line + ": " + reason);
    this.beyondLimit = beyondLimit;
  }

  /**
   * @param line from 1
   */
  static InvalidExposition malformed(int line, String reason) {
    return new InvalidExposition(line, reason, false);
  }

  static InvalidExposition beyondLimit(int line, String reason) {
    return new InvalidExposition(line, reason, true);
  }

  /** Whether the text may be well-formed, and is too much. */
  public boolean isBeyondLimit() {
    return beyondLimit;
  }

  /** Thrown where it is expected: the trace would say nothing. */
  @Override
  public synchronized Throwable fillInStackTrace() {
    return this;
  }
}
