package oht50.metrics.rulefile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import oht50.metrics.promql.syntax.ExprPrinter;
import oht50.metrics.rulecheck.KnownMetrics;
import oht50.metrics.rulecheck.RuleLints;
import oht50.metrics.yaml.Finding;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RuleFileReaderTest {
  private static final Path DATA = Path.of("../../shared/data/promql");

  @ParameterizedTest
  @CsvSource({
    "awesome-prometheus-alerts, 477",
    "kubernetes-mixin/prometheus_alerts.yaml, 65",
    "kubernetes-mixin/prometheus_rules.yaml, 71",
    "oht50/seed-rules.yml, 5",
    "compliance/rules.yaml, 7",
    "promtool/rules.yml, 5"
  })
  void publishedRulesAreRead(String name, int count) throws IOException {
    List<Finding> findings = new ArrayList<>();
    int rules = 0;
    try (Stream<Path> files = Files.walk(DATA.resolve(name))) {
      for (Path file : files.filter(path -> path.toString().matches(".*\\.ya?ml")).toList()) {
        PlacedRules read =
            RuleFileReader.read(file.toString(), Files.readString(file), false, findings);
        rules += read.file().ruleCount();
      }
    }
    assertThat(findings).isEmpty();
    assertThat(rules).isEqualTo(count);
  }

  @Test
  void whatShipsIsWhatTheSpecificationMeant() throws IOException {
    List<Finding> findings = new ArrayList<>();
    String corrected = Files.readString(DATA.resolve("oht50/seed-rules-corrected.yml"));
    RuleGroup meant =
        RuleFileReader.read(ShippedRules.NAME, corrected, false, findings).file().groups().get(0);

    assertThat(findings).isEmpty();
    assertThat(ShippedRules.read().groups()).containsExactly(meant);
  }

  @Test
  void aGroupAndItsRulesSayAllThatTheyMay() {
    RuleGroup group =
        Rules.read(
                """
                groups:
                  - name: fleet
                    interval: 30s
                    query_offset: 10s
                    limit: 5
                    labels: {team: hall, severity: low}
                    rules:
                      - record: robot:up:sum
                        expr: sum by (robot_id) (up)
                        labels: {team: ""}
                      - alert: Down
                        expr: 'robot:up:sum == 0'
                        for: 1m30s
                        keep_firing_for: 5m
                        labels: {severity: "{{ if eq $value 0.0 }}high{{ end }}"}
                        annotations: {summary: "{{ $labels.robot_id }} is down"}
                """)
            .file()
            .groups()
            .get(0);

    assertThat(group.intervalMillis()).isEqualTo(30_000);
    assertThat(group.queryOffsetMillis()).isEqualTo(10_000);
    assertThat(group.limit()).isEqualTo(5);
    RecordingRule record = (RecordingRule) group.rules().get(0);
    assertThat(record.labels()).containsEntry("team", "").containsEntry("severity", "low");
    AlertingRule alert = (AlertingRule) group.rules().get(1);
    assertThat(alert.forMillis()).isEqualTo(90_000);
    assertThat(alert.keepFiringForMillis()).isEqualTo(300_000);
    assertThat(alert.labels().keySet()).containsExactly("severity", "team");
    assertThat(ExprPrinter.print(alert.expr())).isEqualTo("robot:up:sum == 0");
    assertThat(alert.place()).isEqualTo(new RulePlace(12, 15));
  }

  @Test
  void allThatIsWrongIsSaidAtOnceAndAtItsPlace() {
    assertThat(
            Rules.findings(
                """
                groups:
                - name: a
                  intervall: 1m
                  interval: 1 minute
                  limit: many
                  rules:
                  - alert: X
                    record: y
                    expr: up
                  - expr: up
                  - alert: NoExpr
                  - record: a:b
                    expr: |
                      sum(up) by (job)
                        + rate(up)
                    for: 1m
                    keep_firing_for: 1m
                    annotations: {a: b}
                  - record: 'x{a="b"}'
                    expr: "up[5m]"
                  - alert: Labels
                    expr: "info(up)"
                    for: soon
                    labels:
                      __name__: x
                      a: "{{ $lables.x }}"
                    annotations:
                      b: 'it''s {{ nope }}'
                - name: a
                - rules: []
                """))
        .containsExactly(
            "r.yml:3:3: a group has no field 'intervall'; its fields are name, interval,"
                + " query_offset, limit, labels, rules",
            "r.yml:4:13: 'interval' of a group: '1 minute' is not a duration; write it like 30s,"
                + " 2m, 1h30m or 250ms",
            "r.yml:5:10: 'limit' of a group is a whole number, like 10",
            "r.yml:8:5: group 'a': a rule has either 'alert' or 'record', and this one has both",
            "r.yml:10:5: group 'a': a rule has either 'alert' or 'record', and this one has none",
            "r.yml:11:5: alert NoExpr has no expression; give it one with 'expr'",
            "r.yml:15:16: record a:b: rate() takes a range vector here, not an instant vector",
            "r.yml:16:5: record a:b: 'for' is of alerts only; leave it out",
            "r.yml:17:5: record a:b: 'keep_firing_for' is of alerts only; leave it out",
            "r.yml:18:5: record a:b: 'annotations' is of alerts only; leave it out",
            "r.yml:19:13: record x{a=\"b\"}: braces in the name of a metric; labels go into"
                + " 'labels'",
            "r.yml:20:11: record x{a=\"b\"}: the expression is a range vector, not an instant"
                + " vector or a scalar",
            "r.yml:22:12: alert Labels: the function info() is not supported: Prometheus calls it"
                + " experimental and may change it",
            "r.yml:23:10: 'for' of a rule: 'soon' is not a duration; write it like 30s, 2m, 1h30m"
                + " or 250ms",
            "r.yml:25:7: alert Labels: no label may be called '__name__'",
            "r.yml:26:14: alert Labels: label a: there is no variable $lables; known here are $,"
                + " $externalLabels, $externalURL, $labels, $value",
            "r.yml:28:20: alert Labels: annotation b: there is no function nope",
            "r.yml:29:3: the group 'a' is in this file already, at line 2",
            "r.yml:30:3: a group without a name; give it one with 'name'");
  }

  @Test
  void whatIsNoYamlOrNoRuleFileIsOneLine() {
    assertThat(Rules.findings("groups: ["))
        .singleElement()
        .asString()
        .startsWith("r.yml:1:10: this is no YAML");
    assertThat(Rules.findings("- a"))
        .containsExactly("r.yml:1:1: a rule file has fields with values, and is not a list");
    assertThat(Rules.findings("groups: {a: b}"))
        .containsExactly("r.yml:1:9: 'groups' of a rule file is a list, not fields with values");
    assertThat(Rules.findings("groups: []\ngroups: []"))
        .containsExactly("r.yml:2:1: 'groups' is there already, at line 1; leave one out");
    assertThat(Rules.findings("groups: []\n---\ngroups: [x]"))
        .containsExactly(
            "r.yml:3:1: a second document, which nobody would read; make it a file of its own");
    assertThat(Rules.findings("")).isEmpty();
    assertThat(Rules.findings("# nothing\n")).isEmpty();
  }

  /** As in Prometheus' own test of aliases. */
  @Test
  void anchorsAliasesAndMergedFieldsAreFollowed() {
    RuleGroup group =
        Rules.read(
                """
                groups:
                  - name: g
                    rules:
                      - &high
                        alert: &name HighAlert
                        expr: &expr |
                          up == 0
                        for: 5m
                        labels: {severity: &severity critical}
                      - record: new_metric
                        expr: *expr
                      - <<: *high
                        alert: HighAlert2
                        for: 1m
                """)
            .file()
            .groups()
            .get(0);

    assertThat(group.rules())
        .extracting(Rule::name)
        .containsExactly("HighAlert", "new_metric", "HighAlert2");
    AlertingRule merged = (AlertingRule) group.rules().get(2);
    assertThat(merged.forMillis()).isEqualTo(60_000);
    assertThat(merged.labels().get("severity").text()).isEqualTo("critical");
    assertThat(merged.expr()).isEqualTo(group.rules().get(1).expr());
  }

  @Test
  void aFaultIsFoundInEveryWayToWriteAText() {
    for (String expr :
        List.of(
            "up + nope(1)",
            "'up + nope(1)'",
            "\"up + nope(1)\"",
            "\"\\x75p + nope(1)\"",
            "&a up + nope(1)")) {
      String text = Rules.group("- record: x\n  expr: " + expr);
      int column = text.lines().reduce((a, b) -> b).orElseThrow().indexOf("nope") + 1;
      assertThat(Rules.findings(text))
          .as(expr)
          .containsExactly("r.yml:6:" + column + ": record x: there is no function nope()");
    }
    for (String style : List.of("|", ">", ">-", "|+", "|2")) {
      String text =
          Rules.group("- record: x\n  expr: " + style + "\n    up\n\n    + 1\n    + nope(1)\n");
      assertThat(Rules.findings(text))
          .as(style)
          .containsExactly("r.yml:10:9: record x: there is no function nope()");
    }
  }

  @Test
  void aRuleStaysItselfUntilItSaysSomethingElse() {
    String rule = "- alert: A\n  expr: sum(up) > 1\n  labels: {a: b}\n";
    long id = idOf(rule);

    assertThat(idOf("# moved\n" + rule + "  for: 5m\n  annotations: {x: y}\n")).isEqualTo(id);
    assertThat(idOf(rule.replace("sum(up) > 1", "sum (up)   > 1.0"))).isEqualTo(id);
    assertThat(idOf(rule.replace("> 1", "> 2"))).isNotEqualTo(id);
    assertThat(idOf(rule.replace("a: b", "a: c"))).isNotEqualTo(id);
    assertThat(idOf(rule.replace("alert: A", "alert: B"))).isNotEqualTo(id);
    // What was said at the ticks before is not to be judged again at others.
    for (String ticks : List.of("interval: 7m", "query_offset: 1m")) {
      assertThat(firstId(Rules.group(rule).replace("interval: 1m", ticks))).isNotEqualTo(id);
    }
    assertThat(Rules.read(Rules.group(rule + rule)).file().groups().get(0).rules())
        .extracting(Rule::id)
        .doesNotHaveDuplicates()
        .contains(id);
    // States of alerts are kept under it.
    assertThat(id).isEqualTo(0x82f39686b9fdc712L);
  }

  private static long idOf(String rule) {
    return firstId(Rules.group(rule));
  }

  private static long firstId(String file) {
    return Rules.read(file).file().groups().get(0).rules().get(0).id();
  }

  @Test
  void survivesSerialisation() throws Exception {
    RuleFile file = ShippedRules.read();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    new ObjectOutputStream(bytes).writeObject(file);

    assertThat(new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray())).readObject())
        .isEqualTo(file);
  }

  /** The figure is 2 s; this includes the remarks. */
  @Test
  void aThousandRulesAreReadAndLookedAt() throws IOException {
    List<String> texts = new ArrayList<>();
    List<Path> files;
    try (Stream<Path> all = Files.list(DATA.resolve("awesome-prometheus-alerts"))) {
      files = all.filter(path -> path.toString().endsWith(".yml")).sorted().toList();
    }
    for (Path file : files) {
      texts.add(Files.readString(file));
    }
    int rules = 0;
    List<PlacedRules> read = new ArrayList<>();
    for (int i = 0; rules < 1_000; i++) {
      PlacedRules file =
          RuleFileReader.read("r" + i, texts.get(i % texts.size()), false, new ArrayList<>());
      read.add(file);
      rules += file.file().ruleCount();
    }
    RuleLints lints = new RuleLints(new KnownMetrics(List.of()), read);
    int remarks = read.stream().mapToInt(file -> lints.of(file).size()).sum();

    assertThat(rules).isBetween(1_000, 1_100);
    assertThat(remarks).isPositive();
  }
}
