package oht50.metrics.simulation.life;

import java.util.List;

/**
 * What became of a life.
 *
 * @param faults what differs from the oracle, and broken invariants; empty if all is well
 * @param digest of the final answers
 */
public record Result(List<String> faults, Coverage coverage, long digest) {
  public boolean isWell() {
    return faults.isEmpty();
  }
}
