package oht50.metrics.alerting;

import java.util.ArrayList;
import java.util.List;
import oht50.metrics.promql.eval.Evaluator;
import oht50.metrics.promql.eval.NativeHistogram;
import oht50.metrics.rulefile.Rule;
import oht50.metrics.rulefile.RuleGroup;

/**
 * A group from tick to tick: its rules one after the other, in the order of the file, so that each
 * sees what those before it have written.
 */
public final class GroupRun {
  private final RuleGroup group;
  private final List<RuleRun> rules;

  public GroupRun(RuleGroup group, Installation installation) {
    this.group = group;
    this.rules =
        group.rules().stream().map(rule -> new RuleRun(group, rule, installation)).toList();
  }

  public RuleGroup group() {
    return group;
  }

  /**
   * A rule that has no result at a tick, and why; the others have theirs.
   *
   * @param isOfNativeHistograms whether it came across one, which this language does not know
   */
  public record Failed(Rule rule, String message, boolean isOfNativeHistograms) {}

  /** The alerts of a rule, also those that have ended and are remembered. */
  public record OfRule(Rule rule, List<Alert> alerts) {}

  /**
   * Evaluates all rules at a tick.
   *
   * @param tick in milliseconds since the epoch, later than the one before
   * @param evaluator over what {@code sink} is written to
   */
  public List<Failed> run(long tick, Evaluator evaluator, SampleSink sink) {
    List<Failed> failed = new ArrayList<>();
    for (RuleRun rule : rules) {
      try {
        rule.run(tick, evaluator, sink);
      } catch (RuleFailure e) {
        failed.add(
            new Failed(rule.rule(), e.getMessage(), e.getCause() instanceof NativeHistogram.Read));
      }
    }
    return failed;
  }

  /** The alerts of all rules of that kind, in the order of the file. */
  public List<OfRule> alerts() {
    return rules.stream().map(rule -> new OfRule(rule.rule(), rule.alerts())).toList();
  }
}
