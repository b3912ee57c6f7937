package oht50.metrics.job.ruleload;

import java.util.Comparator;
import java.util.List;
import oht50.metrics.model.RuleSet;
import oht50.metrics.ruleeval.RuleSettings;
import oht50.metrics.ruleset.InvalidRules;
import oht50.metrics.ruleset.RuleFiles;
import oht50.metrics.ruleset.RuleHistory;

/**
 * The sets of which one is valid, as the job sees them: those of the configuration, and all good
 * ones of the topic.
 */
public final class KnownRules {
  private final RuleSettings settings;
  private RuleHistory history;

  /**
   * @param configured the rules that hold until a set comes by the topic
   */
  public KnownRules(RuleSet configured, RuleSettings settings) {
    this.settings = settings;
    this.history = RuleHistory.NOTHING.with(configured.effectiveFrom(RuleSet.ALWAYS));
  }

  /** Takes in what the topic told; what cannot be evaluated is passed over, as by the job. */
  public void add(List<ToldRules> told) {
    for (ToldRules each : told) {
      if (each.set() != null && isGood(each.set())) {
        history = history.with(each.set());
      }
    }
  }

  private boolean isGood(RuleSet set) {
    try {
      RuleFiles.check(set.files(), settings);
      return true;
    } catch (InvalidRules e) {
      return false;
    }
  }

  /** Lets go of sets that are not valid any more at a tick or after it. */
  void forgetBefore(long tick) {
    history = history.since(tick);
  }

  public RuleSet validAt(long tick) {
    return history.validAt(tick);
  }

  /** The set that takes over first after a tick, null if none does. */
  public RuleSet nextAfter(long tick) {
    return history.sets().values().stream()
        .filter(set -> set.effectiveFrom() > tick)
        .min(Comparator.comparingLong(RuleSet::effectiveFrom))
        .orElse(null);
  }
}
