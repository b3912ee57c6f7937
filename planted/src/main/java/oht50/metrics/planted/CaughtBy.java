package oht50.metrics.planted;

/** What has to fail while a bug is planted. */
public enum CaughtBy {
  /** The seeded simulation of the operators. */
  SIMULATION,

  /** That of the stage of rules. */
  RULE_SIMULATION,

  /** The fault campaign on real processes. */
  CAMPAIGN,

  /** Tests of the writers on a real database; a campaign seldom provokes these. */
  WRITER_TESTS
}
