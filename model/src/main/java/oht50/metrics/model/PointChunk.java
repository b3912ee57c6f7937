package oht50.metrics.model;

import java.util.Arrays;

/**
 * The raw points of a series in one span of time, sorted, each timestamp once. An empty chunk says
 * that its points have been retracted.
 *
 * @param chunkStart first ms of the span
 * @param chunkEnd first ms after the span
 * @param offsets ms since {@code chunkStart}, ascending
 * @param values one per offset
 * @param incarnation life of the series in state: a write from another one never replaces a chunk
 */
public record PointChunk(
    long seriesId,
    long chunkStart,
    long chunkEnd,
    int[] offsets,
    double[] values,
    long incarnation,
    long epoch,
    long seq)
    implements Stampable<PointChunk> {
  @Override
  public PointChunk stamped(long newEpoch, long newSeq) {
    return new PointChunk(
        seriesId, chunkStart, chunkEnd, offsets, values, incarnation, newEpoch, newSeq);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PointChunk chunk
        && seriesId == chunk.seriesId
        && chunkStart == chunk.chunkStart
        && chunkEnd == chunk.chunkEnd
        && Arrays.equals(offsets, chunk.offsets)
        && Arrays.equals(values, chunk.values)
        && incarnation == chunk.incarnation
        && epoch == chunk.epoch
        && seq == chunk.seq;
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(new long[] {seriesId, chunkStart, epoch, seq});
  }
}
