package oht50.metrics.model;

/**
 * A point beyond the correction horizon: its windows can no longer be computed from state. It is
 * kept beside the chunks, wins over a chunk's point of the same time, and marks its windows for
 * repair.
 *
 * @param sourceId {@link Position#sourceId()} of the record that carried it
 * @param offset offset of that record; of two late points of one time the higher position wins
 * @param frontier see {@link RepairWindow#frontier()}
 */
public record LatePoint(
    long seriesId,
    long timestamp,
    double value,
    long sourceId,
    long offset,
    long frontier,
    long epoch,
    long seq)
    implements Stampable<LatePoint> {
  public LatePoint withFrontier(long newFrontier) {
    return new LatePoint(seriesId, timestamp, value, sourceId, offset, newFrontier, epoch, seq);
  }

  @Override
  public LatePoint stamped(long newEpoch, long newSeq) {
    return new LatePoint(seriesId, timestamp, value, sourceId, offset, frontier, newEpoch, newSeq);
  }
}
