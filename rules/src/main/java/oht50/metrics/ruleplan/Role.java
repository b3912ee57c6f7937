package oht50.metrics.ruleplan;

/** What is done with a rule in a part. */
public enum Role {
  /** It is evaluated, and what it says is published. */
  EVALUATED,

  /** A part of another rule: what it says is handed on to the part of everything. */
  PARTIAL,

  /** It is evaluated elsewhere, and what it says comes in. */
  TAKEN
}
