package oht50.metrics.ruleexplain;

import java.util.List;

/**
 * What a rule said at a tick, and why.
 *
 * @param plan what was asked for
 * @param points how many points were read for it
 * @param looked the recording rules that it looks at, directly or not
 * @param expression what it was at the tick; null if it is a number
 * @param failure why the rule had no result at the tick, or null
 * @param failedTicks at how many of the ticks that were looked at it had none
 * @param alerts those that were there at any of the ticks that were looked at and have the labels
 *     asked for; none of a recording rule
 */
public record Explanation(
    ExplainPlan plan,
    int points,
    List<Looked> looked,
    Part expression,
    String failure,
    int failedTicks,
    List<AlertStory> alerts) {
  public Explanation {
    looked = List.copyOf(looked);
    alerts = List.copyOf(alerts);
  }

  /**
   * A recording rule.
   *
   * @param words like {@code record job:up:sum}
   * @param place its file and line
   * @param isStored whether its points are those that were stored; else it was evaluated here
   * @param firstTick from which tick on, ms
   * @param failure why it had no result at the newest tick at which it had none, or null
   */
  public record Looked(
      String words, String place, boolean isStored, long firstTick, String failure) {}
}
