package oht50.metrics.ruletest;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.re2j.Pattern;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import oht50.metrics.yaml.Finding;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RuleTestsTest {
  private static final Path DATA = Path.of("../../shared/data/promql");

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../../shared/data/promql/kubernetes-mixin/tests/apps_alerts-test.yaml",
        "../../shared/data/promql/compliance/PendingAndFiringAndResolved-test.yml",
        "../../shared/data/promql/promtool/unittest.yml",
        "../deploy/rules/oht50.test.yml",
        "../deploy/prometheus/rules/oht50-job.test.yml"
      })
  void givenSuitesPass(String file) throws IOException {
    FileOutcome outcome = new RuleTests(null, false).run(Path.of(file));

    assertThat(outcome.faults()).isEmpty();
    assertThat(outcome.warnings()).isEmpty();
    assertThat(outcome.tests())
        .isNotEmpty()
        .allSatisfy(test -> assertThat(test.failures()).isEmpty());
  }

  @Test
  void whatNeedsNativeHistogramsIsNamed() throws IOException {
    FileOutcome outcome = new RuleTests(null, false).run(DATA.resolve("promtool/unittest.yml"));

    assertThat(outcome.tests().get(0).leftOut())
        .extracting(line -> line.replaceFirst(".*unittest.yml:", ""))
        .containsExactly(
            "20:17: native histograms of test_histogram are not supported; they are left out",
            "23:17: native histograms of test_histogram_repeat are not supported; they are left"
                + " out",
            "26:17: native histograms of test_histogram_increase are not supported; they are left"
                + " out",
            "66:13: test_histogram: a native histogram is expected",
            "72:13: test_histogram_repeat: a native histogram is expected",
            "78:13: test_histogram_increase: a native histogram is expected");
  }

  /** They were confirmed with promtool 2.42, where ranges and lookback are closed at their left. */
  @Test
  void theSpecificationsRulesDoWhatTheirTestsSay() throws IOException {
    FileOutcome outcome = new RuleTests(null, false).run(DATA.resolve("oht50/tests.yml"));

    assertThat(outcome.tests()).hasSize(15);
    assertThat(outcome.tests().stream().flatMap(test -> test.failures().stream()))
        .extracting(failure -> failure.lines().findFirst().orElseThrow().replaceFirst(".*yml:", ""))
        .containsExactly(
            "145:5: test 'cpu-4 samples stop without stale marker: 5m lookback keeps the alert,"
                + " inclusive in 2.42, then resolves': alertname: HighCPUUsage, time: 11m,",
            "374:5: test 'saf-2 second event 1->2, and a counter reset: both work; auto-resolves 5m"
                + " later': alertname: SafetyEventCritical, time: 14m,");
  }

  @Test
  void aFailureShowsWhatLedToIt() throws IOException {
    write("r.yml", "groups: [{name: g, rules: [{alert: Down, expr: up == 0, for: 2m}]}]");
    FileOutcome outcome =
        run(
            """
            rule_files: [r.yml]
            tests:
              - name: it is down
                input_series:
                  - {series: 'up{job="a"}', values: 1 0 0 0 1 1 stale}
                alert_rule_test:
                  - eval_time: 2m
                    alertname: Down
                    exp_alerts: [{exp_labels: {job: a}}]
                  - {eval_time: 3m, alertname: Down}
                  - {eval_time: 6m, alertname: Up, exp_alerts: [{}]}
                promql_expr_test:
                  - expr: up
                    eval_time: 1m
                    exp_samples: [{labels: 'up{job="a"}', value: 1}]
            """);

    assertThat(outcome.tests().get(0).failures())
        .extracting(failure -> failure.replace(folder.toString(), "F"))
        .containsExactly(
            """
            F/t.yml:7:9: test 'it is down': alertname: Down, time: 2m,
                    exp: [
                      0: Labels:{alertname="Down", job="a"} Annotations:{}
                    ]
                    got: []
                    timeline of up == 0
                      {__name__="up", job="a"}: 0s 1, 1m 0 (x2)
                      alert {alertname="Down", job="a"}: 1m pending\
            """,
            """
            F/t.yml:10:9: test 'it is down': alertname: Down, time: 3m,
                    exp: []
                    got: [
                      0: Labels:{alertname="Down", job="a"} Annotations:{}
                    ]
                    timeline of up == 0
                      {__name__="up", job="a"}: 0s 1, 1m 0 (x3)
                      alert {alertname="Down", job="a"}: 1m pending, 3m firing\
            """,
            """
            F/t.yml:11:9: test 'it is down': alertname: Up, time: 6m,
                    exp: [
                      0: Labels:{alertname="Up"} Annotations:{}
                    ]
                    got: []
                    no rule raises Up; name its file in 'rule_files'\
            """,
            """
            F/t.yml:13:9: test 'it is down': expr: up, time: 1m,
                    exp: {__name__="up", job="a"} 1
                    got: {__name__="up", job="a"} 0\
            """);
  }

  @Test
  void everythingThatATestFileMaySay() throws IOException {
    write("rules/a.yml", "groups: [{name: first, rules: [{record: b:double, expr: 2 * a:one}]}]");
    write(
        "rules/b.yml", "groups: [{name: second, rules: [{record: a:one, expr: vector(time())}]}]");
    write(
        "alert.yaml",
        "groups: [{name: third, rules: [{alert: A, expr: x > 1, annotations: {t:"
            + " '{{ $externalLabels.site }} {{ $externalURL }} {{ $value }}'}}]}]");
    FileOutcome outcome =
        run(
            """
            rule_files: ['rules/*.yml', 'al?rt.y[a-z]ml']
            evaluation_interval: 30s
            group_eval_order: [second, first]
            fuzzy_compare: true
            tests:
              - name: order and start
                start_timestamp: 2024-01-01T00:00:00Z
                promql_expr_test:
                  - {expr: b:double, eval_time: 1m, exp_samples: [{labels: b:double, value: 3408134520}]}
                  - {expr: time(), eval_time: 90s, exp_samples: [{value: 1704067290}]}
              - name: start in seconds, other interval
                start_timestamp: 1609459200
                interval: 15s
                input_series:
                  - {series: 'x{a="1"}', values: 1+1x10}
                promql_expr_test:
                  - {expr: 'x @ 1609459230', eval_time: 1m, exp_samples: [{labels: 'x{a="1"}', value: 3}]}
                  - {expr: 'x{a="1"} / 3 * 3 + 0.1', eval_time: 30s, exp_samples: [{labels: '{a="1"}', value: 3.1}]}
              - name: the installation
                external_labels: {site: hall}
                external_url: http://h:9
                input_series:
                  - {series: x, values: 1 2}
                alert_rule_test:
                  - eval_time: 45s
                    alertname: A
                    exp_alerts: [{exp_annotations: {t: 'hall http://h:9 2'}}]
                promql_expr_test:
                  - {expr: x / 0, eval_time: 30s, exp_samples: [{value: .inf}]}
            """);

    assertThat(outcome.faults()).isEmpty();
    assertThat(outcome.tests()).hasSize(3);
    assertThat(outcome.tests().stream().flatMap(test -> test.failures().stream())).isEmpty();
  }

  @Test
  void onlySamplesThatHaveComeCount() throws IOException {
    write("r.yml", "groups: [{name: g, rules: [{record: ahead, expr: x offset -4m}]}]");
    FileOutcome outcome =
        run(
            """
            rule_files: [r.yml]
            tests:
              - input_series: [{series: x, values: 0+1x20}]
                promql_expr_test:
                  - {expr: ahead, eval_time: 3m, exp_samples: [{labels: ahead, value: 3}]}
                  - {expr: x, eval_time: 3m59s, exp_samples: [{labels: x, value: 3}]}
            """);

    assertThat(outcome.tests().get(0).failures()).isEmpty();
  }

  @Test
  void aRuleWithoutAResultFailsItsTest() throws IOException {
    write("r.yml", "groups: [{name: g, rules: [{record: joined, expr: a + on (x) b}]}]");
    FileOutcome outcome =
        run(
            """
            rule_files: [r.yml]
            tests:
              - input_series:
                  - {series: 'a{x="1"}', values: 1}
                  - {series: 'b{x="1",y="1"}', values: 1}
                  - {series: 'b{x="1",y="2"}', values: 1}
            """);

    assertThat(outcome.tests().get(0).failures())
        .singleElement()
        .asString()
        .contains("t.yml:3:5: record joined at 0s: found duplicate series for the match group");
  }

  @Test
  void wrongFilesSayAllThatIsWrong() throws IOException {
    write("bad.yml", "groups: [{name: g, rules: [{record: x, expr: up +}]}]");
    FileOutcome outcome =
        run(
            """
            rule_files: [bad.yml, none*.yml]
            group_eval_order: [a, a]
            test: []
            tests:
              - input_series: [{series: 'up{', values: 1}]
                start_timestamp: yesterday
                alert_rule_test: [{eval_time: 1m}]
                promql_expr_test: [{expr: up, exp_samples: [{labels: up, value: high}]}]
            """);

    assertThat(outcome.isPassed()).isFalse();
    assertThat(outcome.tests()).isEmpty();
    assertThat(outcome.warnings()).containsExactly("no file matches none*.yml");
    assertThat(outcome.faults())
        .extracting(fault -> fault.toString().replace(folder.toAbsolutePath().toString(), "F"))
        .containsExactly(
            "F/bad.yml:1:50: record x: unexpected the end of the expression in an"
                + " expression; expected a metric, a number, a function or '('",
            "F/t.yml:2:1: the group 'a' is in the order twice",
            "F/t.yml:3:1: a test file has no field 'test'; its fields are rule_files,"
                + " evaluation_interval, group_eval_order, fuzzy_compare, tests",
            "F/t.yml:5:20: series 'up{ 1': expected a label or '}'",
            "F/t.yml:6:22: 'start_timestamp' is a time like 2024-01-01T00:00:00Z, or seconds since"
                + " the epoch",
            "F/t.yml:7:23: an alert_rule_test names its alert with 'alertname'",
            "F/t.yml:8:69: 'value' of an expected sample is a number, like 1.5 or .nan");
  }

  @Test
  void aMissingFileIsAFault() throws IOException {
    assertThat(new RuleTests(null, false).run(folder.resolve("none.yml")).faults())
        .extracting(Finding::message)
        .containsExactly("there is no such file");
  }

  @Test
  void testsAreChosenByName() throws IOException {
    FileOutcome outcome =
        new RuleTests(Pattern.compile("correct"), false)
            .run(DATA.resolve("promtool/rules_run.yml"));

    assertThat(outcome.tests()).extracting(TestOutcome::name).isEqualTo(List.of("correct test"));
    assertThat(outcome.isPassed()).isTrue();
    assertThat(new RuleTests(null, false).run(DATA.resolve("promtool/rules_run.yml")).isPassed())
        .isFalse();
  }

  private FileOutcome run(String text) throws IOException {
    write("t.yml", text);
    return new RuleTests(null, false).run(folder.resolve("t.yml"));
  }

  private void write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
