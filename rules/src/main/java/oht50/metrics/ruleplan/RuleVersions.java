package oht50.metrics.ruleplan;

import java.io.Serializable;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The versions of a rule set that are known.
 *
 * @param effectiveFrom number of the version, in the order in which they became known -> the tick
 *     from which on it is valid, ms
 */
public record RuleVersions(SortedMap<Long, Long> effectiveFrom) implements Serializable {
  /** Of a set that is the same for ever. */
  public static final RuleVersions ONE = new RuleVersions(new TreeMap<>());

  public RuleVersions {
    effectiveFrom = Collections.unmodifiableSortedMap(new TreeMap<>(effectiveFrom));
  }

  /** The highest number; 0 without any. */
  public long newest() {
    return effectiveFrom.isEmpty() ? 0 : effectiveFrom.lastKey();
  }

  /** That of the sets effective at a tick which is so since last; 0 without any. */
  public long at(long tick) {
    long version = 0;
    long since = Long.MIN_VALUE;
    for (var each : effectiveFrom.entrySet()) {
      if (each.getValue() <= tick && each.getValue() >= since) {
        version = each.getKey();
        since = each.getValue();
      }
    }
    return version;
  }

  /** The first tick at which versions after one may differ from it; Long.MAX_VALUE for none. */
  public long changedSince(long version) {
    return effectiveFrom.tailMap(version + 1).values().stream()
        .mapToLong(from -> from)
        .min()
        .orElse(Long.MAX_VALUE);
  }
}
