package oht50.metrics.client;

/**
 * A point was not taken: as much as may wait for Kafka is waiting already, or its series has had
 * more points than milliseconds. It is the caller's again, to be dropped or recorded later.
 */
public final class MetricsRefused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  MetricsRefused(String message, Throwable cause) {
    super(message, cause);
  }
}
