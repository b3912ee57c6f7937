package oht50.metrics.rule;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
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
 * <p>What is computed again is the stretch between the answers around the change, see {@link
 * Judgement}; after a start, and now and then to let go of what is old, the whole log.
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
   * Takes in an event that concerns a rule, or lets go of one that is withdrawn.
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
    RobotLog log = new RobotLog(store, rules);
    Event known = log.known(event);
    if (isOld(event, known)) {
      return true;
    }
    if (known != null) {
      log.remove(known);
    }
    if (!event.isWithdrawn()) {
      log.add(event.withoutPayload());
      askForTimers(event, watermark, store);
    }
    if (known != null || event.timestamp() <= watermark) {
      long was = known == null ? event.timestamp() : known.timestamp();
      long from = Math.min(was, event.timestamp());
      long to = Math.max(was, event.timestamp());
      Judgement late = judgement(log, new Decision(watermark, decidedAt, Cause.LATE), out);
      for (int place = 0; place < rules.size(); place++) {
        late.judge(place, from, to);
      }
    } else {
      Judgement now = judgement(log, new Decision(watermark, decidedAt, Cause.ON_TIME), out);
      for (int place = 0; place < rules.size(); place++) {
        SequenceRule rule = rules.get(place);
        if (rule.onArrival() && rule.concerns(event)) {
          now.judge(place, event.timestamp(), event.timestamp());
        }
      }
    }
    log.store();
    return true;
  }

  /** Whether an event says nothing new. What is withdrawn has the position of what was said. */
  private static boolean isOld(Event event, Event known) {
    if (known == null) {
      return event.isWithdrawn();
    }
    return event.isWithdrawn()
        ? known.position().isAfter(event.position())
        : !event.position().isAfter(known.position());
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
    RobotLog log = new RobotLog(store, rules);
    Judgement now = judgement(log, new Decision(watermark, decidedAt, Cause.ON_TIME), out);
    if (isLook(instant)) {
      forget(now.judgeAll(), watermark, log, store);
    } else {
      for (int place = 0; place < rules.size(); place++) {
        SequenceRule rule = rules.get(place);
        if (!rule.onArrival()) {
          now.judgeChangesAt(place, instant);
        }
      }
    }
    log.store();
  }

  /** Judges everything again, once after a start: the rules may be others than before it. */
  public void onStart(
      long watermark, long decidedAt, SequenceStore store, Consumer<AlertTransition> out) {
    RobotLog log = new RobotLog(store, rules);
    log.indexAnew();
    log.allEvents().forEach(event -> askForTimers(event, watermark, store));
    Judgement again = judgement(log, new Decision(watermark, decidedAt, Cause.REPLAY), out);
    forget(again.judgeAll(), watermark, log, store);
    log.store();
  }

  private Judgement judgement(RobotLog log, Decision decision, Consumer<AlertTransition> out) {
    return new Judgement(log, rules, matcher, decision, out);
  }

  private void askForTimers(Event event, long watermark, SequenceStore store) {
    for (SequenceRule rule : rules) {
      // A begin changes nothing at its own time, only an answer does.
      long changesAt =
          rule.isAnswer(event) ? event.timestamp() : event.timestamp() + rule.within().toMillis();
      if (!rule.onArrival() && changesAt > watermark && rule.concerns(event)) {
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
   * Lets go of what nothing within the horizon can reach, and looks again while anything is left.
   */
  private void forget(List<Episode> episodes, long watermark, RobotLog log, SequenceStore store) {
    if (watermark == Long.MAX_VALUE || watermark == Long.MIN_VALUE) {
      return;
    }
    long edge = watermark - horizon - longestWithin;
    Set<Event> kept = new HashSet<>();
    for (Episode episode : episodes) {
      if (episode.endsAt() >= edge) {
        kept.add(episode.first());
      }
    }
    log.forgetBefore(edge, kept);
    if (!log.isEmpty()) {
      store.wakeAt(nextLook(watermark));
    }
  }
}
