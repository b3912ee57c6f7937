package oht50.metrics.simulation.rule;

import oht50.metrics.simulation.life.Countable;

/** What the lives of the stage of rules are for. */
enum RuleWhat implements Countable {
  INPUTS("samples, repeats included"),
  LATE("samples that the watermark had passed"),
  BEYOND("samples beyond the horizon"),
  REPEATS("samples that were there already"),
  CONFLICTS("a second, different value for one series and time"),
  LEAPS("steps of the watermark of two minutes or more"),
  STANDSTILLS("passes while time stands still"),
  RESTORES("restores"),
  CRASHES("of them after a crash"),
  RESCALES("of them at another parallelism"),
  SET_CHANGES("rule sets that came later"),
  LATE_SETS("of them known only after they were effective"),
  TURNED_SETS("of them such that turn round the order of rules that stay"),
  RULES("rules, of each place in which they are evaluated"),
  RULES_OVER_EVERYTHING("of them over everything"),
  SAYING_OF_NOTHING("of them such that say something of nothing"),
  PARTIALS("parts of rules over everything, evaluated in parts of entities"),
  LOOKED_AT_BY_WHOLE("records of parts that rules over everything look at"),
  QUERY_OFFSETS("rules of groups with a query_offset"),
  NEW_RULES("rules that came later"),
  GONE_RULES("rules that went"),
  HANDED_ON("partial results and records handed on to the part of everything"),
  ALERTS("alerts in the end"),
  RAISED("alerts raised"),
  RAISED_LATE("of them for the first time by late samples"),
  RAISED_AGAIN("of them again"),
  ENDED("alerts ended"),
  ENDED_LATE("of them by late samples"),
  WITHDRAWN("alerts withdrawn"),
  REPLACED("alerts that took the place of another"),
  RECORDED("recorded points in the end"),
  CORRECTED("recorded points corrected"),
  RETRACTED("recorded points that were there and are not any more");

  private final String text;

  RuleWhat(String text) {
    this.text = text;
  }

  @Override
  public String text() {
    return text;
  }
}
