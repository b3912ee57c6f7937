package oht50.metrics.alerting;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import oht50.metrics.model.Labels;
import oht50.metrics.promql.eval.QueryResult;
import oht50.metrics.promql.syntax.LabelMatcher;
import oht50.metrics.rulefile.RecordingRule;

/** The samples of a recording rule. */
public final class Recorded {
  private Recorded() {}

  /**
   * @param limit how many series there may be; 0 for any number
   * @throws RuleFailure if two of them become one series, or if there are too many
   */
  public static List<RuleSample> of(RecordingRule rule, List<QueryResult.Sample> samples, int limit)
      throws RuleFailure {
    List<RuleSample> recorded = new ArrayList<>();
    Set<Labels> seen = new HashSet<>();
    for (QueryResult.Sample sample : samples) {
      Labels labels = sample.labels().with(LabelMatcher.METRIC_NAME, rule.name());
      for (Map.Entry<String, String> label : rule.labels().entrySet()) {
        labels = labels.with(label.getKey(), label.getValue());
      }
      if (!seen.add(labels)) {
        throw new RuleFailure(
            "vector contains metrics with the same labelset after applying rule labels");
      }
      recorded.add(new RuleSample(labels, sample.value()));
    }
    if (limit > 0 && recorded.size() > limit) {
      throw new RuleFailure("exceeded limit of " + limit + " with " + recorded.size() + " series");
    }
    return recorded;
  }
}
