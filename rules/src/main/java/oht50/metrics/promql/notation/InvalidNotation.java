package oht50.metrics.promql.notation;

/** A text that is no series as tests write them. */
public final class InvalidNotation extends Exception {
  private static final long serialVersionUID = 1L;

  InvalidNotation(String reason) {
    super(reason);
  }
}
