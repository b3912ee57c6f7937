package oht50.metrics.vda;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The definition, read aloud over all states in the order of time. */
final class StateOracle {
  private final Map<String, String> facts = new HashMap<>(); // natural key -> what it says
  private String stop = "UNKNOWN";
  private String field = "unknown";
  private Set<String> types; // of active errors; null: not known
  private boolean isFatal;
  private String order; // null: not known
  private boolean isOpen;
  private boolean hasFailed;
  private boolean isCancelled;
  private Set<String> cancels = new TreeSet<>();

  static List<String> facts(List<StateReport> reports) {
    StateOracle oracle = new StateOracle();
    reports.stream()
        .sorted(
            Comparator.comparingLong(StateReport::timestamp)
                .thenComparingLong(StateReport::headerId))
        .forEach(oracle::next);
    return oracle.facts.values().stream().sorted().toList();
  }

  private void next(StateReport report) {
    RobotState said = report.state();
    String time = String.format("%06.1f", report.timestamp() / 1000.0);
    if (said.order() == null) {
      return; // these scripts leave all or nothing unsaid
    }
    boolean wasWrong =
        Set.of("MANUAL", "AUTOACK", "REMOTE").contains(stop)
            || field.equals("true")
            || (types != null && !types.isEmpty());
    String nowStop = said.stop().name();
    if (stop.equals("NONE") && !nowStop.equals("NONE")) {
      put(
          time + " e_stop",
          time + " safety e_stop " + (nowStop.equals("AUTOACK") ? "high" : "critical"));
    }
    if (field.equals("false") && said.isFieldViolated()) {
      put(time + " zone", time + " safety zone_violation medium");
    }
    if (types != null) {
      said.errors()
          .forEach(
              (type, level) -> {
                if (!types.contains(type)) {
                  String severity =
                      switch (level.name()) {
                        case "WARNING" -> "low";
                        case "URGENT" -> "medium";
                        case "CRITICAL" -> "high";
                        default -> "critical";
                      };
                  put(time + " error " + type, time + " safety hardware_error " + severity);
                }
              });
    }
    stop = nowStop;
    field = said.isFieldViolated() + "";
    types = new TreeSet<>(said.errors().keySet());
    isFatal = said.errors().values().stream().anyMatch(level -> level.name().equals("FATAL"));
    if (wasWrong && stop.equals("NONE") && field.equals("false") && types.isEmpty()) {
      put(time + " clear", time + " safety clear -");
    }
    order(time, said.order());
  }

  private void order(String time, RobotState.Order said) {
    boolean isKnown = order != null;
    boolean isOther = isKnown && !order.equals(said.id());
    boolean isNewlyCancelled = isKnown && !cancels.containsAll(said.cancels());
    if (isKnown && !order.isEmpty() && isOpen) {
      boolean isReplaced = isOther && (!said.id().isEmpty() || said.isOpen());
      boolean isOver = isOther || !said.isOpen();
      boolean failedNow = said.hasFailed() && (!isOther || said.id().isEmpty());
      if (isOver && (hasFailed || failedNow || isFatal)) {
        end(time, order, "failed");
      } else if (isOver
          && (isReplaced || isCancelled || isNewlyCancelled || !stop.equals("NONE"))) {
        end(time, order, "cancelled");
      } else if (isOver) {
        end(time, order, "completed");
      }
    }
    boolean isBegun = isKnown && (isOther || (!isOpen && said.isOpen())) && !said.id().isEmpty();
    if (isBegun) {
      end(time, said.id(), "executing");
      if (!said.isOpen()) {
        boolean failed = said.hasFailed() || isFatal;
        end(time, said.id(), failed ? "failed" : stop.equals("NONE") ? "completed" : "cancelled");
      }
    }
    isCancelled = said.isOpen() && !isOther && isKnown && (isCancelled || isNewlyCancelled);
    order = said.id();
    isOpen = said.isOpen();
    hasFailed = said.hasFailed();
    cancels = new TreeSet<>(said.cancels());
  }

  private void end(String time, String id, String status) {
    String fact = time + " status semitec/A/" + id + ' ' + status;
    put(fact, fact);
    String event = time + " mission " + id + ' ' + status;
    put(event, event);
  }

  /** Of two that share their natural key the later one stands. */
  private void put(String key, String fact) {
    facts.put(key, fact);
  }
}
