package oht50.metrics.cli.local;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds, in a stack trace that Flink sends as text, what a person wants to know. */
final class FlinkAnswer {
  // A class of any name: what the job itself throws need not be called an exception.
  private static final Pattern CAUSE =
      Pattern.compile("(?m)^(?:Caused by: )?([\\w$]+(?:\\.[\\w$]+)+): (.+)$");

  private FlinkAnswer() {}

  /** The message of the innermost cause. */
  static String reason(String trace) {
    Matcher cause = CAUSE.matcher(trace);
    String reason = null;
    while (cause.find()) {
      reason = cause.group(2).strip();
    }
    if (reason != null) {
      return reason;
    }
    String first = trace.strip().lines().findFirst().orElse("no reason given");
    return first.length() > 300 ? first.substring(0, 300) : first;
  }
}
