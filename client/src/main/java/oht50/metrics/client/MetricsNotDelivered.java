package oht50.metrics.client;

/** Points that had been taken did not reach Kafka before the client was closed. */
public final class MetricsNotDelivered extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int points;

  MetricsNotDelivered(int points, Throwable cause) {
    super(
        points
            + " points did not reach Kafka: "
            + (cause == null ? "it has not answered yet" : cause.toString()),
        cause);
    this.points = points;
  }

  /** How many; some of them may have reached Kafka without an answer. */
  public int points() {
    return points;
  }
}
