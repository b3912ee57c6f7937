package oht50.metrics.job.scenario;

/** What an operator is given: an element or a watermark. */
public sealed interface Input<T> {
  record Element<T>(T value) implements Input<T> {}

  record Mark<T>(long watermark) implements Input<T> {}

  static <T> Input<T> of(T value) {
    return new Element<>(value);
  }

  static <T> Input<T> watermark(long watermark) {
    return new Mark<>(watermark);
  }
}
