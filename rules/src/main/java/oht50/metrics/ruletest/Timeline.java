package oht50.metrics.ruletest;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import oht50.metrics.model.Labels;
import oht50.metrics.model.StaleMarker;
import oht50.metrics.promql.eval.MetricLabels;
import oht50.metrics.promql.eval.StoredSeries;
import oht50.metrics.promql.syntax.Expr;
import oht50.metrics.promql.syntax.ExprPrinter;
import oht50.metrics.promql.syntax.Numbers;
import oht50.metrics.promql.syntax.Selectors;

/**
 * What led to an alert: the samples of the series that its rule selects, and its states, up to a
 * time. Equal samples one after the other are one entry.
 */
final class Timeline {
  private static final int MOST_SERIES = 10;
  private static final int MOST_ENTRIES = 12; // of a series, the newest

  private final TestPoints points;
  private final long startMillis;
  private final long untilMillis;

  /**
   * @param untilMillis since the start
   */
  Timeline(TestPoints points, long startMillis, long untilMillis) {
    this.points = points;
    this.startMillis = startMillis;
    this.untilMillis = untilMillis;
  }

  String of(String alert, AlertHistory history) {
    List<AlertHistory.OfRule> rules = history.named(alert);
    if (rules.isEmpty()) {
      return "        no rule raises " + alert + "; name its file in 'rule_files'";
    }
    List<String> lines = new ArrayList<>();
    for (AlertHistory.OfRule rule : rules) {
      lines.add("        timeline of " + ExprPrinter.print(rule.rule().expr()));
      lines.addAll(samples(rule.rule().expr()));
      lines.addAll(states(rule.changes()));
    }
    return String.join(String.format("%n"), lines);
  }

  private List<String> samples(Expr expr) {
    Map<Labels, StoredSeries> series = new LinkedHashMap<>();
    for (Expr.VectorSelector selector : Selectors.of(expr)) {
      for (StoredSeries each : points.select(selector.matchers(), startMillis + untilMillis)) {
        series.put(each.labels(), each);
      }
    }
    List<String> lines = new ArrayList<>();
    for (StoredSeries each : series.values()) {
      if (lines.size() == MOST_SERIES) {
        lines.add("          and " + (series.size() - MOST_SERIES) + " more series");
        break;
      }
      lines.add("          " + MetricLabels.text(each.labels()) + ": " + entries(each));
    }
    return lines.isEmpty() ? List.of("          no series that it selects has samples") : lines;
  }

  private String entries(StoredSeries series) {
    List<String> entries = new ArrayList<>();
    int at = series.from();
    while (at < series.to() && series.timestamps()[at] <= startMillis + untilMillis) {
      double value = series.values()[at];
      int end = at + 1;
      while (end < series.to()
          && series.timestamps()[end] <= startMillis + untilMillis
          && Double.compare(series.values()[end], value) == 0) {
        end++;
      }
      String text = StaleMarker.is(value) ? "stale" : Numbers.print(value);
      entries.add(
          Texts.time(series.timestamps()[at] - startMillis)
              + " "
              + text
              + (end - at == 1 ? "" : " (x" + (end - at) + ")"));
      at = end;
    }
    int first = Math.max(0, entries.size() - MOST_ENTRIES);
    return (first == 0 ? "" : "… ") + String.join(", ", entries.subList(first, entries.size()));
  }

  private List<String> states(Map<Labels, List<AlertHistory.Change>> changes) {
    List<String> lines = new ArrayList<>();
    for (Map.Entry<Labels, List<AlertHistory.Change>> alert : changes.entrySet()) {
      if (lines.size() == MOST_SERIES) {
        lines.add("          and " + (changes.size() - MOST_SERIES) + " more alerts");
        break;
      }
      List<String> states = new ArrayList<>();
      for (AlertHistory.Change change : alert.getValue()) {
        states.add(Texts.time(change.sinceMillis()) + " " + change.state().word());
      }
      int first = Math.max(0, states.size() - MOST_ENTRIES);
      lines.add(
          "          alert %s: %s%s"
              .formatted(
                  MetricLabels.text(alert.getKey()),
                  first == 0 ? "" : "… ",
                  String.join(", ", states.subList(first, states.size()))));
    }
    return lines.isEmpty() ? List.of("          it was never pending") : lines;
  }
}
