package oht50.metrics.mission;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * The attempts of a mission, from its facts in the order of time:
 *
 * <ul>
 *   <li>a terminal status stays: of several the first counts, and what comes after it is no longer
 *       of that attempt
 *   <li>a failed mission that is created, validated, queued or carried out again is a new attempt
 *   <li>type, priority and robot are those that were named last in the attempt, else in the
 *       mission: only the first message of a mission may name them
 *   <li>steps may be missing
 *   <li>a mission of a robot whose missions another topic tells is none: the first fact that names
 *       the robot decides for all
 *   <li>one that is never taken out of the queue leaves it after the time-out: a source may cancel
 *       a queued mission without saying so
 * </ul>
 */
final class MissionLife {
  private final long queueTimeout;

  /**
   * @param queueTimeoutMillis after which a queued mission of which nothing is heard counts as gone
   */
  MissionLife(long queueTimeoutMillis) {
    this.queueTimeout = queueTimeoutMillis;
  }

  /** The attempts, as far as can be said at the watermark of the log. */
  List<MissionAttempt> attempts(MissionLog log) {
    if (!log.counts()) {
      return List.of();
    }
    List<List<MissionFact>> tries = new ArrayList<>();
    List<MissionFact> current = null;
    MissionStatus ended = null;
    for (MissionFact fact : log.facts()) {
      boolean begins =
          current == null || (ended == MissionStatus.FAILED && fact.status().beginsAnew());
      if (begins) {
        current = new ArrayList<>();
        tries.add(current);
        ended = null;
      } else if (ended != null) {
        continue;
      }
      current.add(fact);
      ended = fact.status().isTerminal() ? fact.status() : null;
    }
    List<MissionAttempt> attempts = new ArrayList<>(tries.size());
    for (int i = 0; i < tries.size(); i++) {
      attempts.add(attempt(i + 1, tries.get(i), log));
    }
    return attempts;
  }

  /** When the queue's time-out of the mission is to be looked at; {@code UNKNOWN} if never. */
  long nextDeadline(MissionLog log) {
    long next = MissionAttempt.UNKNOWN;
    for (MissionAttempt attempt : attempts(log)) {
      if (attempt.queuedAt() != MissionAttempt.UNKNOWN
          && attempt.leftQueueAt() == MissionAttempt.UNKNOWN) {
        next = attempt.queuedAt() + queueTimeout;
      }
    }
    return next;
  }

  private MissionAttempt attempt(int number, List<MissionFact> facts, MissionLog log) {
    MissionFact last = facts.get(facts.size() - 1);
    long since = last.timestamp();
    for (int i = facts.size() - 1; i >= 0 && facts.get(i).status() == last.status(); i--) {
      since = facts.get(i).timestamp();
    }
    long queuedAt = first(facts, MissionStatus.QUEUED);
    return new MissionAttempt(
        last.mission(),
        number,
        named(MissionFact::robot, facts, log),
        named(MissionFact::type, facts, log),
        named(MissionFact::priority, facts, log),
        last.status(),
        since,
        queuedAt,
        queuedAt == MissionAttempt.UNKNOWN ? queuedAt : leftQueueAt(queuedAt, facts, log.judged()),
        first(facts, MissionStatus.EXECUTING),
        last.status().isTerminal() ? last.timestamp() : MissionAttempt.UNKNOWN,
        log.life(),
        0,
        0);
  }

  private static long first(List<MissionFact> facts, MissionStatus status) {
    for (MissionFact fact : facts) {
      if (fact.status() == status) {
        return fact.timestamp();
      }
    }
    return MissionAttempt.UNKNOWN;
  }

  private long leftQueueAt(long queuedAt, List<MissionFact> facts, long judged) {
    long timeout = queuedAt + queueTimeout;
    for (MissionFact fact : facts) {
      if (fact.timestamp() >= queuedAt && !fact.status().isBeforeExecution()) {
        return Math.min(fact.timestamp(), timeout);
      }
    }
    return judged >= timeout ? timeout : MissionAttempt.UNKNOWN;
  }

  private static <T> T named(
      Function<MissionFact, T> field, List<MissionFact> facts, MissionLog log) {
    T inAttempt = last(field, facts);
    return inAttempt == null ? last(field, log.facts()) : inAttempt;
  }

  private static <T> T last(Function<MissionFact, T> field, List<MissionFact> facts) {
    for (int i = facts.size() - 1; i >= 0; i--) {
      T value = field.apply(facts.get(i));
      if (value != null) {
        return value;
      }
    }
    return null;
  }
}
