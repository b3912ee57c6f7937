package oht50.metrics.job.rule;

import oht50.metrics.job.SideOutputs;
import oht50.metrics.model.RejectReason;
import oht50.metrics.model.Rejected;
import oht50.metrics.model.RuleSet;
import oht50.metrics.model.RuleSetEntry;
import oht50.metrics.ruleeval.RuleSettings;
import oht50.metrics.ruleset.InvalidRules;
import oht50.metrics.ruleset.RuleFiles;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Lets rule sets through that can be evaluated; a bad one is rejected, and the old one stays. Both
 * are noted.
 */
public final class RuleSetCheck extends ProcessFunction<RuleSet, RuleSet> {
  private static final long serialVersionUID = 1L;

  private static final int LONGEST_DETAIL = 1_000;

  // Configuration.
  private final boolean isJudged;
  private final RuleSettings settings;

  // Runtime.
  private transient Counter refused;

  /**
   * @param isJudged whether any is wanted
   */
  public RuleSetCheck(boolean isJudged, RuleSettings settings) {
    this.isJudged = isJudged;
    this.settings = settings;
  }

  @Override
  public void open(OpenContext context) {
    refused = getRuntimeContext().getMetricGroup().addGroup("oht50").counter("rules_refused");
  }

  @Override
  public void processElement(RuleSet set, Context context, Collector<RuleSet> out) {
    long arrivedAt = context.timestamp(); // a record that says no time of an event
    String fault = faultOf(set);
    context.output(SideOutputs.RULE_SET_ENTRIES, RuleSetEntry.told(set, arrivedAt, fault == null));
    if (fault == null) {
      out.collect(set);
      return;
    }
    refused.inc();
    context.output(
        SideOutputs.REJECTED,
        new Rejected(
            set.source(),
            "files",
            RejectReason.INVALID_RULES,
            fault.substring(0, Math.min(fault.length(), LONGEST_DETAIL)),
            null,
            String.join(", ", set.files().keySet()),
            arrivedAt));
  }

  /** Null if it can be evaluated. */
  private String faultOf(RuleSet set) {
    if (!isJudged) {
      return "no rules are judged, because alerts.enabled is false";
    }
    try {
      RuleFiles.check(set.files(), settings);
      return null;
    } catch (InvalidRules e) {
      return e.getMessage();
    }
  }
}
