package oht50.metrics.job;

/**
 * Identities of operators in savepoints. A uid is never renamed and never given again; a name that
 * people read may change.
 */
final class Uids {
  static final String CLOCK_TICKS = "clock-ticks";
  static final String CLOCK_SINK = "clock-sink";

  static final String SERIES = "series";
  static final String BUDGETS = "budgets";
  static final String BUDGET_GATE = "budget-gate";
  static final String OVERFLOW = "overflow";
  static final String STATES = "states";
  static final String FACTS = "facts";
  static final String MISSIONS = "missions";
  static final String LEVELS = "levels";
  static final String COUNTS = "counts";
  static final String SEQUENCES = "sequences";
  static final String TIME = "time";
  static final String ROBOTS = "robots";
  static final String RULE_SETS = "rule-sets";
  static final String RULE_ROUTER = "rule-router";
  static final String RULES = "rules";
  static final String RULES_OF_WHOLE = "rules-of-whole";
  static final String REGISTRATIONS = "registrations";
  static final String BACKFILLS = "backfills";
  static final String TALLIES = "tallies";
  static final String EXPOSITION = "exposition";

  static final String ROLLUPS = "rollups";
  static final String CHUNKS = "chunks";
  static final String LATE_POINTS = "late-points";
  static final String LATEST_POINTS = "latest-points";
  static final String REPAIR_WINDOWS = "repair-windows";
  static final String CATALOG = "catalog";
  static final String EVENTS = "events";
  static final String REJECTED = "rejected";
  static final String TRANSITIONS = "transitions";

  static final String RULE_TRANSITIONS = "rule-transitions";
  static final String WHOLE_TRANSITIONS = "whole-transitions";
  static final String RECORDED = "recorded";

  static final String FAST_RULE_ALERTS = "fast-rule-alerts";
  static final String FAST_ALERTS = "fast-alerts";
  static final String RECONCILER = "reconciler";
  static final String RECONCILED = "reconciled";
  static final String MAINTENANCE = "maintenance";
  static final String MAINTAINED = "maintained";
  static final String REPAIR = "repair";
  static final String REPAIRED = "repaired";
  static final String RULE_WATCH = "rule-watch";
  static final String RULES_WATCHED = "rules-watched";

  private Uids() {}

  static String source(String input) {
    return "source-" + input;
  }

  static String route(String input) {
    return "route-" + input;
  }

  static String stamp(String output) {
    return "stamp-" + output;
  }

  static String table(String output) {
    return "table-" + output;
  }

  static String topic(String output) {
    return "topic-" + output;
  }
}
