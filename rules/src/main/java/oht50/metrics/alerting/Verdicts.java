package oht50.metrics.alerting;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import oht50.metrics.model.Labels;
import oht50.metrics.promql.eval.QueryResult;
import oht50.metrics.promql.syntax.LabelMatcher;
import oht50.metrics.rulefile.AlertingRule;
import oht50.metrics.template.Querier;
import oht50.metrics.template.TemplateData;
import oht50.metrics.template.TemplateFailure;
import oht50.metrics.template.TextTemplate;

/** Which alerts the samples of an expression are about. */
public final class Verdicts {
  /** The label that is the rule's name. */
  public static final String ALERT_NAME = "alertname";

  private final AlertingRule rule;
  private final Installation installation;

  public Verdicts(AlertingRule rule, Installation installation) {
    this.rule = rule;
    this.installation = installation;
  }

  /**
   * The alerts whose condition holds at a tick, in the order of the samples.
   *
   * @param tick in milliseconds since the epoch
   * @param querier answers queries of templates at the tick
   * @throws RuleFailure if two samples are about one alert
   */
  public List<Verdict> of(List<QueryResult.Sample> samples, long tick, Querier querier)
      throws RuleFailure {
    List<Verdict> verdicts = new ArrayList<>();
    Set<Labels> seen = new HashSet<>();
    for (QueryResult.Sample sample : samples) {
      TemplateData data =
          new TemplateData(
              sample.labels().toMap(),
              sample.value(),
              installation.externalLabels(),
              installation.externalUrl(),
              tick,
              querier);
      Labels labels = labels(sample.labels(), data);
      if (!seen.add(labels)) {
        throw new RuleFailure(
            "vector contains metrics with the same labelset after applying alert labels");
      }
      verdicts.add(
          new Verdict(labels, Labels.of(filled(rule.annotations(), data)), sample.value()));
    }
    return verdicts;
  }

  private Labels labels(Labels ofSample, TemplateData data) {
    Map<String, String> labels = new TreeMap<>(ofSample.toMap());
    labels.remove(LabelMatcher.METRIC_NAME);
    labels.putAll(filled(rule.labels(), data));
    labels.put(ALERT_NAME, rule.name());
    return Labels.of(labels);
  }

  /** What cannot be filled says why, in its own place: an alert without text is still an alert. */
  private static SortedMap<String, String> filled(
      SortedMap<String, TextTemplate> templates, TemplateData data) {
    SortedMap<String, String> texts = new TreeMap<>();
    templates.forEach(
        (name, template) -> {
          try {
            texts.put(name, template.fill(data));
          } catch (TemplateFailure e) {
            texts.put(name, "<error expanding template: " + e.getMessage() + ">");
          }
        });
    return texts;
  }
}
