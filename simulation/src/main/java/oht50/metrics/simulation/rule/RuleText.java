package oht50.metrics.simulation.rule;

/**
 * A rule as it is written in a file.
 *
 * @param holds {@code for}; empty for none
 * @param keeps {@code keep_firing_for}; empty for none
 */
record RuleText(boolean isAlert, String name, String expr, String holds, String keeps) {
  static RuleText record(String name, String expr) {
    return new RuleText(false, name, expr, "", "");
  }

  RuleText withExpr(String other) {
    return new RuleText(isAlert, name, other, holds, keeps);
  }

  RuleText withWaits(String otherHolds, String otherKeeps) {
    return new RuleText(isAlert, name, expr, otherHolds, otherKeeps);
  }

  String text() {
    StringBuilder text = new StringBuilder("  - ");
    text.append(isAlert ? "alert: " : "record: ").append(name).append('\n');
    text.append("    expr: '").append(expr).append("'\n");
    text.append(holds.isEmpty() ? "" : "    for: " + holds + "\n");
    text.append(keeps.isEmpty() ? "" : "    keep_firing_for: " + keeps + "\n");
    return text.toString();
  }
}
