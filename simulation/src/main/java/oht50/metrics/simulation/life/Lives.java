package oht50.metrics.simulation.life;

/** Lives of one kind in one kind of surroundings, one for each seed. */
public interface Lives {
  /** For the command line and the ledger. */
  String word();

  Result run(long seed);

  /**
   * What a seed that fails lives through, and what is wrong with it.
   *
   * @param isShrunk whether to show the smallest life that still fails
   */
  String failure(long seed, boolean isShrunk);

  /** In which nothing is counted yet. */
  Coverage nothing();
}
