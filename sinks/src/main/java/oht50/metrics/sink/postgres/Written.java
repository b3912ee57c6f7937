package oht50.metrics.sink.postgres;

/** The order of writes. */
final class Written {
  private Written() {}

  /** Whether the write (epoch, seq) comes after another. */
  static boolean isNewer(long epoch, long seq, long otherEpoch, long otherSeq) {
    return epoch != otherEpoch ? epoch > otherEpoch : seq > otherSeq;
  }
}
