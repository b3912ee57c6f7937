package oht50.metrics.template;

import java.util.List;

/** A span of time as Go's {@code time.Duration}, in nanoseconds. */
record GoDuration(long nanos) {
  private static final double SECOND = 1e9;

  static GoDuration ofSeconds(double seconds) {
    return new GoDuration((long) (seconds * SECOND));
  }

  double seconds() {
    return nanos / SECOND;
  }

  Object call(String name, List<Object> arguments) throws TemplateFailure {
    if (!arguments.isEmpty()) {
      throw new TemplateFailure("wrong number of args for " + name + ": want 0");
    }
    return switch (name) {
      case "String" -> toString();
      case "Seconds" -> seconds();
      case "Minutes" -> nanos / (60 * SECOND);
      case "Hours" -> nanos / (3600 * SECOND);
      case "Milliseconds" -> nanos / 1_000_000;
      default ->
          throw new TemplateFailure(
              name
                  + " of a duration is not supported;"
                  + " there are String, Hours, Minutes, Seconds and Milliseconds");
    };
  }

  /** Like {@code 1h30m0s}, {@code 1.5s} or {@code 100ms}. */
  @Override
  public String toString() {
    if (nanos == 0) {
      return "0s";
    }
    String sign = nanos < 0 ? "-" : "";
    long size = Math.abs(nanos);
    if (size < SECOND) {
      long unit = size < 1_000 ? 1 : size < 1_000_000 ? 1_000 : 1_000_000;
      String name = unit == 1 ? "ns" : unit == 1_000 ? "\u00b5s" : "ms";
      return sign + GoFloat.format((double) size / unit, 'f', GoFloat.SHORTEST) + name;
    }
    long whole = size / 1_000_000_000;
    String fraction = "%09d".formatted(size % 1_000_000_000).replaceAll("0+$", "");
    String seconds = whole % 60 + (fraction.isEmpty() ? "" : "." + fraction) + "s";
    long minutes = whole / 60 % 60;
    long hours = whole / 3600;
    if (hours > 0) {
      return sign + hours + "h" + minutes + "m" + seconds;
    }
    return sign + (minutes > 0 ? minutes + "m" : "") + seconds;
  }
}
