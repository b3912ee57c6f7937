package oht50.metrics.rule;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.Consumer;
import oht50.metrics.model.AlertTransition;
import oht50.metrics.model.Event;

/**
 * Judges stretches of a robot's log and publishes what is not as it was published.
 *
 * <p>An answer ends every episode, so what lies on one side of it does not depend on the other.
 * What changes at an instant is therefore found between the last answer before it and the first one
 * after it, however long the log; of that stretch only the first begin and the answers count.
 */
final class Judgement {
  private final RobotLog log;
  private final List<SequenceRule> rules;
  private final SequenceMatcher matcher;
  private final Decision decision;
  private final SequenceAlerts difference;

  Judgement(
      RobotLog log,
      List<SequenceRule> rules,
      SequenceMatcher matcher,
      Decision decision,
      Consumer<AlertTransition> out) {
    this.log = log;
    this.rules = rules;
    this.matcher = matcher;
    this.decision = decision;
    this.difference = new SequenceAlerts(log, decision, out);
  }

  /**
   * @param place of the rule in the list
   * @param from all that lies before it has been judged, ms
   * @param to nothing after it has changed, ms
   * @return the episodes that were looked at
   */
  List<Episode> judge(int place, long from, long to) {
    SequenceRule rule = rules.get(place);
    long known = rule.onArrival() ? Long.MAX_VALUE : decision.watermark();
    long settled = log.lastAnswerBefore(place, from);
    Event next = to == Long.MAX_VALUE ? null : log.firstAnswer(place, to + 1);
    long until = next == null || next.timestamp() > known ? Long.MAX_VALUE : next.timestamp();
    List<Episode> episodes = episodes(place, settled, Math.min(until, known));
    difference.publish(rule, episodes, log.alerts(place, settled, until));
    return episodes;
  }

  /** Judges what time alone changes at an instant: an answer counts, a begin is left unanswered. */
  void judgeChangesAt(int place, long instant) {
    Event answer = log.firstAnswer(place, instant);
    if (answer != null && answer.timestamp() == instant) {
      judge(place, instant, instant);
    }
    long began = instant - rules.get(place).within().toMillis();
    Event begin = log.firstBegin(place, began);
    if (begin != null && begin.timestamp() == began) {
      judge(place, began, began);
    }
  }

  /**
   * All rules over the whole log; alerts of rules that are gone end.
   *
   * @return the episodes of all rules
   */
  List<Episode> judgeAll() {
    List<Episode> all = new ArrayList<>();
    for (int place = 0; place < rules.size(); place++) {
      all.addAll(judge(place, Long.MIN_VALUE, Long.MAX_VALUE));
    }
    difference.endAlertsOfOtherRules(rules);
    return all;
  }

  /** Episodes that begin in {@code (settled, until]}. */
  private List<Episode> episodes(int place, long settled, long until) {
    List<Event> ends = new ArrayList<>(); // first begin, answer, first begin after it, answer, ...
    long from = settled == Long.MIN_VALUE ? Long.MIN_VALUE : settled + 1;
    while (true) {
      Event begin = log.firstBegin(place, from);
      if (begin == null || begin.timestamp() > until) {
        break;
      }
      ends.add(begin);
      Event answer = log.firstAnswer(place, begin.timestamp());
      if (answer == null || answer.timestamp() > until) {
        break;
      }
      ends.add(answer);
      from = answer.timestamp() + 1;
    }
    SequenceRule rule = rules.get(place);
    BitSet unanswered =
        ends.isEmpty() ? new BitSet() : matcher.unanswered(rule, ends, decision.watermark());
    return Episode.of(rule, ends, unanswered);
  }
}
