package oht50.metrics.vda;

import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import oht50.metrics.mission.MissionStatus;

/**
 * One state after the other, in the order of time, and what follows from each.
 *
 * <ul>
 *   <li>The first state of a robot only says how things stand: when they began is not known.
 *   <li>An emergency stop that leaves NONE, a field that is violated, an error type that was not
 *       active are safety events; when none of them is active any more, the robot is clear.
 *   <li>An order that is new is carried out since that state. It ends when nothing of it is left to
 *       be done, or when it is gone. It has failed if an action of it failed or an error is fatal;
 *       it was cancelled if an emergency stop is active, an action cancels it, or another order
 *       took its place before it was done; else it is completed.
 * </ul>
 */
final class StateFold {
  static final String HARDWARE_ERROR = "hardware_error";
  private static final String E_STOP = "e_stop";
  private static final String ZONE_VIOLATION = "zone_violation";
  private static final String CLEAR = "clear";

  private StateFold() {}

  /** What is believed after a report. */
  static Belief next(Belief before, StateReport report, Consumer<DerivedFact> out) {
    RobotState said = report.state();
    RobotState held = before.state();
    RobotState now =
        new RobotState(
            said.stop() == EmergencyStop.UNKNOWN ? held.stop() : said.stop(),
            said.isFieldViolated() == null ? held.isFieldViolated() : said.isFieldViolated(),
            said.errors() == null ? held.errors() : said.errors(),
            said.order() == null ? held.order() : said.order());
    safety(held, now, report.timestamp(), out);
    boolean isCancelled = order(before, now, report.timestamp(), out);
    return new Belief(now, isCancelled);
  }

  private static void safety(
      RobotState before, RobotState now, long timestamp, Consumer<DerivedFact> out) {
    if (before.stop() == EmergencyStop.NONE && now.stop().isActive()) {
      String severity = now.stop() == EmergencyStop.AUTOACK ? "high" : "critical";
      String how = now.stop().name().toLowerCase(Locale.ROOT);
      out.accept(DerivedFact.safety(E_STOP, severity, how, timestamp));
    }
    if (Boolean.FALSE.equals(before.isFieldViolated())
        && Boolean.TRUE.equals(now.isFieldViolated())) {
      out.accept(DerivedFact.safety(ZONE_VIOLATION, "medium", null, timestamp));
    }
    if (before.errors() != null) {
      for (Map.Entry<String, ErrorLevel> error : now.errors().entrySet()) {
        if (!before.errors().containsKey(error.getKey())) {
          out.accept(
              DerivedFact.safety(
                  HARDWARE_ERROR, error.getValue().severity(), error.getKey(), timestamp));
        }
      }
    }
    if (isAlarmed(before) && !isAlarmed(now)) {
      out.accept(DerivedFact.safety(CLEAR, null, null, timestamp));
    }
  }

  private static boolean isAlarmed(RobotState state) {
    return state.stop().isActive()
        || Boolean.TRUE.equals(state.isFieldViolated())
        || (state.errors() != null && !state.errors().isEmpty());
  }

  /** Returns whether the order that is open now is being cancelled. */
  private static boolean order(
      Belief before, RobotState now, long timestamp, Consumer<DerivedFact> out) {
    RobotState.Order held = before.state().order();
    RobotState.Order order = now.order();
    if (held == null || order == null) {
      return false;
    }
    boolean isSame = order.id().equals(held.id());
    boolean isCancelled = isSame && (before.isCancelled() || hasNewCancel(held, order));
    if (held.exists() && held.isOpen() && !(isSame && order.isOpen())) {
      boolean isLeftUndone = !isSame && (order.exists() || order.isOpen());
      boolean hasFailed = held.hasFailed() || ((!order.exists() || isSame) && order.hasFailed());
      boolean wasCancelled = before.isCancelled() || hasNewCancel(held, order);
      out.accept(
          DerivedFact.mission(
              held.id(), ending(now, isLeftUndone, hasFailed, wasCancelled), timestamp));
    }
    boolean begins = order.exists() && (!isSame || (!held.isOpen() && order.isOpen()));
    if (begins) {
      out.accept(DerivedFact.mission(order.id(), MissionStatus.EXECUTING, timestamp));
      if (!order.isOpen()) {
        out.accept(
            DerivedFact.mission(
                order.id(), ending(now, false, order.hasFailed(), false), timestamp));
      }
    }
    return isCancelled && order.isOpen();
  }

  private static boolean hasNewCancel(RobotState.Order before, RobotState.Order now) {
    return !before.cancels().containsAll(now.cancels());
  }

  private static MissionStatus ending(
      RobotState now, boolean isLeftUndone, boolean hasFailed, boolean isCancelled) {
    boolean isFatal = now.errors() != null && now.errors().containsValue(ErrorLevel.FATAL);
    if (hasFailed || isFatal) {
      return MissionStatus.FAILED;
    }
    return isLeftUndone || isCancelled || now.stop().isActive()
        ? MissionStatus.CANCELLED
        : MissionStatus.COMPLETED;
  }
}
