package oht50.metrics.simulation.life;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** How often what a simulation is for really happened. */
public final class Coverage {
  private final Map<Countable, AtomicLong> counts = new LinkedHashMap<>();

  /**
   * @param all that is counted, in the order in which it is shown
   */
  public Coverage(Countable... all) {
    for (Countable what : all) {
      counts.put(what, new AtomicLong());
    }
  }

  public void add(Countable what) {
    add(what, 1);
  }

  public void add(Countable what, long count) {
    counts.get(what).addAndGet(count);
  }

  public void add(Coverage other) {
    other.counts.forEach((what, count) -> add(what, count.get()));
  }

  public long of(Countable what) {
    return counts.get(what).get();
  }

  /** A table for people. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    counts.forEach((what, count) -> text.append("%,14d  %s%n".formatted(count.get(), what.text())));
    return text.toString();
  }
}
