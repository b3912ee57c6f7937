package oht50.metrics.rule;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import oht50.metrics.model.AlertState;
import oht50.metrics.model.AlertTransition;
import oht50.metrics.model.Cause;
import oht50.metrics.model.Event;
import oht50.metrics.model.Labels;

/**
 * Events of one robot in, alert transitions out.
 *
 * <p>Alerts are a pure function of the robot's events sorted by time, up to the watermark. Whenever
 * it may have changed (an event's time or a deadline is reached, or an event comes late) it is
 * computed again and the difference from what was published is published: a missed alert with its
 * true times, a false one withdrawn.
 *
 * <p>Events leave state once no event within the horizon can reach them: at {@code watermark -
 * horizon - longest within}; the event that began an episode stays while it is open. An event older
 * than {@code watermark - horizon} is not judged.
 */
public final class SequenceCore {
  /**
   * How often a robot with events in state is looked at to let old ones go, ms of the watermark.
   */
  private static final long LOOK_EVERY = 1_800_000;

  private final List<SequenceRule> rules;
  private final SequenceMatcher matcher;
  private final long horizon;
  private final long longestWithin;

  public SequenceCore(List<SequenceRule> rules, SequenceMatcher matcher, Duration horizon) {
    this.rules = rules;
    this.matcher = matcher;
    this.horizon = horizon.toMillis();
    this.longestWithin = rules.stream().mapToLong(rule -> rule.within().toMillis()).max().orElse(0);
  }

  /** Whether any rule asks for such an event. */
  public boolean concerns(Event event) {
    return rules.stream().anyMatch(rule -> rule.concerns(event));
  }

  /**
   * Takes in an event that concerns a rule.
   *
   * @return false if the event is beyond the horizon and so not judged
   */
  public boolean onEvent(
      Event event,
      long watermark,
      long decidedAt,
      SequenceStore store,
      Consumer<AlertTransition> out) {
    if (watermark != Long.MIN_VALUE && event.timestamp() < watermark - horizon) {
      return false;
    }
    store.append(event);
    for (SequenceRule rule : rules) {
      if (rule.isBegin(event)) {
        long deadline = event.timestamp() + rule.within().toMillis();
        if (deadline > watermark) {
          store.wakeAt(deadline);
        }
      }
    }
    if (event.timestamp() > watermark) {
      store.wakeAt(event.timestamp());
    } else {
      evaluate(watermark, decidedAt, Cause.LATE, store, out);
    }
    return true;
  }

  /** To be called when the watermark has reached an instant asked for by {@code wakeAt}. */
  public void onWatermark(
      long watermark, long decidedAt, SequenceStore store, Consumer<AlertTransition> out) {
    evaluate(watermark, decidedAt, Cause.ON_TIME, store, out);
  }

  private void evaluate(
      long watermark,
      long decidedAt,
      Cause cause,
      SequenceStore store,
      Consumer<AlertTransition> out) {
    List<Event> events = distinct(store.events());
    long edge = watermark == Long.MAX_VALUE ? Long.MIN_VALUE : watermark - horizon - longestWithin;
    Map<String, IssuedAlert> issued = new LinkedHashMap<>();
    store.issued().forEach(alert -> issued.put(alert.alertId(), alert));
    Map<String, IssuedAlert> next = new LinkedHashMap<>();
    List<Event> kept = new ArrayList<>(events);
    kept.removeIf(event -> event.timestamp() < edge);
    for (SequenceRule rule : rules) {
      List<Event> known = known(rule, events, watermark);
      List<Episode> episodes = Episode.of(rule, known, matcher.unanswered(rule, known, watermark));
      publish(rule, episodes, issued, next, new Attempt(watermark, edge, decidedAt, cause), out);
      for (Episode episode : episodes) {
        if (episode.first().timestamp() < edge && episode.endsAt() >= edge) {
          keep(episode.first(), kept);
        }
      }
    }
    store.events(kept);
    store.issued(List.copyOf(next.values()));
    if (!(kept.isEmpty() && next.isEmpty()) && edge != Long.MIN_VALUE) {
      store.wakeAt(Math.floorDiv(watermark, LOOK_EVERY) * LOOK_EVERY + LOOK_EVERY);
    }
  }

  private record Attempt(long watermark, long edge, long decidedAt, Cause cause) {}

  private static void publish(
      SequenceRule rule,
      List<Episode> episodes,
      Map<String, IssuedAlert> issued,
      Map<String, IssuedAlert> next,
      Attempt attempt,
      Consumer<AlertTransition> out) {
    Map<String, Episode> wanted = new LinkedHashMap<>();
    for (Episode episode : episodes) {
      long startsAt = episode.first().timestamp() + rule.within().toMillis();
      if (episode.unanswered() && startsAt <= attempt.watermark) {
        wanted.put(alertId(rule, episode), episode);
      }
    }
    List<String> withdrawn = new ArrayList<>();
    for (IssuedAlert alert : issued.values()) {
      if (!alert.rule().equals(rule.name()) || wanted.containsKey(alert.alertId())) {
        continue;
      }
      if (alert.activeAt() < attempt.edge) {
        continue; // nothing can change it any more
      }
      if (!alert.withdrawn()) {
        withdrawn.add(alert.alertId());
        alert = withdraw(rule, alert, attempt, out);
      }
      next.put(alert.alertId(), alert);
    }
    for (Map.Entry<String, Episode> entry : wanted.entrySet()) {
      IssuedAlert before = issued.get(entry.getKey());
      String replaces = before == null && !withdrawn.isEmpty() ? withdrawn.remove(0) : null;
      IssuedAlert after = raise(rule, entry.getValue(), before, replaces, attempt, out);
      if (entry.getValue().endsAt() >= attempt.edge) { // else nothing can change it any more
        next.put(entry.getKey(), after);
      }
    }
  }

  /** Publishes what is missing of an alert: that it fires, and that it has ended. */
  private static IssuedAlert raise(
      SequenceRule rule,
      Episode episode,
      IssuedAlert before,
      String replaces,
      Attempt attempt,
      Consumer<AlertTransition> out) {
    long startsAt = episode.first().timestamp() + rule.within().toMillis();
    boolean isRaised = before != null && !before.withdrawn();
    int turn = before == null ? 0 : before.turn();
    long endsAt = isRaised ? before.endsAt() : AlertTransition.OPEN;
    Cause cause = before != null && before.withdrawn() ? Cause.LATE : attempt.cause;
    if (!isRaised) {
      turn++;
      out.accept(
          transition(
              rule,
              episode.first(),
              AlertState.FIRING,
              AlertState.INACTIVE,
              false,
              turn,
              cause,
              startsAt,
              startsAt,
              AlertTransition.OPEN,
              attempt.decidedAt,
              replaces));
    }
    if (episode.endsAt() != endsAt) {
      turn++;
      out.accept(
          transition(
              rule,
              episode.first(),
              AlertState.INACTIVE,
              AlertState.FIRING,
              false,
              turn,
              endsAt == AlertTransition.OPEN ? attempt.cause : Cause.LATE,
              episode.endsAt(),
              startsAt,
              episode.endsAt(),
              attempt.decidedAt,
              null));
    }
    return new IssuedAlert(
        rule.name(),
        alertId(rule, episode),
        episode.first().entity(),
        episode.first().timestamp(),
        startsAt,
        episode.endsAt(),
        turn,
        false);
  }

  private static IssuedAlert withdraw(
      SequenceRule rule, IssuedAlert alert, Attempt attempt, Consumer<AlertTransition> out) {
    int turn = alert.turn() + 1;
    Labels labels = rule.labelsOf(alert.robot());
    out.accept(
        new AlertTransition(
            AlertTransition.transitionId(
                alert.alertId(), AlertState.FIRING, alert.startsAt(), true),
            alert.alertId(),
            rule.name(),
            AlertState.INACTIVE,
            AlertState.FIRING,
            true,
            turn,
            Cause.LATE,
            labels,
            Labels.EMPTY,
            1,
            alert.activeAt(),
            alert.startsAt(),
            alert.endsAt(),
            attempt.decidedAt,
            null,
            0,
            0));
    return new IssuedAlert(
        alert.rule(),
        alert.alertId(),
        alert.robot(),
        alert.activeAt(),
        alert.startsAt(),
        alert.endsAt(),
        turn,
        true);
  }

  private static AlertTransition transition(
      SequenceRule rule,
      Event first,
      AlertState state,
      AlertState previous,
      boolean withdrawn,
      int turn,
      Cause cause,
      long changedAt,
      long startsAt,
      long endsAt,
      long decidedAt,
      String replaces) {
    Labels labels = rule.labelsOf(first.entity());
    String alertId = AlertTransition.alertId(rule.name(), labels, first.timestamp());
    return new AlertTransition(
        AlertTransition.transitionId(alertId, state, changedAt, withdrawn),
        alertId,
        rule.name(),
        state,
        previous,
        withdrawn,
        turn,
        cause,
        labels,
        rule.annotationsOf(first),
        1,
        first.timestamp(),
        startsAt,
        endsAt,
        decidedAt,
        replaces,
        0,
        0);
  }

  private static String alertId(SequenceRule rule, Episode episode) {
    return AlertTransition.alertId(
        rule.name(), rule.labelsOf(episode.first().entity()), episode.first().timestamp());
  }

  /** The events that concern a rule and have come to pass, at one time begins before answers. */
  private static List<Event> known(SequenceRule rule, List<Event> events, long watermark) {
    List<Event> known = new ArrayList<>();
    for (Event event : events) {
      if (event.timestamp() <= watermark && rule.concerns(event)) {
        known.add(event);
      }
    }
    known.sort(
        Comparator.comparingLong(Event::timestamp)
            .thenComparing(rule::isAnswer)
            .thenComparing(Event::id));
    return known;
  }

  /** Of events with one natural key the one of the highest position. */
  private static List<Event> distinct(List<Event> events) {
    Map<String, Event> byKey = new HashMap<>();
    for (Event event : events) {
      byKey.merge(event.kind().word() + '\n' + event.id(), event, (a, b) -> isHigher(a, b) ? a : b);
    }
    List<Event> distinct = new ArrayList<>(byKey.values());
    distinct.sort(Comparator.comparingLong(Event::timestamp).thenComparing(Event::id));
    return distinct;
  }

  private static boolean isHigher(Event a, Event b) {
    long sourceA = a.position().sourceId();
    long sourceB = b.position().sourceId();
    return sourceA != sourceB ? sourceA > sourceB : a.position().offset() > b.position().offset();
  }

  private static void keep(Event event, List<Event> kept) {
    if (!kept.contains(event)) {
      kept.add(event);
    }
  }
}
