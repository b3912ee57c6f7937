package oht50.metrics.model;

/**
 * Something that happened once and adds 1 to each of some delta series in its second.
 *
 * @param series the delta series, all of one entity
 * @param naturalKey hash of what identifies the fact: the same fact delivered twice counts once
 * @param timestamp event time, ms
 * @param sourceId {@link Position#sourceId()} of the record that carried it
 * @param offset offset of that record
 * @param isWithdrawn whether it is known by now not to have happened: then it counts no longer
 */
public record Occurrence(
    SeriesLayout series,
    long naturalKey,
    long timestamp,
    long sourceId,
    long offset,
    boolean isWithdrawn) {
  public Occurrence(
      SeriesLayout series, long naturalKey, long timestamp, long sourceId, long offset) {
    this(series, naturalKey, timestamp, sourceId, offset, false);
  }

  /** In place of this one, when it counts no longer. */
  public Occurrence withdrawn() {
    return new Occurrence(series, naturalKey, timestamp, sourceId, offset, true);
  }

  /** The key by which occurrences are counted: that of their series. */
  public long key() {
    return series.key();
  }
}
