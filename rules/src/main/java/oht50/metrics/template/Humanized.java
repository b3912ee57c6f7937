package oht50.metrics.template;

/** Numbers with four digits and a prefix. */
final class Humanized {
  private static final String[] LARGE = {"k", "M", "G", "T", "P", "E", "Z", "Y"};
  private static final String[] SMALL = {"m", "u", "n", "p", "f", "a", "z", "y"};
  private static final String[] BINARY = {"ki", "Mi", "Gi", "Ti", "Pi", "Ei", "Zi", "Yi"};

  private Humanized() {}

  private static String four(double value) {
    return GoFloat.format(value, 'g', 4);
  }

  private static boolean isPlain(double value) {
    return value == 0 || Double.isNaN(value) || Double.isInfinite(value);
  }

  static String number(double value) {
    if (isPlain(value)) {
      return four(value);
    }
    return Math.abs(value) >= 1 ? divided(value, 1000, LARGE) : small(value, "");
  }

  static String binary(double value) {
    return isPlain(value) || Math.abs(value) <= 1 ? four(value) : divided(value, 1024, BINARY);
  }

  private static String divided(double value, double base, String[] prefixes) {
    double rest = value;
    String prefix = "";
    for (String next : prefixes) {
      if (Math.abs(rest) < base) {
        break;
      }
      prefix = next;
      rest /= base;
    }
    return four(rest) + prefix;
  }

  private static String small(double value, String unit) {
    double rest = value;
    String prefix = "";
    for (String next : SMALL) {
      if (Math.abs(rest) >= 1) {
        break;
      }
      prefix = next;
      rest *= 1000;
    }
    return four(rest) + prefix + unit;
  }

  static String percentage(double value) {
    return four(value * 100) + "%";
  }

  static String duration(double seconds) {
    if (Double.isNaN(seconds) || Double.isInfinite(seconds)) {
      return four(seconds);
    }
    if (seconds == 0) {
      return four(seconds) + "s";
    }
    if (Math.abs(seconds) < 1) {
      return small(seconds, "s");
    }
    String sign = seconds < 0 ? "-" : "";
    long whole = (long) Math.abs(seconds);
    long days = whole / 86_400;
    long hours = whole / 3_600 % 24;
    long minutes = whole / 60 % 60;
    if (days != 0) {
      return "%s%dd %dh %dm %ds".formatted(sign, days, hours, minutes, whole % 60);
    }
    if (hours != 0) {
      return "%s%dh %dm %ds".formatted(sign, hours, minutes, whole % 60);
    }
    return minutes != 0
        ? "%s%dm %ds".formatted(sign, minutes, whole % 60)
        : sign + four(Math.abs(seconds)) + "s";
  }
}
