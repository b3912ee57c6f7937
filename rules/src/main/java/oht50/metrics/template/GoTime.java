package oht50.metrics.template;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;

/** An instant in UTC as Go's {@code time.Time}, to the millisecond. */
record GoTime(long millis) {
  private static final double LONGEST = 9.223372036854775807e18; // ns

  static GoTime ofSeconds(double seconds) throws TemplateFailure {
    if (Double.isNaN(seconds) || Double.isInfinite(seconds)) {
      throw new TemplateFailure("error calling toTime: value is NaN or Inf");
    }
    double nanos = seconds * 1e9;
    if (nanos > LONGEST || nanos < -LONGEST) {
      throw new TemplateFailure(
          GoFloat.print(seconds)
              + " cannot be represented as a nanoseconds timestamp since it overflows int64");
    }
    return new GoTime((long) nanos / 1_000_000);
  }

  Object call(String name, List<Object> arguments) throws TemplateFailure {
    if (name.equals("Format") && arguments.size() == 1 && arguments.get(0) instanceof String form) {
      return GoTimeLayout.format(form, at());
    }
    if (name.equals("Add")
        && arguments.size() == 1
        && arguments.get(0) instanceof GoDuration duration) {
      return new GoTime(millis + duration.nanos() / 1_000_000);
    }
    if (arguments.isEmpty()) {
      switch (name) {
        case "Unix" -> {
          return Math.floorDiv(millis, 1000L);
        }
        case "UnixMilli" -> {
          return millis;
        }
        case "String" -> {
          return toString();
        }
        default -> {
          // Named below.
        }
      }
    }
    throw new TemplateFailure(
        name
            + " of a time is not supported so;"
            + " there are Format \"layout\", Add duration, Unix, UnixMilli and String");
  }

  private ZonedDateTime at() {
    return Instant.ofEpochMilli(millis).atZone(ZoneOffset.UTC);
  }

  /** Like {@code 2015-06-23 13:19:44.128 +0000 UTC}. */
  @Override
  public String toString() {
    return GoTimeLayout.format("2006-01-02 15:04:05.999999999 -0700 MST", at());
  }
}
