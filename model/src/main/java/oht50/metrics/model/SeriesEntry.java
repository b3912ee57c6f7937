package oht50.metrics.model;

/**
 * The catalog's row of a series, written when an incarnation of it begins.
 *
 * @param incarnation life of the series in state: {@link Hash64#id(String)} of the position of its
 *     first sample
 * @param firstTimestamp event time of that sample, ms
 * @param expectedIntervalMillis how often it is expected to speak, {@link #NEVER} for a series that
 *     speaks when something happens
 */
public record SeriesEntry(
    Series series,
    long incarnation,
    long firstTimestamp,
    long expectedIntervalMillis,
    long epoch,
    long seq)
    implements Stampable<SeriesEntry> {
  public static final long NEVER = -1;

  @Override
  public SeriesEntry stamped(long newEpoch, long newSeq) {
    return new SeriesEntry(
        series, incarnation, firstTimestamp, expectedIntervalMillis, newEpoch, newSeq);
  }
}
