package oht50.metrics.source.exposition;

/** Takes the samples of a text in its order. When the text turns out to be invalid, none counts. */
public interface SampleVisitor {
  /**
   * @param sample valid until the method returns
   */
  void sample(ExposedSample sample);
}
