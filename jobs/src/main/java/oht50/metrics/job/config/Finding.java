package oht50.metrics.job.config;

/**
 * What there is to say about a key, a fault or a remark.
 *
 * @param place where the key was written, else its file; null for what is of no file
 * @param key dotted, from the top; empty for what is said of the whole file
 */
public record Finding(Place place, String key, String message) {
  /** One line, like {@code job.yaml:3:5: clock.interval: must be longer than 0}. */
  @Override
  public String toString() {
    if (place == null) {
      return message;
    }
    return place.isCommandLine() || key.isEmpty()
        ? place + ": " + message
        : place + ": " + key + ": " + message;
  }
}
