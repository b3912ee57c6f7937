package oht50.metrics.promql.syntax;

/**
 * Something that newer or specially configured Prometheus servers know and this language leaves
 * out.
 */
public final class RefusedExpression extends InvalidExpression {
  private static final long serialVersionUID = 1L;

  private final Refusal refusal;
  private final String what;

  RefusedExpression(Place place, Refusal refusal, String what) {
    super(place, what + " is not supported: " + refusal.reason());
    this.refusal = refusal;
    this.what = what;
  }

  /** The name of what is left out, like "the function info()". */
  public String what() {
    return what;
  }

  public Refusal refusal() {
    return refusal;
  }
}
