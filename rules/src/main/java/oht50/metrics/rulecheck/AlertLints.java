package oht50.metrics.rulecheck;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import oht50.metrics.promql.syntax.BinaryOperator;
import oht50.metrics.promql.syntax.Expr;
import oht50.metrics.promql.syntax.ValueType;
import oht50.metrics.rulefile.AlertingRule;
import oht50.metrics.rulefile.PlacedRules;
import oht50.metrics.rulefile.RuleGroup;
import oht50.metrics.template.TemplateUses;
import oht50.metrics.template.TextTemplate;
import oht50.metrics.time.Durations;

/** What is wrong with an alert, its expression apart. */
final class AlertLints {
  private final PlacedRules places;
  private final RuleGroup group;
  private final AlertingRule rule;
  private final VectorLabels labels;
  private final List<Remark> remarks = new ArrayList<>();

  private AlertLints(PlacedRules places, RuleGroup group, AlertingRule rule, VectorLabels labels) {
    this.places = places;
    this.group = group;
    this.rule = rule;
    this.labels = labels;
  }

  /**
   * @param labels of its expression's series
   */
  static List<Remark> of(
      PlacedRules places, RuleGroup group, AlertingRule rule, VectorLabels labels) {
    AlertLints lints = new AlertLints(places, group, rule, labels);
    lints.checkBool();
    lints.checkFor();
    lints.checkTexts(rule.labels(), "label", true);
    lints.checkTexts(rule.annotations(), "annotation", false);
    return lints.remarks;
  }

  private void add(Lint lint, String message) {
    remarks.add(
        new Remark(lint, places.at(rule, rule.expr().place(), rule.words() + ": " + message)));
  }

  private void checkBool() {
    boolean isBool =
        rule.expr().unwrapped() instanceof Expr.Binary binary
            && binary.operator().kind() == BinaryOperator.Kind.COMPARISON
            && binary.isBool()
            && binary.type() == ValueType.VECTOR;
    if (isBool) {
      add(
          Lint.BOOL_ALERT,
          "it fires whether the comparison holds or not, which says 1 or 0; leave bool out");
    }
  }

  private void checkFor() {
    boolean isShort = rule.forMillis() > 0 && rule.forMillis() < group.intervalMillis();
    if (isShort) {
      add(
          Lint.SHORT_FOR,
          "'for' is %s, shorter than the interval of its group, %s: it is as good as %s"
              .formatted(
                  text(rule.forMillis()),
                  text(group.intervalMillis()),
                  text(group.intervalMillis())));
    }
  }

  private static String text(long millis) {
    return Durations.print(Duration.ofMillis(millis));
  }

  private void checkTexts(
      SortedMap<String, TextTemplate> templates, String kind, boolean isIdentity) {
    templates.forEach((name, template) -> check(template, kind, name, isIdentity));
  }

  private void check(TextTemplate template, String kind, String name, boolean isIdentity) {
    TemplateUses uses = template.uses();
    for (String label : uses.labels()) {
      if (labels.of(label).isAbsent()) {
        addText(
            Lint.MISSING_LABEL,
            kind,
            name,
            "it writes the label "
                + label
                + ", which the expression never has; aggregate by it, or leave it out");
      }
    }
    if (isIdentity && uses.isValueWritten()) {
      addText(
          Lint.CHANGING_LABEL,
          kind,
          name,
          "with the value in a label each value is another alert, whose 'for' begins anew;"
              + " write it in an annotation");
    }
    if (template.unknownField() != null) {
      addText(
          Lint.UNFILLED_TEXT,
          kind,
          name,
          "an alert has no field ."
              + template.unknownField()
              + "; it has .Labels, .Value, .ExternalLabels and .ExternalURL");
    }
  }

  private void addText(Lint lint, String kind, String name, String message) {
    String where = rule.words() + ": " + kind + " " + name + ": ";
    remarks.add(new Remark(lint, places.atText(rule, kind, name, where + message)));
  }
}
