package oht50.metrics.ruleplan;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * At which ticks a rule is valid: from when it was loaded until it was taken away, and again if it
 * came back. Immutable.
 *
 * @param spans one after the other, with time between them
 */
public record Validity(List<Span> spans) implements Serializable {
  /** At every tick. */
  public static final Validity ALWAYS = since(Long.MIN_VALUE);

  public Validity {
    spans = List.copyOf(spans);
  }

  /**
   * From a tick on, until before another; at none, if both are the same.
   *
   * @param from ms; Long.MIN_VALUE for since ever
   * @param until ms; Long.MAX_VALUE for ever
   */
  public record Span(long from, long until) implements Serializable {}

  public static Validity since(long from) {
    return new Validity(List.of(new Span(from, Long.MAX_VALUE)));
  }

  public boolean at(long tick) {
    for (Span span : spans) {
      if (tick >= span.from && tick < span.until) {
        return true;
      }
    }
    return false;
  }

  /** Whether it has no end yet. */
  boolean isOpen() {
    return !spans.isEmpty() && spans.get(spans.size() - 1).until == Long.MAX_VALUE;
  }

  /** Its last span, of one that is open. */
  Span newest() {
    return spans.get(spans.size() - 1);
  }

  /** The end of its last span, Long.MAX_VALUE if it has none. */
  public long end() {
    return spans.isEmpty() ? Long.MIN_VALUE : spans.get(spans.size() - 1).until;
  }

  /**
   * With an end to its last span. One that was to begin later stays, empty: if the end becomes
   * known after that, it was believed to have begun, and what was said then is to be taken back.
   */
  Validity endingAt(long tick) {
    List<Span> some = new ArrayList<>(spans.subList(0, spans.size() - 1));
    Span last = spans.get(spans.size() - 1);
    some.add(new Span(last.from, Math.max(last.from, tick)));
    return new Validity(some);
  }

  Validity againFrom(long tick) {
    List<Span> some = new ArrayList<>(spans);
    some.add(new Span(tick, Long.MAX_VALUE));
    return new Validity(some);
  }

  /** The instants at which it begins or ends, ascending. */
  public List<Long> changes() {
    List<Long> changes = new ArrayList<>();
    for (Span span : spans) {
      if (span.from > Long.MIN_VALUE) {
        changes.add(span.from);
      }
      if (span.until < Long.MAX_VALUE) {
        changes.add(span.until);
      }
    }
    return changes;
  }
}
