package oht50.metrics.ruleeval;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import oht50.metrics.wire.Primitives;

/** Ticks that were due already when what rules look at there changed. */
final class LateTicks {
  private final TreeMap<Long, Set<Long>> rules = new TreeMap<>(); // tick -> ids of rules

  boolean isEmpty() {
    return rules.isEmpty();
  }

  void add(long tick, long rule) {
    rules.computeIfAbsent(tick, any -> new TreeSet<>()).add(rule);
  }

  boolean has(long tick, long rule) {
    return rules.getOrDefault(tick, Set.of()).contains(rule);
  }

  /** The first at or after a time; Long.MAX_VALUE if there is none. */
  long firstFrom(long time) {
    Long tick = rules.ceilingKey(time);
    return tick == null ? Long.MAX_VALUE : tick;
  }

  LateTicks copy() {
    LateTicks copy = new LateTicks();
    rules.forEach((tick, ids) -> copy.rules.put(tick, new TreeSet<>(ids)));
    return copy;
  }

  /** Those after a time. */
  LateTicks after(long time) {
    LateTicks later = new LateTicks();
    later.rules.putAll(rules.tailMap(time, false));
    return later;
  }

  /** Per tick: the tick, and the ids of rules behind their number. */
  void write(DataOutput out) throws IOException {
    Primitives.writeCount(rules.size(), out);
    for (var each : rules.entrySet()) {
      out.writeLong(each.getKey());
      Primitives.writeLongs(each.getValue().stream().mapToLong(id -> id).toArray(), out);
    }
  }

  static LateTicks read(DataInput in) throws IOException {
    LateTicks late = new LateTicks();
    for (int left = Primitives.readCount(in); left > 0; left--) {
      long tick = in.readLong();
      for (long rule : Primitives.readLongs(in)) {
        late.add(tick, rule);
      }
    }
    return late;
  }
}
