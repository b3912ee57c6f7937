package oht50.metrics.rule;

import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import oht50.metrics.model.AlertTransition;
import oht50.metrics.model.Cause;
import oht50.metrics.model.Event;

/**
 * Events of one robot in, alert transitions out.
 *
 * <p>Alerts are a pure function of the robot's events sorted by time: of those up to the watermark,
 * for a rule that judges on arrival of all of them. Whenever it may have changed (an event arrives
 * or its time or a deadline is reached) it is computed again and the difference from what was
 * published is published: a missed alert with its true times, a false one withdrawn.
 *
 * <p>Between two answers nothing that comes later in time can change anything. So what changes at
 * an instant is found by running over the events since the last answer before it; a late event, and
 * a first look after a start, run over all.
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

  /** The instant before which everything may have changed. */
  private static final long ALL = Long.MIN_VALUE;

  private final List<SequenceRule> rules;
  private final List<SequenceRule> waiting; // those that do not judge on arrival
  private final SequenceMatcher matcher;
  private final long horizon;
  private final long longestWithin;

  public SequenceCore(List<SequenceRule> rules, SequenceMatcher matcher, Duration horizon) {
    this.rules = rules;
    this.waiting = rules.stream().filter(rule -> !rule.onArrival()).toList();
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
    List<Event> events = store.events();
    Event repeat = sameFact(event, events);
    if (repeat != null && !event.position().isAfter(repeat.position())) {
      return true;
    }
    if (repeat != null) {
      events.remove(repeat);
      events.add(event);
      store.events(events);
    } else {
      events.add(event);
      store.append(event);
    }
    askForTimers(event, watermark, store);
    if (event.timestamp() <= watermark || repeat != null) {
      evaluate(rules, ALL, new Decision(watermark, decidedAt, Cause.LATE), events, store, out);
    } else {
      List<SequenceRule> onArrival =
          rules.stream().filter(rule -> rule.onArrival() && rule.concerns(event)).toList();
      if (!onArrival.isEmpty()) {
        Decision decision = new Decision(watermark, decidedAt, Cause.ON_TIME);
        evaluate(onArrival, event.timestamp(), decision, events, store, out);
      }
    }
    return true;
  }

  /**
   * To be called when the watermark has reached an instant asked for by {@code wakeAt}.
   *
   * @param instant that instant; all that lies before it has been judged
   */
  public void onWatermark(
      long instant,
      long watermark,
      long decidedAt,
      SequenceStore store,
      Consumer<AlertTransition> out) {
    Decision decision = new Decision(watermark, decidedAt, Cause.ON_TIME);
    if (isLook(instant) || watermark == Long.MAX_VALUE) {
      evaluate(rules, ALL, decision, store.events(), store, out);
      return;
    }
    evaluate(waiting, instant - longestWithin, decision, store.events(), store, out);
  }

  /** Judges everything again, once after a start: the rules may be others than before it. */
  public void onStart(
      long watermark, long decidedAt, SequenceStore store, Consumer<AlertTransition> out) {
    Decision decision = new Decision(watermark, decidedAt, Cause.REPLAY);
    evaluate(rules, ALL, decision, store.events(), store, out);
  }

  private void askForTimers(Event event, long watermark, SequenceStore store) {
    for (SequenceRule rule : waiting) {
      // A begin changes nothing at its own time, only an answer does.
      long changesAt =
          rule.isAnswer(event) ? event.timestamp() : event.timestamp() + rule.within().toMillis();
      if (rule.concerns(event) && changesAt > watermark) {
        store.wakeAt(changesAt);
      }
    }
    store.wakeAt(nextLook(Math.max(watermark, event.timestamp())));
  }

  private static boolean isLook(long instant) {
    return Math.floorMod(instant, LOOK_EVERY) == 0;
  }

  private static long nextLook(long instant) {
    return Math.floorDiv(instant, LOOK_EVERY) * LOOK_EVERY + LOOK_EVERY;
  }

  /**
   * @param from all that lies before it has been judged by these rules
   * @param events of the robot, each fact once
   */
  private void evaluate(
      List<SequenceRule> judging,
      long from,
      Decision decision,
      List<Event> events,
      SequenceStore store,
      Consumer<AlertTransition> out) {
    Map<String, IssuedAlert> issued = new LinkedHashMap<>(); // alert id -> what was published
    store.issued().forEach(alert -> issued.put(alert.alertId(), alert));
    AlertDifference difference = new AlertDifference(issued, decision, out);
    List<Episode> open = new ArrayList<>();
    for (SequenceRule rule : judging) {
      long settled = lastAnswerBefore(from, rule, events);
      List<Event> known = known(rule, events, settled, decision.watermark());
      BitSet unanswered = matcher.unanswered(rule, known, decision.watermark());
      List<Episode> episodes = Episode.of(rule, known, unanswered);
      difference.publish(rule, episodes, settled);
      open.addAll(episodes);
    }
    if (from == ALL) {
      difference.endAlertsOfOtherRules(rules);
      forget(open, decision.watermark(), events, difference, store);
    }
    if (difference.changed()) {
      store.issued(difference.issued());
    }
  }

  /**
   * Lets go of what nothing within the horizon can reach, and looks again while anything is left.
   */
  private void forget(
      List<Episode> episodes,
      long watermark,
      List<Event> events,
      AlertDifference difference,
      SequenceStore store) {
    long edge =
        watermark == Long.MAX_VALUE || watermark == Long.MIN_VALUE
            ? Long.MIN_VALUE
            : watermark - horizon - longestWithin;
    List<Event> kept = new ArrayList<>(events);
    kept.removeIf(event -> event.timestamp() < edge);
    for (Episode episode : episodes) {
      Event first = episode.first();
      if (first.timestamp() < edge && episode.endsAt() >= edge && !kept.contains(first)) {
        kept.add(first);
      }
    }
    if (kept.size() < events.size()) {
      store.events(kept);
    }
    difference.forgetBefore(edge);
    if (edge != Long.MIN_VALUE && !(kept.isEmpty() && difference.issued().isEmpty())) {
      store.wakeAt(nextLook(watermark));
    }
  }

  /** Event time of the newest answer before an instant, or {@link #ALL}. */
  private static long lastAnswerBefore(long instant, SequenceRule rule, List<Event> events) {
    long last = ALL;
    for (Event event : events) {
      if (event.timestamp() < instant && event.timestamp() > last && rule.isAnswer(event)) {
        last = event.timestamp();
      }
    }
    return last;
  }

  /** The events that a rule judges now, sorted; at one time begins before answers. */
  private static List<Event> known(
      SequenceRule rule, List<Event> events, long after, long watermark) {
    long until = rule.onArrival() ? Long.MAX_VALUE : watermark;
    List<Event> known = new ArrayList<>();
    for (Event event : events) {
      long timestamp = event.timestamp();
      if ((timestamp > after || after == ALL) && timestamp <= until && rule.concerns(event)) {
        known.add(event);
      }
    }
    known.sort(
        Comparator.comparingLong(Event::timestamp)
            .thenComparing(rule::isAnswer)
            .thenComparing(Event::id));
    return known;
  }

  private static Event sameFact(Event event, List<Event> events) {
    for (Event held : events) {
      if (held.kind() == event.kind() && held.id().equals(event.id())) {
        return held;
      }
    }
    return null;
  }
}
