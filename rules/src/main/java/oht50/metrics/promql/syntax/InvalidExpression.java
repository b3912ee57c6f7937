package oht50.metrics.promql.syntax;

/** A text that is no expression, or one that is refused; its message begins with line:column. */
public class InvalidExpression extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient Place place;
  private final String reason;

  InvalidExpression(Place place, String reason) {
    super(place + ": " + reason);
    this.place = place;
    this.reason = reason;
  }

  public Place place() {
    return place;
  }

  /** The message without the place. */
  public String reason() {
    return reason;
  }
}
