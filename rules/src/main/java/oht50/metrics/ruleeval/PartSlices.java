package oht50.metrics.ruleeval;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The slices of a part for the length of one call: each is read at most once, and what has changed
 * is written once, by {@link #store}.
 */
final class PartSlices {
  private final PartStore store;
  private final TreeSet<Long> starts = new TreeSet<>();
  private final Map<Long, PointSlice> slices = new HashMap<>(); // those that were read
  private final Set<Long> changed = new HashSet<>(); // starts

  PartSlices(PartStore store, long[] starts) {
    this.store = store;
    for (long start : starts) {
      this.starts.add(start);
    }
  }

  long[] starts() {
    return starts.stream().mapToLong(start -> start).toArray();
  }

  boolean areNone() {
    return starts.isEmpty();
  }

  /** Whether there may be points in {@code (after, until]}; sure only of none. */
  boolean mayHave(long after, long until) {
    Long start = starts.floor(until);
    return start != null && start + PointSlice.MILLIS - 1 > after;
  }

  /** The start of the first slice after a time; Long.MAX_VALUE if there is none. */
  long nextStart(long time) {
    Long start = starts.higher(time);
    return start == null ? Long.MAX_VALUE : start;
  }

  /** Those that start at or after a time, the earliest first. */
  List<PointSlice> from(long time) {
    return starts.tailSet(time).stream().map(this::slice).toList();
  }

  /** Empty if there is none. */
  PointSlice slice(long start) {
    return starts.contains(start) ? slices.computeIfAbsent(start, store::slice) : PointSlice.EMPTY;
  }

  void put(long start, PointSlice slice) {
    starts.add(start);
    slices.put(start, slice);
    changed.add(start);
  }

  /** Adds what was counted up to a time to what was counted before. */
  Totals addedUp(Totals before, long until) {
    if (before.areSome()) {
      starts.subSet(before.from(), until).forEach(start -> before.add(slice(start)));
    }
    return before;
  }

  /** Lets go of those that end before a time. */
  void forgetBefore(long time) {
    while (!starts.isEmpty() && starts.first() + PointSlice.MILLIS <= time) {
      long start = starts.pollFirst();
      changed.remove(start);
      store.slice(start, null);
    }
  }

  void store() {
    for (long start : changed) {
      PointSlice slice = slices.get(start);
      if (slice.size() == 0) {
        starts.remove(start);
      }
      store.slice(start, slice.size() == 0 ? null : slice);
    }
  }
}
