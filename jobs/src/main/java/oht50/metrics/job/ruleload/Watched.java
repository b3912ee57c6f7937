package oht50.metrics.job.ruleload;

/**
 * What a look at the folder has led to.
 *
 * @param sent sets
 * @param refused states of the folder that cannot be the rules
 */
public record Watched(long sent, long refused) {
  static final Watched NOTHING = new Watched(0, 0);
}
