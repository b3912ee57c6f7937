package oht50.metrics.rulefile;

import java.io.Serializable;
import oht50.metrics.promql.syntax.Expr;

/** An expression that is evaluated at each tick, and what becomes of what it says. */
public sealed interface Rule extends Serializable permits AlertingRule, RecordingRule {
  /** The same for the same rule in every run; see {@link RuleIds}. */
  long id();

  /** Of the alert or of the metric that is recorded. */
  String name();

  Expr expr();

  /** Where the expression stands. */
  RulePlace place();

  /** Like {@code alert HighLoad} or {@code record job:up:sum}. */
  default String words() {
    return (this instanceof AlertingRule ? "alert " : "record ") + name();
  }
}
