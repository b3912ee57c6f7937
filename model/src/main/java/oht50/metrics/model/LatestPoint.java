package oht50.metrics.model;

/**
 * The newest point of a series, as far as its writer knows. The table keeps the newest of all that
 * it is told.
 *
 * @param value the staleness marker says that the series has ended
 * @param sourceId {@link Position#sourceId()} of the record that carried the point; of a count, of
 *     the counter's life in state
 * @param offset offset of that record; of a count, how often its second had changed
 * @param incarnation life of the series in state
 * @param knownFrom first ms of which the writer knows all points of that life: a newer one that the
 *     table holds from then on was of a failed attempt, or has been retracted; {@link #NOTHING} of
 *     a {@link LatePoint}, which is all that is known of its time
 */
public record LatestPoint(
    long seriesId,
    long timestamp,
    double value,
    long sourceId,
    long offset,
    long incarnation,
    long knownFrom,
    long epoch,
    long seq)
    implements Stampable<LatestPoint> {
  public static final long NOTHING = Long.MAX_VALUE;

  /** Whether the point came beyond the horizon, and lies beside the chunks. */
  public boolean isLate() {
    return knownFrom == NOTHING;
  }

  @Override
  public LatestPoint stamped(long newEpoch, long newSeq) {
    return new LatestPoint(
        seriesId, timestamp, value, sourceId, offset, incarnation, knownFrom, newEpoch, newSeq);
  }
}
