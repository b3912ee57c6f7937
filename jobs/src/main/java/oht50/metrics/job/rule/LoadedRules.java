package oht50.metrics.job.rule;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import oht50.metrics.model.RuleSet;
import oht50.metrics.ruleeval.FleetRules;
import oht50.metrics.ruleeval.RuleSettings;
import oht50.metrics.ruleset.InvalidRules;
import oht50.metrics.ruleset.RuleHistory;
import oht50.metrics.typeinfo.CodecSerializer;
import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.OperatorStateStore;
import org.apache.flink.api.common.typeutils.base.LongSerializer;

/**
 * The rule sets that an operator knows, the same in all of its subtasks and kept with a checkpoint.
 *
 * <p>Until a set has come by its topic those of the configuration hold. They are valid since ever;
 * if a job goes on with others in its configuration, these are from when it was submitted.
 */
final class LoadedRules {
  private static final MapStateDescriptor<Long, RuleSet> SETS =
      new MapStateDescriptor<>(
          "rule-sets", LongSerializer.INSTANCE, new CodecSerializer<>(new RuleSet.BinaryForm()));

  private final RuleSettings settings;
  private final BroadcastState<Long, RuleSet> kept;
  private RuleHistory history;
  private FleetRules rules;

  /**
   * @param configured effective from when the job was submitted
   */
  LoadedRules(OperatorStateStore store, RuleSet configured, RuleSettings settings)
      throws Exception {
    this.settings = settings;
    this.kept = store.getBroadcastState(SETS);
    SortedMap<Long, RuleSet> sets = new TreeMap<>();
    for (Map.Entry<Long, RuleSet> each : kept.entries()) {
      sets.put(each.getKey(), each.getValue());
    }
    history = RuleHistory.of(sets);
    if (sets.isEmpty()) {
      add(configured.effectiveFrom(RuleSet.ALWAYS), Long.MIN_VALUE);
    } else if (isOtherThan(sets.get(sets.lastKey()), configured)) {
      add(configured, Long.MIN_VALUE);
    } else {
      load();
    }
  }

  private static boolean isOtherThan(RuleSet newest, RuleSet configured) {
    return newest.isConfigured() && !newest.files().equals(configured.files());
  }

  /**
   * Takes a set in, and lets go of those that no tick asks for any more.
   *
   * @param watermark ms
   */
  void add(RuleSet set, long watermark) throws Exception {
    long keep = settings.horizon().plus(settings.maxLookback()).toMillis();
    RuleHistory with = history.with(set);
    history = watermark < Long.MIN_VALUE + keep ? with : with.since(watermark - keep);
    kept.clear();
    kept.putAll(history.sets());
    load();
  }

  private void load() {
    try {
      rules = new FleetRules(history.plans(settings), settings);
    } catch (InvalidRules e) {
      throw new IllegalStateException("a rule set that was checked cannot be read", e);
    }
  }

  FleetRules rules() {
    return rules;
  }

  /** The newest set of the configuration that is still of interest, null if there is none. */
  RuleSet configured() {
    RuleSet newest = null;
    for (RuleSet set : history.sets().values()) {
      newest = set.isConfigured() ? set : newest;
    }
    return newest;
  }
}
