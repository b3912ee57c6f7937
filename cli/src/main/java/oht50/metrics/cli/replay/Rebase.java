package oht50.metrics.cli.replay;

import java.time.Duration;
import java.time.Instant;

/**
 * Moves a file's times by whole minutes, so that what a window of a minute or more held stays
 * together.
 *
 * <ul>
 *   <li>reference + shift {@code <=} base
 *   <li>base - (reference + shift) {@code <} 1 minute
 * </ul>
 */
public record Rebase(Instant base, long minutes) {

  /**
   * Built so that the reference time becomes the latest possible one that is not after base.
   *
   * @param reference the newest time at speed max, so that no line lies in the future; else the
   *     first
   */
  public static Rebase onto(Instant base, Instant reference) {
    return new Rebase(base, Math.floorDiv(Duration.between(reference, base).toMillis(), 60_000L));
  }
}
