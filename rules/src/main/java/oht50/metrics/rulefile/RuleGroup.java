package oht50.metrics.rulefile;

import java.io.Serializable;
import java.util.List;

/**
 * Rules that are evaluated together, one after the other, at the multiples of an interval.
 *
 * @param file the name of its file
 * @param name unique in its file
 * @param intervalMillis how far apart its ticks are, or {@link #DEFAULT_INTERVAL}
 * @param queryOffsetMillis how long before a tick it looks, so that late samples count
 * @param limit how many alerts, or recorded series, a rule of it may have; 0 for any number
 */
public record RuleGroup(
    String file,
    String name,
    long intervalMillis,
    long queryOffsetMillis,
    int limit,
    List<Rule> rules)
    implements Serializable {
  /** That of the installation. */
  public static final long DEFAULT_INTERVAL = 0;

  public RuleGroup {
    rules = List.copyOf(rules);
  }

  /** A rule of it with its place, like {@code rules.yml:12:15: alert HighLoad}. */
  public String placed(Rule rule) {
    return file + ":" + rule.place().line() + ":" + rule.place().column() + ": " + rule.words();
  }
}
