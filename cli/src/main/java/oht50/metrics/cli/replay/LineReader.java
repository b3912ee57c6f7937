package oht50.metrics.cli.replay;

/** Reads a line of a file as a record. */
public interface LineReader {
  /** Throws IllegalArgumentException, with what is wrong, if the line is no record. */
  ReplayRecord read(String line);

  /** Every line is a value for one topic, well-formed or not: that is its reader's business. */
  static LineReader values(String topic, KeyRule key) {
    return line -> new ReplayRecord(topic, key.keyOf(line), line);
  }

  /** Every line is {@code {"topic": …, "key": …, "value": …}}. */
  static LineReader records() {
    return new RecordLineReader();
  }
}
