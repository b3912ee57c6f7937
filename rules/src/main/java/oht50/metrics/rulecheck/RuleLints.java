package oht50.metrics.rulecheck;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import oht50.metrics.rulefile.AlertingRule;
import oht50.metrics.rulefile.PlacedRules;
import oht50.metrics.rulefile.RecordingRule;
import oht50.metrics.rulefile.Rule;
import oht50.metrics.rulefile.RuleGroup;
import oht50.metrics.yaml.Finding;

/** Looks for what is probably wrong with the rules of files that belong together. */
public final class RuleLints {
  private final KnownMetrics known;
  private final Set<String> recorded = new HashSet<>();

  /**
   * @param files all whose recorded metrics rules may use
   */
  public RuleLints(KnownMetrics known, List<PlacedRules> files) {
    this.known = known;
    for (PlacedRules file : files) {
      for (RuleGroup group : file.file().groups()) {
        group.rules().stream()
            .filter(RecordingRule.class::isInstance)
            .forEach(rule -> recorded.add(rule.name()));
      }
    }
  }

  /** The remarks about a file, by place. */
  public List<Remark> of(PlacedRules file) {
    List<Remark> remarks = new ArrayList<>(duplicates(file));
    for (RuleGroup group : file.file().groups()) {
      for (Rule rule : group.rules()) {
        rule.expr()
            .accept(
                new ExprLints(
                    known,
                    recorded,
                    (lint, place, message) ->
                        remarks.add(
                            new Remark(
                                lint, file.at(rule, place, rule.words() + ": " + message)))));
        if (rule instanceof AlertingRule alert) {
          VectorLabels labels = new LabelFlow(known).of(rule.expr());
          remarks.addAll(AlertLints.of(file, group, alert, labels));
        }
      }
    }
    remarks.sort((left, right) -> left.finding().compareTo(right.finding()));
    return remarks;
  }

  /** As promtool: rules of one name and the same labels, in whichever groups. */
  private static List<Remark> duplicates(PlacedRules file) {
    Map<String, Finding> first = new HashMap<>(); // name and labels -> place
    List<Remark> remarks = new ArrayList<>();
    for (RuleGroup group : file.file().groups()) {
      for (Rule rule : group.rules()) {
        Finding place = file.at(rule, rule.expr().place(), "");
        Finding before = first.putIfAbsent(rule.name() + labels(rule), place);
        if (before != null) {
          String message =
              "%s: a rule of this name and these labels is at line %d already; %s"
                  .formatted(
                      rule.words(), before.line(), "both may write the same series; rename one");
          remarks.add(
              new Remark(Lint.DUPLICATE_RULES, file.at(rule, rule.expr().place(), message)));
        }
      }
    }
    return remarks;
  }

  private static String labels(Rule rule) {
    Map<String, ?> labels =
        rule instanceof AlertingRule alert ? alert.labels() : ((RecordingRule) rule).labels();
    return labels.entrySet().stream()
        .map(label -> "\n" + label.getKey() + "=" + label.getValue())
        .collect(Collectors.joining());
  }
}
