package oht50.metrics.model;

/**
 * The catalog's row of a series, written when an incarnation of it begins.
 *
 * @param incarnation life of the series in state: {@link Hash64#id(String)} of the position of its
 *     first sample
 * @param firstTimestamp event time of that sample, ms
 */
public record SeriesEntry(
    Series series, long incarnation, long firstTimestamp, long epoch, long seq)
    implements Stampable<SeriesEntry> {
  @Override
  public SeriesEntry stamped(long newEpoch, long newSeq) {
    return new SeriesEntry(series, incarnation, firstTimestamp, newEpoch, newSeq);
  }
}
