package oht50.metrics.sink.repair;

/**
 * What a round has done.
 *
 * @param asked windows whose series was asked how far its state reaches back
 * @param sent windows that were sent with what is stored around them
 * @param points how many points that was
 * @param refused windows that cannot be repaired, noted in the rejects
 */
public record Repaired(long asked, long sent, long points, long refused) {
  static final Repaired NOTHING = new Repaired(0, 0, 0, 0);
}
