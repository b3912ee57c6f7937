package oht50.metrics.ruleexplain;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import oht50.metrics.alerting.AlertMachine;
import oht50.metrics.alerting.AlertStatus;
import oht50.metrics.model.AlertState;
import oht50.metrics.model.Labels;
import oht50.metrics.promql.eval.MetricLabels;

/** Tells of each alert how it came to its state. */
final class AlertStories {
  private static final Comparator<AlertStory> ORDER =
      Comparator.<AlertStory>comparingInt(story -> -story.state().code())
          .thenComparing(AlertStory::labels, MetricLabels.ORDER);

  private final AlertPast past;
  private final AlertMachine machine;
  private final ExplainPlan plan;

  AlertStories(AlertPast past, AlertMachine machine, ExplainPlan plan) {
    this.past = past;
    this.machine = machine;
    this.plan = plan;
  }

  /** Those that fire first, then those that are pending. */
  List<AlertStory> all() {
    return past.labels().stream()
        .filter(plan.wanted()::meets)
        .map(this::story)
        .sorted(ORDER)
        .toList();
  }

  private AlertStory story(Labels labels) {
    AlertState whenFiringBefore = whenFiringBefore(labels);
    List<AlertStory.Said> condition = condition(labels);
    AlertStatus status = past.last().status(labels);
    String sentence = new AlertSentence(plan, machine, past, labels).text(status, whenFiringBefore);
    return new AlertStory(labels, status, whenFiringBefore, sentence, condition, states(labels));
  }

  private List<AlertStory.Said> condition(Labels labels) {
    List<AlertStory.Said> said = new ArrayList<>();
    for (AlertPast.AtTick at : past.ticks()) {
      Double value = at.holds(labels) ? (Double) at.value(labels) : null;
      AlertStory.Said before = said.isEmpty() ? null : said.get(said.size() - 1);
      if (before != null
          && before.isFailed() == at.isFailed()
          && Objects.equals(before.value(), value)) {
        said.set(
            said.size() - 1,
            new AlertStory.Said(before.from(), before.ticks() + 1, value, at.isFailed()));
      } else {
        said.add(new AlertStory.Said(at.tick(), 1, value, at.isFailed()));
      }
    }
    return said;
  }

  private List<AlertStory.Change> states(Labels labels) {
    List<AlertStory.Change> changes = new ArrayList<>();
    AlertState before = AlertState.INACTIVE;
    for (AlertPast.AtTick at : past.ticks()) {
      AlertState state = at.status(labels).state();
      if (state != before) {
        changes.add(new AlertStory.Change(at.tick(), state));
        before = state;
      }
    }
    return changes;
  }

  /** The state at the last tick of an alert that fired at the tick before the first one. */
  private AlertState whenFiringBefore(Labels labels) {
    long before = plan.firstTick() - plan.intervalMillis();
    AlertStatus status =
        new AlertStatus(
            AlertState.FIRING,
            before - machine.forMillis(),
            before,
            AlertStatus.NEVER,
            AlertStatus.NEVER);
    for (AlertPast.AtTick at : past.ticks()) {
      if (!at.isFailed()) {
        status = machine.step(status, at.tick(), at.holds(labels));
      }
    }
    return status.state();
  }
}
