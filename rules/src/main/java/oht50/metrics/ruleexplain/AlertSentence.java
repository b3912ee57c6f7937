package oht50.metrics.ruleexplain;

import java.util.ArrayList;
import java.util.List;
import oht50.metrics.alerting.AlertMachine;
import oht50.metrics.alerting.AlertStatus;
import oht50.metrics.model.AlertState;
import oht50.metrics.model.Labels;

/** The state of an alert at the tick and why, in one sentence. */
final class AlertSentence {
  private final ExplainPlan plan;
  private final AlertMachine machine;
  private final AlertPast past;
  private final Labels labels;
  private final Moments moments;

  AlertSentence(ExplainPlan plan, AlertMachine machine, AlertPast past, Labels labels) {
    this.plan = plan;
    this.machine = machine;
    this.past = past;
    this.labels = labels;
    this.moments = new Moments(plan.tick());
  }

  String text(AlertStatus status, AlertState whenFiringBefore) {
    List<String> parts = new ArrayList<>();
    parts.add(
        switch (status.state()) {
          case PENDING -> pending(status);
          case FIRING -> firing(status);
          case INACTIVE -> inactive(status);
        });
    if (past.last().isFailed()) {
      parts.add("at this tick the rule has no result, so it stays as it was");
    }
    if (whenFiringBefore != status.state()) {
      parts.add(
          "if it fired before "
              + moments.text(plan.firstTick())
              + ", where this begins, it is "
              + whenFiringBefore.word()
              + " still");
    }
    return String.join("; ", parts);
  }

  private String pending(AlertStatus status) {
    long fires = tickFrom(status.activeAt() + machine.forMillis());
    return "pending since %s: the condition has held for %s of %s; it fires at %s if that goes on"
        .formatted(
            since(status.activeAt(), status.activeAt()),
            Moments.duration(plan.tick() - status.activeAt()),
            Moments.duration(machine.forMillis()),
            moments.text(fires));
  }

  private String firing(AlertStatus status) {
    String since = "firing since " + since(status.firedAt(), status.activeAt());
    if (status.keepFiringSince() != AlertStatus.NEVER) {
      long over = tickFrom(status.keepFiringSince() + machine.keepFiringForMillis());
      return "%s: the condition has not held since %s, and keep_firing_for %s lasts until %s"
          .formatted(
              since,
              moments.text(status.keepFiringSince()),
              Moments.duration(machine.keepFiringForMillis()),
              moments.text(over));
    }
    String held =
        "%s: the condition began to hold at %s".formatted(since, moments.text(status.activeAt()));
    return machine.forMillis() == 0
        ? held
        : held + " and had held for " + Moments.duration(machine.forMillis());
  }

  /** At the first tick it may have been so for longer. */
  private String since(long tick, long activeAt) {
    return moments.text(tick) + (activeAt == plan.firstTick() ? " or before" : "");
  }

  private String inactive(AlertStatus status) {
    if (status.resolvedAt() != AlertStatus.NEVER) {
      return "inactive since %s: it fired from %s until its condition no longer held%s"
          .formatted(
              moments.text(status.resolvedAt()),
              since(status.firedAt(), status.activeAt()),
              machine.keepFiringForMillis() == 0
                  ? ""
                  : ", and %s more".formatted(Moments.duration(machine.keepFiringForMillis())));
    }
    long first = AlertStatus.NEVER;
    long last = AlertStatus.NEVER;
    for (AlertPast.AtTick at : past.ticks()) {
      if (at.holds(labels)) {
        boolean goesOn = last != AlertStatus.NEVER && at.tick() - last == plan.intervalMillis();
        first = goesOn ? first : at.tick();
        last = at.tick();
      }
    }
    boolean wasShort = last - first < machine.forMillis();
    return "inactive: the condition does not hold; it last did from %s to %s%s"
        .formatted(
            since(first, first),
            moments.text(last),
            wasShort ? ", which is shorter than " + Moments.duration(machine.forMillis()) : "");
  }

  private long tickFrom(long time) {
    long interval = plan.intervalMillis();
    return Math.floorDiv(time + interval - 1, interval) * interval;
  }
}
