package oht50.metrics.rulefile;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import oht50.metrics.promql.syntax.Expr;
import oht50.metrics.promql.syntax.InvalidExpression;
import oht50.metrics.promql.syntax.Names;
import oht50.metrics.promql.syntax.Parser;
import oht50.metrics.promql.syntax.ValueType;
import oht50.metrics.template.InvalidTemplate;
import oht50.metrics.template.TextTemplate;
import oht50.metrics.yaml.YamlFields;
import oht50.metrics.yaml.YamlValue;

/** Reads the rules of a group; what is wrong is noted, and such a rule left out. */
final class RuleReader {
  private static final List<String> OF_ALERTS = List.of("for", "keep_firing_for", "annotations");

  private final String group;
  private final SortedMap<String, YamlValue> groupLabels;
  private final RuleIds ids;
  private final Map<Rule, PlacedRules.Texts> texts;
  private final List<Rule> rules = new ArrayList<>();

  /**
   * @param texts gets where rules stand
   */
  RuleReader(
      String group,
      SortedMap<String, YamlValue> groupLabels,
      RuleIds ids,
      Map<Rule, PlacedRules.Texts> texts) {
    this.group = group;
    this.groupLabels = groupLabels;
    this.ids = ids;
    this.texts = texts;
  }

  List<Rule> rules() {
    return rules;
  }

  void read(YamlValue value) {
    YamlFields fields =
        value.fields(
            "a rule", "record", "alert", "expr", "for", "keep_firing_for", "labels", "annotations");
    boolean isAlert = !fields.text("alert").isEmpty();
    boolean isRecord = !fields.text("record").isEmpty();
    if (isAlert == isRecord) {
      fields
          .key(isAlert ? "record" : "alert")
          .fault(
              "group '%s': a rule has either 'alert' or 'record', and this one has %s"
                  .formatted(group, isAlert ? "both" : "none"));
    }
    String name = fields.text(isAlert ? "alert" : "record");
    String words = (isAlert ? "alert " : "record ") + name;
    Expr expr = expression(fields, words);
    SortedMap<String, YamlValue> labels = new TreeMap<>(groupLabels);
    labels.putAll(RuleFileReader.labels(fields, words));
    if (isAlert) {
      readAlert(fields, name, expr, labels);
    } else {
      readRecord(fields, name, expr, labels);
    }
  }

  private Expr expression(YamlFields fields, String words) {
    String text = fields.text("expr");
    if (text.isEmpty()) {
      fields.key("expr").fault(words + " has no expression; give it one with 'expr'");
      return null;
    }
    YamlValue value = fields.get("expr");
    try {
      Expr expr = Parser.parse(text);
      if (expr.type() != ValueType.VECTOR && expr.type() != ValueType.SCALAR) {
        value.fault(
            words + ": the expression is a " + expr.type() + ", not an instant vector or a scalar");
      }
      return expr;
    } catch (InvalidExpression e) {
      value.add(PlacedRules.at(value, e.place(), words + ": " + e.reason()));
      return null;
    }
  }

  /** Nothing, and no time at all, may be said of a record too. */
  private static boolean isSaid(YamlFields fields, String field) {
    return field.equals("annotations")
        ? !fields.map(field).isEmpty()
        : RuleFileReader.millis(fields, field) != 0;
  }

  private static RulePlace place(YamlFields fields) {
    YamlValue value = fields.get("expr");
    return new RulePlace(value.line(), value.column());
  }

  private void readRecord(
      YamlFields fields, String name, Expr expr, SortedMap<String, YamlValue> labels) {
    for (String field : OF_ALERTS) {
      if (isSaid(fields, field)) {
        fields
            .key(field)
            .fault("record " + name + ": '" + field + "' is of alerts only; leave it out");
      }
    }
    if (name.contains("{") || name.contains("}")) {
      fields
          .get("record")
          .fault("record " + name + ": braces in the name of a metric; labels go into 'labels'");
    } else if (!name.isEmpty() && !Names.isLabel(name)) {
      fields.get("record").fault("record " + name + " is no name of a metric");
    }
    SortedMap<String, String> values = new TreeMap<>();
    labels.forEach((label, value) -> values.put(label, value.text("a label")));
    if (expr != null) {
      long id = ids.next("record", name, expr, values);
      add(new RecordingRule(id, name, expr, values, place(fields)), fields);
    }
  }

  private void readAlert(
      YamlFields fields, String name, Expr expr, SortedMap<String, YamlValue> labels) {
    SortedMap<String, TextTemplate> labelTemplates = new TreeMap<>();
    labels.forEach(
        (label, value) ->
            putTemplate(labelTemplates, label, value, "alert " + name + ": label " + label));
    SortedMap<String, TextTemplate> annotations = new TreeMap<>();
    fields
        .map("annotations")
        .forEach(
            (key, value) -> {
              String annotation = key.text("the name of an annotation");
              if (annotation != null && !Names.isLabel(annotation)) {
                key.fault("alert " + name + ": no annotation may be called '" + annotation + "'");
              } else if (annotation != null) {
                String where = "alert " + name + ": annotation " + annotation;
                putTemplate(annotations, annotation, value, where);
              }
            });
    long forMillis = RuleFileReader.millis(fields, "for");
    long keepFiringForMillis = RuleFileReader.millis(fields, "keep_firing_for");
    if (expr != null) {
      long id = ids.next("alert", name, expr, labelTemplates);
      AlertingRule rule =
          new AlertingRule(
              id,
              name,
              expr,
              forMillis,
              keepFiringForMillis,
              labelTemplates,
              annotations,
              place(fields));
      Map<String, YamlValue> parts = add(rule, fields).parts;
      labels.forEach((label, value) -> parts.put("label " + label, value));
      fields
          .map("annotations")
          .forEach((key, value) -> parts.put("annotation " + key.text("a name"), value));
    }
  }

  private PlacedRules.Texts add(Rule rule, YamlFields fields) {
    PlacedRules.Texts ofRule = new PlacedRules.Texts(fields.get("expr"));
    texts.put(rule, ofRule);
    rules.add(rule);
    return ofRule;
  }

  private static void putTemplate(
      SortedMap<String, TextTemplate> templates, String name, YamlValue value, String where) {
    String text = value.text(where);
    if (text == null) {
      return;
    }
    try {
      templates.put(name, TextTemplate.parse(text));
    } catch (InvalidTemplate e) {
      value.faultAt(e.offset(), where + ": " + e.getMessage());
    }
  }
}
