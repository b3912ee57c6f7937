package oht50.metrics.ruletest;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import oht50.metrics.alerting.Installation;
import oht50.metrics.model.Labels;
import oht50.metrics.promql.notation.InvalidNotation;
import oht50.metrics.promql.notation.SeriesLine;
import oht50.metrics.promql.notation.SeriesNotation;
import oht50.metrics.promql.syntax.Numbers;
import oht50.metrics.ruletest.RuleTestFile.AlertCase;
import oht50.metrics.ruletest.RuleTestFile.ExpectedAlert;
import oht50.metrics.ruletest.RuleTestFile.ExpectedSample;
import oht50.metrics.ruletest.RuleTestFile.ExprCase;
import oht50.metrics.ruletest.RuleTestFile.RuleTest;
import oht50.metrics.yaml.Finding;
import oht50.metrics.yaml.YamlFields;
import oht50.metrics.yaml.YamlSource;
import oht50.metrics.yaml.YamlValue;

/** Reads a test file; what is wrong is noted. */
final class RuleTestReader {
  private static final String ALERT_NAME = "alertname";

  private RuleTestReader() {}

  static RuleTestFile read(
      String file, String text, boolean ignoresUnknown, List<Finding> findings) {
    YamlValue root = YamlSource.read(file, text, ignoresUnknown, findings);
    if (root == null) {
      return new RuleTestFile(
          List.of(), RuleTestFile.DEFAULT_INTERVAL_MILLIS, List.of(), false, List.of());
    }
    YamlFields fields =
        root.fields(
            "a test file",
            "rule_files",
            "evaluation_interval",
            "group_eval_order",
            "fuzzy_compare",
            "tests");
    long interval = millisOr(fields, "evaluation_interval", RuleTestFile.DEFAULT_INTERVAL_MILLIS);
    List<RuleTest> tests = new ArrayList<>();
    for (YamlValue test : fields.items("tests")) {
      tests.add(test(test, interval));
    }
    return new RuleTestFile(
        texts(fields, "rule_files"),
        interval,
        groupOrder(fields),
        fields.isTrue("fuzzy_compare"),
        tests);
  }

  /** Nothing and 0 stand for the default. */
  private static long millisOr(YamlFields fields, String name, long otherwise) {
    Duration duration = fields.duration(name);
    return duration == null || duration.isZero() ? otherwise : duration.toMillis();
  }

  private static List<String> texts(YamlFields fields, String name) {
    List<String> texts = new ArrayList<>();
    for (YamlValue item : fields.items(name)) {
      String text = item.text("an element of '" + name + "'");
      if (text != null && !text.isEmpty()) {
        texts.add(text);
      }
    }
    return texts;
  }

  private static List<String> groupOrder(YamlFields fields) {
    List<String> order = texts(fields, "group_eval_order");
    Set<String> seen = new HashSet<>();
    for (String group : order) {
      if (!seen.add(group)) {
        fields.key("group_eval_order").fault("the group '" + group + "' is in the order twice");
      }
    }
    return order;
  }

  private static RuleTest test(YamlValue value, long evaluationInterval) {
    YamlFields fields =
        value.fields(
            "a test",
            "name",
            "interval",
            "input_series",
            "alert_rule_test",
            "promql_expr_test",
            "external_labels",
            "external_url",
            "start_timestamp");
    List<Finding> remarks = new ArrayList<>();
    List<AlertCase> alertCases = new ArrayList<>();
    fields.items("alert_rule_test").forEach(item -> alertCases.add(alertCase(item)));
    List<ExprCase> exprCases = new ArrayList<>();
    fields.items("promql_expr_test").forEach(item -> exprCases.add(exprCase(item)));
    return new RuleTest(
        fields.text("name"),
        value,
        millisOr(fields, "interval", evaluationInterval),
        start(fields),
        input(fields, remarks),
        new Installation(
            new TreeMap<>(labels(fields, "external_labels")), fields.text("external_url")),
        alertCases,
        exprCases,
        remarks);
  }

  /** RFC 3339 or seconds since the epoch, which is also what nothing stands for. */
  private static long start(YamlFields fields) {
    YamlValue value = fields.get("start_timestamp");
    if (value == null) {
      return 0;
    }
    String text = fields.text("start_timestamp");
    if (Numbers.isDecimal(text) && Math.abs(Numbers.decimal(text)) < 1e12) {
      return Math.round(Numbers.decimal(text) * 1000);
    }
    try {
      Instant instant = OffsetDateTime.parse(text.replace(' ', 'T')).toInstant();
      return instant.toEpochMilli();
    } catch (DateTimeParseException e) {
      value.fault(
          "'start_timestamp' is a time like 2024-01-01T00:00:00Z, or seconds since the epoch");
      return 0;
    }
  }

  private static List<SeriesLine> input(YamlFields test, List<Finding> remarks) {
    Map<Labels, SeriesLine> input = new LinkedHashMap<>(); // the last of equal labels counts
    for (YamlValue item : test.items("input_series")) {
      YamlFields fields = item.fields("an input series", "series", "values");
      String series = fields.text("series");
      try {
        SeriesLine line =
            SeriesNotation.parse(series.strip() + " " + fields.text("values").strip());
        input.put(line.labels(), line);
        if (line.hasNativeHistograms()) {
          remarks.add(
              fields
                  .get("values")
                  .finding(
                      "native histograms of " + series + " are not supported; they are left out"));
        }
      } catch (InvalidNotation e) {
        item.fault(e.getMessage());
      }
    }
    return List.copyOf(input.values());
  }

  private static AlertCase alertCase(YamlValue value) {
    YamlFields fields = value.fields("an alert_rule_test", "eval_time", "alertname", "exp_alerts");
    String name = fields.text("alertname");
    if (name.isEmpty()) {
      value.fault("an alert_rule_test names its alert with 'alertname'");
    }
    List<ExpectedAlert> expected = new ArrayList<>();
    for (YamlValue item : fields.items("exp_alerts")) {
      YamlFields alert = item.fields("an expected alert", "exp_labels", "exp_annotations");
      Map<String, String> labels = labels(alert, "exp_labels");
      labels.put(ALERT_NAME, name);
      expected.add(
          new ExpectedAlert(Labels.of(labels), Labels.of(labels(alert, "exp_annotations"))));
    }
    return new AlertCase(value, millisOr(fields, "eval_time", 0), name, expected);
  }

  private static Map<String, String> labels(YamlFields fields, String name) {
    Map<String, String> labels = new TreeMap<>();
    fields
        .map(name)
        .forEach(
            (key, value) -> {
              String label = key.text("a label's name");
              String text = value.text("a label's value");
              if (label != null && text != null) {
                labels.put(label, text);
              }
            });
    return labels;
  }

  private static ExprCase exprCase(YamlValue value) {
    YamlFields fields = value.fields("a promql_expr_test", "expr", "eval_time", "exp_samples");
    List<ExpectedSample> expected = new ArrayList<>();
    YamlValue histogram = null;
    for (YamlValue item : fields.items("exp_samples")) {
      YamlFields sample = item.fields("an expected sample", "labels", "value", "histogram");
      histogram = sample.get("histogram") == null ? histogram : sample.key("histogram");
      try {
        Labels labels = SeriesNotation.parseLabels(sample.text("labels").strip());
        expected.add(new ExpectedSample(labels, number(sample)));
      } catch (InvalidNotation e) {
        sample.get("labels").fault(e.getMessage());
      }
    }
    return new ExprCase(
        value, millisOr(fields, "eval_time", 0), fields.text("expr"), expected, histogram);
  }

  private static double number(YamlFields sample) {
    YamlValue value = sample.get("value");
    String text = sample.text("value").toLowerCase(Locale.ROOT);
    String plain = text.replaceFirst("^([+-]?)\\.(inf|nan)$", "$1$2");
    if (value == null) {
      return 0;
    }
    if (!Numbers.isDecimal(plain)) {
      value.fault("'value' of an expected sample is a number, like 1.5 or .nan");
      return 0;
    }
    return Numbers.decimal(plain);
  }
}
