package oht50.metrics.job;

/** The job does not start; the message says what is wrong, where, and what to do. */
final class StartRefused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  StartRefused(String message) {
    super(message, null, false, false);
  }
}
