package oht50.metrics.promql.syntax;

import java.io.Serializable;

/**
 * The modifiers {@code offset} and {@code @} of a selector or subquery.
 *
 * @param offsetMillis how far back it looks; negative: ahead
 */
public record Shift(long offsetMillis, Anchor anchor) implements Serializable {
  public static final Shift NONE = new Shift(0, Anchor.TICK);

  /**
   * The time that a selector counts from.
   *
   * @param millis since the epoch, if the kind is {@code TIME}
   */
  public record Anchor(Kind kind, long millis) implements Serializable {
    /** The time of evaluation. */
    public static final Anchor TICK = new Anchor(Kind.TICK, 0);

    /** The first tick of the query. */
    public static final Anchor START = new Anchor(Kind.START, 0);

    /** The last tick of the query. */
    public static final Anchor END = new Anchor(Kind.END, 0);

    public static Anchor at(long millis) {
      return new Anchor(Kind.TIME, millis);
    }
  }

  /** What an anchor is. */
  public enum Kind {
    TICK,
    START,
    END,
    TIME
  }

  Shift withOffset(long millis) {
    return new Shift(millis, anchor);
  }

  Shift withAnchor(Anchor other) {
    return new Shift(offsetMillis, other);
  }
}
