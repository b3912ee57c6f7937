package oht50.metrics.simulation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import oht50.metrics.model.AlertState;
import oht50.metrics.model.AlertTransition;
import oht50.metrics.model.Cause;

/**
 * What a reader of committed transitions knows. A checkpoint commits what was published before it;
 * what a failed attempt published after its last one, nobody sees.
 */
final class Alerts {
  private final List<AlertTransition> pending = new ArrayList<>();
  private final Map<String, AlertTransition> newest = new HashMap<>(); // alert id -> last
  private final Set<String> seen = new HashSet<>(); // transition id and turn
  private final List<String> violations = new ArrayList<>();
  int raised;
  int ended;
  int withdrawn;
  int replaced;

  void publish(AlertTransition transition) {
    pending.add(transition);
  }

  void fail() {
    pending.clear();
  }

  void commit() {
    pending.forEach(this::see);
    pending.clear();
  }

  private void see(AlertTransition next) {
    AlertTransition last = newest.put(next.alertId(), next);
    check(seen.add(next.transitionId() + "/" + next.turn()), "seen twice", next);
    check(next.turn() == (last == null ? 1 : last.turn() + 1), "a turn is missing", next);
    boolean isRaised = last != null && !last.withdrawn();
    if (next.withdrawn()) {
      check(isRaised, "withdrawn, and not raised", next);
      check(next.cause() == Cause.LATE, "withdrawn without a cause", next);
      withdrawn++;
    } else if (next.state() == AlertState.FIRING) {
      check(!isRaised, "raised twice", next);
      check(last == null || next.cause() == Cause.LATE, "raised again without a cause", next);
      raised++;
    } else {
      check(isRaised, "ended, and not raised", next);
      ended++;
    }
    if (next.replaces() != null) {
      AlertTransition other = newest.get(next.replaces());
      check(other != null && other.withdrawn(), "replaces one that stands", next);
      replaced++;
    }
  }

  private void check(boolean holds, String violation, AlertTransition transition) {
    if (!holds) {
      violations.add(violation + ": " + transition);
    }
  }

  List<String> violations() {
    return violations;
  }

  void addAnswers(Set<Answer> answers) {
    for (AlertTransition last : newest.values()) {
      if (!last.withdrawn()) {
        answers.add(
            new Answer.Alert(
                last.rule(),
                last.labels().get("robot_id"),
                last.activeAt(),
                last.startsAt(),
                last.endsAt()));
      }
    }
  }
}
