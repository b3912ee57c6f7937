package oht50.metrics.source.kafka;

/** Records that were to be read are not on the broker any more. */
final class OffsetsExpired extends RuntimeException {
  private static final long serialVersionUID = 1L;

  OffsetsExpired(String message) {
    super(message);
  }
}
