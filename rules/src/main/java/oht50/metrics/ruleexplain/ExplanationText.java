package oht50.metrics.ruleexplain;

import java.util.ArrayList;
import java.util.List;
import oht50.metrics.model.AlertTransition;
import oht50.metrics.model.Labels;
import oht50.metrics.promql.eval.MetricLabels;
import oht50.metrics.promql.syntax.Numbers;
import oht50.metrics.rulefile.AlertingRule;

/** An explanation for people: the expression from the outside in, then its alerts. */
public final class ExplanationText {
  private static final int MOST_ALERTS = 10;
  private static final int MOST_ENTRIES = 12; // of a timeline, the newest
  private static final String INDENT = "  ";

  private final Explanation explanation;
  private final ExplainPlan plan;
  private final Moments moments;
  private final StringBuilder out = new StringBuilder();

  private ExplanationText(Explanation explanation) {
    this.explanation = explanation;
    this.plan = explanation.plan();
    this.moments = new Moments(plan.tick());
  }

  public static String print(Explanation explanation) {
    ExplanationText text = new ExplanationText(explanation);
    text.printHead();
    text.printExpression();
    if (explanation.plan().rule() instanceof AlertingRule) {
      text.printAlerts();
    }
    return text.out.toString();
  }

  /** What was published of these alerts, and whether both agree. */
  public static String print(Explanation explanation, List<PublishedAlert> published) {
    ExplanationText text = new ExplanationText(explanation);
    text.printPublished(published);
    return text.out.toString();
  }

  private void line(int depth, String text) {
    out.append(INDENT.repeat(depth)).append(text).append('\n');
  }

  private void printHead() {
    line(
        0,
        "%s, %s:%d, group %s"
            .formatted(
                plan.rule().words(),
                plan.group().file(),
                plan.rule().place().line(),
                plan.group().name()));
    String tick = "at its tick " + Moments.full(plan.tick());
    String every = "ticks are " + Moments.duration(plan.intervalMillis()) + " apart";
    line(
        0,
        plan.at() == plan.tick()
            ? tick + "; " + every
            : "%s, the last one up to %s; %s".formatted(tick, moments.text(plan.at()), every));
    if (plan.group().queryOffsetMillis() != 0) {
      line(
          0,
          "it looks %s before its tick, which is query_offset"
              .formatted(Moments.duration(plan.group().queryOffsetMillis())));
    }
    if (!plan.wanted().isAny()) {
      line(0, "labels " + plan.wanted());
    }
    for (Explanation.Looked looked : explanation.looked()) {
      line(
          0,
          looked.isStored()
              ? "it looks at %s, %s, whose points were stored"
                  .formatted(looked.words(), looked.place())
              : "it looks at %s, %s, evaluated here from %s on"
                  .formatted(looked.words(), looked.place(), moments.text(looked.firstTick())));
      if (looked.failure() != null) {
        line(1, "# it had no result at some ticks: " + looked.failure());
      }
    }
    line(
        0,
        explanation.points() == 1
            ? "1 point was read"
            : explanation.points() + " points were read");
  }

  private void printExpression() {
    line(0, "");
    if (explanation.failure() != null) {
      line(0, "the rule has no result at this tick: " + explanation.failure());
    }
    if (explanation.expression() != null) {
      print(explanation.expression(), 0);
    }
  }

  private void print(Part part, int depth) {
    line(depth, part.expression());
    part.remarks().forEach(remark -> line(depth + 1, "# " + remark));
    for (Part.Entry entry : part.entries()) {
      boolean isBare = entry.labels().equals(Labels.EMPTY);
      line(depth + 1, (isBare ? "" : SeriesText.of(entry.labels()) + " ") + entry.text());
    }
    if (part.leftOut() > 0) {
      line(depth + 1, "and " + part.leftOut() + " more series");
    }
    part.parts().forEach(inner -> print(inner, depth + 1));
  }

  private void printAlerts() {
    line(0, "");
    AlertingRule rule = (AlertingRule) plan.rule();
    line(0, "alerts" + lengths(rule) + ", from " + moments.text(plan.firstTick()) + " on");
    List<AlertStory> alerts = explanation.alerts();
    alerts.stream().limit(MOST_ALERTS).forEach(this::printAlert);
    if (alerts.size() > MOST_ALERTS) {
      line(1, "and " + (alerts.size() - MOST_ALERTS) + " more alerts");
    }
    if (alerts.isEmpty()) {
      line(
          1,
          "inactive: the condition held at none of these ticks"
              + (plan.wanted().isAny() ? "" : " with these labels"));
    }
    if (explanation.failedTicks() > 0) {
      line(1, "ticks at which the rule had no result: " + explanation.failedTicks());
    }
  }

  private static String lengths(AlertingRule rule) {
    return (rule.forMillis() == 0 ? "" : ", for " + Moments.duration(rule.forMillis()))
        + (rule.keepFiringForMillis() == 0
            ? ""
            : ", keep_firing_for " + Moments.duration(rule.keepFiringForMillis()));
  }

  private void printAlert(AlertStory story) {
    line(1, MetricLabels.text(story.labels()));
    line(2, story.sentence());
    line(2, "condition: " + newest(story.condition().stream().map(said -> text(said)).toList()));
    line(
        2,
        "states: "
            + newest(
                story.states().stream()
                    .map(change -> moments.text(change.tick()) + " " + change.state().word())
                    .toList()));
  }

  private String text(AlertStory.Said said) {
    String value =
        said.isFailed() ? "failed" : said.value() == null ? "no" : Numbers.print(said.value());
    return moments.text(said.from())
        + " "
        + value
        + (said.ticks() == 1 ? "" : " (x" + said.ticks() + ")");
  }

  private static String newest(List<String> entries) {
    int first = Math.max(0, entries.size() - MOST_ENTRIES);
    return (first == 0 ? "" : "… ") + String.join(", ", entries.subList(first, entries.size()));
  }

  private void printPublished(List<PublishedAlert> published) {
    line(0, "");
    line(0, "published");
    if (published.isEmpty()) {
      line(1, "nothing of this time");
    }
    published.stream().limit(MOST_ALERTS).forEach(this::printPublished);
    if (published.size() > MOST_ALERTS) {
      line(1, "and " + (published.size() - MOST_ALERTS) + " more alerts");
    }
    Agreement agreement = Agreement.of(explanation, published);
    if (agreement.isFull()) {
      line(0, "what was published agrees");
      return;
    }
    List<String> differences = agreement.differences();
    line(
        0,
        "what was published differs: %s%s; %s"
            .formatted(
                differences.get(0),
                differences.size() == 1 ? "" : " (and " + (differences.size() - 1) + " more)",
                Agreement.REASONS));
  }

  private void printPublished(PublishedAlert alert) {
    List<String> times = new ArrayList<>();
    times.add("active " + moments.text(alert.activeAt()));
    if (alert.startsAt() != AlertTransition.OPEN) {
      times.add("fires " + moments.text(alert.startsAt()));
    }
    if (alert.endsAt() != AlertTransition.OPEN) {
      times.add("ends " + moments.text(alert.endsAt()));
    }
    if (alert.isWithdrawn()) {
      times.add("withdrawn");
    }
    line(1, MetricLabels.text(alert.labels()) + " " + String.join(", ", times));
    List<String> publications = new ArrayList<>();
    for (PublishedAlert.Publication each : alert.publications()) {
      publications.add(
          "%s %s (%s)"
              .formatted(
                  moments.text(each.decidedAt()),
                  each.isWithdrawal() ? "withdrawn" : each.state().word(),
                  each.cause()));
    }
    line(2, "decided: " + newest(publications));
  }
}
