package oht50.metrics.alerting;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import oht50.metrics.model.AlertState;
import oht50.metrics.model.Labels;
import oht50.metrics.model.StaleMarker;
import oht50.metrics.promql.eval.EvaluationOptions;
import oht50.metrics.promql.eval.Evaluator;
import oht50.metrics.promql.eval.MetricLabels;
import oht50.metrics.promql.eval.PointStore;
import oht50.metrics.promql.eval.StoredSeries;
import oht50.metrics.promql.notation.InvalidNotation;
import oht50.metrics.promql.notation.SeriesLine;
import oht50.metrics.promql.notation.SeriesNotation;
import oht50.metrics.promql.syntax.LabelMatcher;
import oht50.metrics.promql.syntax.MatchOperator;
import oht50.metrics.rulefile.Rules;
import org.junit.jupiter.api.Test;

class GroupRunTest {
  private static final long MINUTE = 60_000;

  private final PointStore points = new PointStore();
  private final Evaluator evaluator = new Evaluator(points, EvaluationOptions.DEFAULT);
  private GroupRun group;

  @Test
  void alertsBecomeSeriesThatEndWhenTheirStateDoes() throws InvalidNotation {
    load("up{job=\"a\"} 0 0 0 1 1");
    rules(
        """
        - alert: Down
          expr: up == 0
          for: 1m
          labels: {severity: "{{ $labels.none }}"}
          annotations: {summary: "{{ $labels.job }} says {{ $value }}"}
        """);

    run(5);
    assertThat(written("ALERTS"))
        .containsExactly(
            "{__name__=\"ALERTS\", alertname=\"Down\", alertstate=\"firing\", job=\"a\","
                + " severity=\"{{ $labels.none }}\"}: 1m 1, 2m 1, 3m stale",
            "{__name__=\"ALERTS\", alertname=\"Down\", alertstate=\"pending\", job=\"a\","
                + " severity=\"{{ $labels.none }}\"}: 0m 1, 1m stale");
    assertThat(written("ALERTS_FOR_STATE"))
        .containsExactly(
            "{__name__=\"ALERTS_FOR_STATE\", alertname=\"Down\", job=\"a\","
                + " severity=\"{{ $labels.none }}\"}: 0m 0, 1m 0, 2m 0, 3m stale");
    Alert alert = alerts().get(0);
    assertThat(alert.labels()).isEqualTo(Labels.of("alertname", "Down", "job", "a"));
    assertThat(alert.annotations()).isEqualTo(Labels.of("summary", "a says 0"));
    assertThat(alert.status())
        .isEqualTo(new AlertStatus(AlertState.INACTIVE, 0, MINUTE, 3 * MINUTE, AlertStatus.NEVER));
  }

  @Test
  void rulesSeeWhatThoseBeforeThemWrote() throws InvalidNotation {
    load("x{i=\"1\"} 1 2 _ _ _ _ _ _");
    rules(
        """
        - record: x:sum
          expr: sum without (i) (x)
          labels: {site: a}
        - record: x:double
          expr: 2 * x:sum
        """);

    run(8);
    assertThat(written("x:double"))
        .containsExactly(
            "{__name__=\"x:double\", site=\"a\"}:"
                + " 0m 2, 1m 4, 2m 4, 3m 4, 4m 4, 5m 4, 6m stale");
  }

  @Test
  void twoSeriesThatBecomeOneAreAFailureAndChangeNothing() throws InvalidNotation {
    load("x{i=\"1\"} 1 1 _ 1", "x{i=\"2\"} _ _ 1 1");
    rules(
        """
        - alert: A
          expr: x > 0
          labels: {i: ""}
        - record: y
          expr: x
          labels: {i: ""}
        """);

    assertThat(run(2)).isEmpty();
    assertThat(run(2, 2))
        .containsExactly(
            "A: vector contains metrics with the same labelset after applying alert labels",
            "y: vector contains metrics with the same labelset after applying rule labels");
    assertThat(alerts()).hasSize(1);
    assertThat(written("y")).containsExactly("{__name__=\"y\"}: 0m 1, 1m 1");
  }

  @Test
  void moreThanTheLimitIsAFailureAndForgetsAlerts() throws InvalidNotation {
    load("x{i=\"1\"} 1 1 1", "x{i=\"2\"} _ 1 1");
    group =
        new GroupRun(
            Rules.read(
                    "groups: [{name: g, limit: 1, rules:"
                        + " [{alert: A, expr: x}, {record: y, expr: x}]}]")
                .file()
                .groups()
                .get(0),
            Installation.UNNAMED);

    assertThat(run(1)).isEmpty();
    assertThat(run(1, 1))
        .containsExactly(
            "A: exceeded limit of 1 with 2 alerts", "y: exceeded limit of 1 with 2 series");
    assertThat(alerts()).isEmpty();
  }

  @Test
  void aGroupLooksBackAsFarAsItsOffset() throws InvalidNotation {
    load("x 1 2 3");
    group =
        new GroupRun(
            Rules.read("groups: [{name: g, query_offset: 1m, rules: [{record: y, expr: x}]}]")
                .file()
                .groups()
                .get(0),
            Installation.UNNAMED);

    run(3);
    assertThat(written("y")).containsExactly("{__name__=\"y\"}: 0m 1, 1m 2");
  }

  @Test
  void aFailureOfAnExpressionLeavesAlertsAsTheyWere() throws InvalidNotation {
    load("x{i=\"1\"} 1 1 1", "y{i=\"1\"} 1 1 1", "y{i=\"1\",j=\"2\"} _ 1 _");
    rules("- alert: A\n  expr: x * on (i) y\n");

    run(1);
    assertThat(run(1, 1)).singleElement().asString().startsWith("A: found duplicate series");
    assertThat(alerts()).extracting(alert -> alert.status().activeAt()).containsExactly(0L);
  }

  @Test
  void textsAskForMoreAndNameTheInstallation() throws InvalidNotation {
    load("x 1", "other{i=\"b\"} 7");
    TreeMap<String, String> external = new TreeMap<>();
    external.put("site", "hall");
    group =
        new GroupRun(
            Rules.read(
                    Rules.group(
                        """
                        - alert: A
                          expr: x
                          annotations:
                            a: "{{ query \\"other\\" | first | value }} at {{ $externalLabels.site }}"
                            b: "{{ query \\"other{\\" }}"
                            c: "{{ $externalURL }}{{ query \\"none\\" | first }}"
                        """))
                .file()
                .groups()
                .get(0),
            new Installation(external, "http://h"));

    run(1);
    Labels annotations = alerts().get(0).annotations();
    assertThat(annotations.get("a")).isEqualTo("7 at hall");
    assertThat(annotations.get("b"))
        .startsWith("<error expanding template: error calling query: 1:7: unexpected");
    assertThat(annotations.get("c"))
        .isEqualTo(
            "<error expanding template:"
                + " error calling first: first() called on vector with no elements>");
  }

  @Test
  void anAlertOfAScalarHasOnlyItsName() {
    rules("- alert: Always\n  expr: 1\n");

    run(1);
    assertThat(alerts())
        .extracting(Alert::labels)
        .containsExactly(Labels.of("alertname", "Always"));
  }

  private void rules(String rules) {
    group =
        new GroupRun(Rules.read(Rules.group(rules)).file().groups().get(0), Installation.UNNAMED);
  }

  private void load(String... series) throws InvalidNotation {
    for (String each : series) {
      SeriesLine line = SeriesNotation.parse(each);
      for (int i = 0; i < line.values().length; i++) {
        if (!line.omitted()[i]) {
          points.put(line.labels(), i * MINUTE, line.values()[i]);
        }
      }
    }
  }

  private List<String> run(int ticks) {
    return run(0, ticks);
  }

  private List<String> run(int first, int ticks) {
    List<String> failed = new ArrayList<>();
    for (int i = first; i < first + ticks; i++) {
      group
          .run(i * MINUTE, evaluator, points::put)
          .forEach(each -> failed.add(each.rule().name() + ": " + each.message()));
    }
    return failed.stream().distinct().toList();
  }

  private List<Alert> alerts() {
    return group.alerts().get(0).alerts();
  }

  private List<String> written(String metric) {
    List<String> lines = new ArrayList<>();
    LabelMatcher name = LabelMatcher.of("__name__", MatchOperator.EQUAL, metric);
    for (StoredSeries series : points.select(List.of(name), 0, Long.MAX_VALUE)) {
      List<String> entries = new ArrayList<>();
      for (int i = series.from(); i < series.to(); i++) {
        double value = series.values()[i];
        if (series.timestamps()[i] >= 0) {
          entries.add(
              series.timestamps()[i] / MINUTE
                  + "m "
                  + (StaleMarker.is(value) ? "stale" : (long) value));
        }
      }
      lines.add(MetricLabels.text(series.labels()) + ": " + String.join(", ", entries));
    }
    return lines;
  }
}
