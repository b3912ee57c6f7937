package oht50.metrics.rulecheck;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import oht50.metrics.rulefile.PlacedRules;
import oht50.metrics.rulefile.RuleFileReader;
import oht50.metrics.rulefile.Rules;
import oht50.metrics.yaml.Finding;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RuleLintsTest {
  private static final Path DATA = Path.of("../../shared/data/promql");

  @Test
  void theFaultsOfTheSpecificationsOwnRulesAreFound() throws IOException {
    assertThat(remarks("oht50/seed-rules.yml"))
        .containsExactly(
            "15:40: alert HighMemoryUsage: the sides of / never match, so it never has a result: of"
                + " the label type the left has always one, the right none; write ignoring (type),"
                + " or aggregate it away [never-matches]",
            "41:64: alert MissionFailureRate: this is always 1: matched label by label, both sides"
                + " are the same series; aggregate the label away in which they differ, as by sum"
                + " without (...) [always-same]");
    assertThat(remarks("oht50/seed-rules-corrected.yml")).isEmpty();
  }

  /**
   * Each of these was looked at: texts that name an instance which the aggregation has taken away,
   * sums of series with different labels, a counter under delta(); and the mixin's rules of one
   * name, of which promtool warns too.
   */
  @Test
  void publishedRulesHaveFewRemarksAndTheyAreRight() throws IOException {
    assertThat(counts("awesome-prometheus-alerts"))
        .isEqualTo(Map.of(Lint.MISSING_LABEL, 122, Lint.NEVER_MATCHES, 8, Lint.WRONG_KIND, 1));
    assertThat(counts("kubernetes-mixin")).isEqualTo(Map.of(Lint.DUPLICATE_RULES, 3));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '¦',
      value = {
        "oht50_cpu_usage_percnt > 1 ¦ undefined-metric",
        "sum(oht50_mission_total) > 1 ¦ undefined-metric",
        "oht50_memory_total_bytes{type=\"used\"} > 1 ¦ selects-nothing",
        "x{a=\"b\",a=\"c\"} > 1 ¦ selects-nothing",
        "x{a=\"b\",a!~\"b|c\"} > 1 ¦ selects-nothing",
        "x{a=\"b\"} + x{a=\"c\"} > 1 ¦ never-matches",
        "x{a=~\"b|c\"} and on (a) x{a!~\"b|c\"} ¦ never-matches",
        "sum by (a) (x) unless sum by (a, b) (x{b=\"c\"}) ¦ never-matches",
        "sum(x) / sum by (a) (x{a!=\"\"}) > 1 ¦ never-matches",
        "x{a=\"b\"} / on () group_left () sum(x) > 1 ¦ ",
        "(x{a=\"b\"} / ignoring (a) y) and x{a=\"b\"} ¦ never-matches",
        "label_replace(x{a=\"b\"}, \"a\", \"$1\", \"c\", \"(.*)\") + x{a=\"c\"} > 1 ¦ ",
        "rate(x{a=\"b\"}[5m]) / rate(x[5m]) > 0.1 ¦ always-same",
        "100 * x{a=\"b\"} / (100 * x) > 0.1 ¦ always-same",
        "sum(x) / sum(x) > 1 ¦ always-same",
        "x - x > 1 ¦ always-same",
        "rate(x{a=\"b\"}[5m]) / rate(x[1m]) > 0.1 ¦ ",
        "rate(x{a=\"b\"}[5m]) / ignoring (a) sum without (a) (rate(x[5m])) > 0.1 ¦ ",
        "sum(rate(x{a=\"b\"}[5m])) / sum(rate(x[5m])) > 0.1 ¦ ",
        "x - x offset 1h > 1 ¦ ",
        "y_total > 100 ¦ bare-counter",
        "5 < oht50_missions_total ¦ bare-counter",
        "y_total > 0 unless y_total offset 5m ¦ ",
        "rate(oht50_mission_queue_size[5m]) > 1 ¦ wrong-kind",
        "delta(oht50_missions_total[5m]) > 1 ¦ wrong-kind",
        "deriv(oht50_mission_queue_size[5m]) > 1 ¦ ",
        "histogram_quantile(0.9, sum by (job) (rate(x_bucket[5m]))) > 1 ¦ bad-quantile",
        "histogram_quantile(95, sum by (le) (rate(x_bucket[5m]))) > 1 ¦ bad-quantile",
        "quantile(99, x) > 1 ¦ bad-quantile",
        "histogram_quantile(0.95, sum by (le) (rate(x_bucket[5m]))) > 1 ¦ ",
        "x > bool 1 ¦ bool-alert",
        "(x > bool 1) == 1 ¦ ",
        "oht50_robot_battery_percent < 20 ¦ ",
      })
  void anExpressionHasARemark(String expr, String lint) {
    assertThat(words("- alert: A\n  expr: '" + expr + "'\n"))
        .isEqualTo(lint == null ? List.of() : List.of(lint));
  }

  @Test
  void anAlertHasRemarks() {
    assertThat(words("- alert: A\n  expr: up == 0\n  for: 30s\n")).containsExactly("short-for");
    assertThat(words(text("sum(x) > 1", "{{ $labels.job }}"))).containsExactly("missing-label");
    assertThat(words(text("absent(up{job=\"a\"})", "{{ $labels.job }}"))).isEmpty();
    assertThat(words(text("absent(up{job=\"a\"})", "{{ $labels.instance }}")))
        .containsExactly("missing-label");
    assertThat(words(text("sum(x) > 1", "{{ with $labels.job }}of {{ . }}{{ end }}"))).isEmpty();
    assertThat(words(text("x > 1", "{{ $labels.job }} {{ $value }}"))).isEmpty();
    assertThat(words(text("x > 1", "{{ .labels.job }}"))).containsExactly("unfilled-text");
    assertThat(words("- alert: A\n  expr: x > 1\n  labels: {v: \"{{ $value }}\"}\n"))
        .containsExactly("changing-label");
    assertThat(
            words(
                "- alert: A\n  expr: x > 1\n"
                    + "  labels: {v: \"{{ if gt $value 9.0 }}high{{ end }}\"}\n"))
        .isEmpty();
    assertThat(words("- record: a:b\n  expr: x\n- record: a:b\n  expr: y\n"))
        .containsExactly("duplicate-rules");
  }

  private static String text(String expr, String annotation) {
    return "- alert: A\n  expr: " + expr + "\n  annotations: {a: '" + annotation + "'}\n";
  }

  @Test
  void whatARuleRecordsOrTheCommandLineNamesIsDefined() {
    PlacedRules records = Rules.read(Rules.group("- record: oht50_mine\n  expr: up\n"));
    PlacedRules uses =
        Rules.read(
            Rules.group("- record: a:b\n  expr: oht50_mine + oht50_other + oht50_family_x\n"));
    KnownMetrics known = new KnownMetrics(List.of("oht50_other", "oht50_family_*"));

    assertThat(new RuleLints(known, List.of(records, uses)).of(uses)).isEmpty();
    assertThat(new RuleLints(known, List.of(uses)).of(uses))
        .extracting(Remark::lint)
        .containsExactly(Lint.UNDEFINED_METRIC);
  }

  private static List<String> words(String rules) {
    PlacedRules read = Rules.read(Rules.group(rules));
    return new RuleLints(new KnownMetrics(List.of()), List.of(read))
        .of(read).stream().map(remark -> remark.lint().word()).toList();
  }

  private static List<String> remarks(String file) throws IOException {
    PlacedRules read = read(DATA.resolve(file));
    return new RuleLints(new KnownMetrics(List.of()), List.of(read))
        .of(read).stream().map(each -> each.toString().replaceFirst(".*yml:", "")).toList();
  }

  private static PlacedRules read(Path file) throws IOException {
    List<Finding> findings = new ArrayList<>();
    PlacedRules rules =
        RuleFileReader.read(file.toString(), Files.readString(file), false, findings);
    assertThat(findings).isEmpty();
    return rules;
  }

  private static Map<Lint, Integer> counts(String folder) throws IOException {
    List<PlacedRules> files = new ArrayList<>();
    List<Path> paths;
    try (Stream<Path> all = Files.list(DATA.resolve(folder))) {
      paths = all.filter(file -> file.toString().matches(".*\\.ya?ml")).sorted().toList();
    }
    for (Path path : paths) {
      files.add(read(path));
    }
    RuleLints lints = new RuleLints(new KnownMetrics(List.of()), files);
    Map<Lint, Integer> counts = new TreeMap<>();
    for (PlacedRules file : files) {
      lints.of(file).forEach(remark -> counts.merge(remark.lint(), 1, Integer::sum));
    }
    return counts;
  }
}
