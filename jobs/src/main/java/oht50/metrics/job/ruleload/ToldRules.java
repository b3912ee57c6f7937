package oht50.metrics.job.ruleload;

import oht50.metrics.model.Position;
import oht50.metrics.model.RuleSet;
import oht50.metrics.model.RuleSetEntry;

/**
 * A record of the topic of rules.
 *
 * @param arrivedAt ms
 * @param set null if the record is none
 * @param fault why it is none, else null
 */
public record ToldRules(Position position, long arrivedAt, RuleSet set, String fault) {
  public long version() {
    return RuleSetEntry.versionOf(position);
  }
}
