package oht50.metrics.simulation.life;

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
public final class Alerts {
  private final List<AlertTransition> pending = new ArrayList<>();
  private final Map<String, AlertTransition> newest = new HashMap<>(); // alert id -> last
  private final Set<String> seen = new HashSet<>(); // transition id and turn
  private final List<String> violations = new ArrayList<>();
  private final boolean mayFireOn;
  private int raised;
  private int ended;
  private int withdrawn;
  private int replaced;

  /**
   * @param mayFireOn whether late samples may take back an end, or change since when an alert has
   *     fired, without a withdrawal: those of rules may
   */
  public Alerts(boolean mayFireOn) {
    this.mayFireOn = mayFireOn;
  }

  public void publish(AlertTransition transition) {
    pending.add(transition);
  }

  public void fail() {
    pending.clear();
  }

  public void commit() {
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
      check(!isRaised || firesOn(last, next), "raised twice", next);
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

  private boolean firesOn(AlertTransition last, AlertTransition next) {
    boolean hadEnded = last.endsAt() != AlertTransition.OPEN;
    return mayFireOn && (hadEnded || last.startsAt() != next.startsAt());
  }

  private void check(boolean holds, String violation, AlertTransition transition) {
    if (!holds) {
      violations.add(violation + ": " + transition);
    }
  }

  public List<String> violations() {
    return violations;
  }

  /** What was said last of each alert that was not withdrawn. */
  public List<AlertTransition> standing() {
    return newest.values().stream().filter(last -> !last.withdrawn()).toList();
  }

  public int raised() {
    return raised;
  }

  public int ended() {
    return ended;
  }

  public int withdrawn() {
    return withdrawn;
  }

  /** Alerts that took the place of another. */
  public int replaced() {
    return replaced;
  }
}
