package oht50.metrics.ruleset;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import oht50.metrics.model.RuleSet;
import oht50.metrics.ruleeval.RuleSettings;
import oht50.metrics.rulefile.RuleGroup;
import oht50.metrics.ruleplan.RulePlans;
import oht50.metrics.ruleplan.RuleTimeline;

/**
 * The rule sets that are still of interest: the valid one, those to come, and those that were valid
 * within the time for which ticks may be evaluated again. Immutable.
 *
 * <p>Which set is valid at a tick follows from the sets alone, not from when they became known: of
 * those that are effective at it the one that is so since last, of several the one that became
 * known last.
 */
public final class RuleHistory {
  public static final RuleHistory NOTHING = new RuleHistory(new TreeMap<>());

  private static final Comparator<Known> ORDER =
      Comparator.<Known>comparingLong(known -> known.set.effectiveFrom())
          .thenComparingLong(Known::number);

  private static final long FIRST_CONFIGURED = -1_000_000;

  private final SortedMap<Long, RuleSet> sets; // number, in the order in which they became known

  private record Known(long number, RuleSet set) {}

  private RuleHistory(SortedMap<Long, RuleSet> sets) {
    this.sets = sets;
  }

  /**
   * @param sets number -> set
   */
  public static RuleHistory of(SortedMap<Long, RuleSet> sets) {
    return new RuleHistory(new TreeMap<>(sets));
  }

  public SortedMap<Long, RuleSet> sets() {
    return new TreeMap<>(sets);
  }

  public RuleHistory with(RuleSet set) {
    SortedMap<Long, RuleSet> more = sets();
    more.put(numberOf(set), set);
    return new RuleHistory(more);
  }

  /** What came by the topic is known by its offset; each of the configuration came before. */
  private long numberOf(RuleSet set) {
    if (!set.isConfigured()) {
      return set.source().offset() + 1;
    }
    return sets.isEmpty() ? FIRST_CONFIGURED : sets.lastKey() + 1;
  }

  /** Without those that are not valid any more at or after a tick. */
  public RuleHistory since(long tick) {
    List<Known> inOrder = inOrder();
    SortedMap<Long, RuleSet> left = new TreeMap<>();
    for (int i = 0; i < inOrder.size(); i++) {
      boolean isOver = i + 1 < inOrder.size() && inOrder.get(i + 1).set.effectiveFrom() <= tick;
      if (!isOver) {
        left.put(inOrder.get(i).number, inOrder.get(i).set);
      }
    }
    return new RuleHistory(left);
  }

  /** The set that is valid at a tick, null if none is. */
  public RuleSet validAt(long tick) {
    RuleSet valid = null;
    for (Known known : inOrder()) {
      if (known.set.effectiveFrom() <= tick) {
        valid = known.set;
      }
    }
    return valid;
  }

  private List<Known> inOrder() {
    List<Known> all = new ArrayList<>();
    sets.forEach((number, set) -> all.add(new Known(number, set)));
    all.sort(ORDER);
    return all;
  }

  /**
   * @throws InvalidRules if a set cannot be read; one that was checked can
   */
  public RulePlans plans(RuleSettings settings) throws InvalidRules {
    RuleTimeline timeline = new RuleTimeline(settings.options());
    for (Known known : inOrder()) {
      List<RuleGroup> groups = RuleFiles.read(known.set.files());
      timeline.add(known.number, known.set.effectiveFrom(), groups);
    }
    return timeline.plans();
  }
}
