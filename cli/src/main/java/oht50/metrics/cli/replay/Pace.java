package oht50.metrics.cli.replay;

import java.time.Duration;
import java.time.Instant;

/** When a line is due, counted from the start of the replay. */
public sealed interface Pace {
  Duration due(Instant first, Instant time);

  /** {@code max} or a number of times real time. */
  static Pace parse(String text) {
    if (text.equalsIgnoreCase("max")) {
      return new Unlimited();
    }
    double factor;
    try {
      factor = Double.parseDouble(text);
    } catch (NumberFormatException e) {
      factor = 0;
    }
    if (!(factor > 0) || Double.isInfinite(factor)) {
      throw new IllegalArgumentException(
          "'" + text + "' is no speed; write max or a number above 0, 1 is real time");
    }
    return new Times(factor);
  }

  /** As fast as possible. */
  record Unlimited() implements Pace {
    @Override
    public Duration due(Instant first, Instant time) {
      return Duration.ZERO;
    }
  }

  /** So many times faster than it happened; what arrived late is due at once. */
  record Times(double factor) implements Pace {
    @Override
    public Duration due(Instant first, Instant time) {
      return Duration.ofMillis(
          Math.max(0, Math.round(Duration.between(first, time).toMillis() / factor)));
    }
  }
}
