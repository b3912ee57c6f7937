package oht50.metrics.rule;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import oht50.metrics.model.Event;

/** {@code ${field}} in annotations. */
final class Placeholders {
  static final Set<String> FIELDS = Set.of("robot_id", "type", "severity");

  private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([^}]*)\\}");

  private Placeholders() {}

  /** The first placeholder that stands for nothing known, or null. */
  static String unknownIn(String text) {
    Matcher matcher = PLACEHOLDER.matcher(text);
    while (matcher.find()) {
      if (!FIELDS.contains(matcher.group(1))) {
        return matcher.group(1);
      }
    }
    return null;
  }

  static String fill(String text, Event event) {
    return PLACEHOLDER
        .matcher(text)
        .replaceAll(match -> Matcher.quoteReplacement(valueOf(match.group(1), event)));
  }

  private static String valueOf(String field, Event event) {
    String value =
        switch (field) {
          case "robot_id" -> event.entity();
          case "type" -> event.type();
          case "severity" -> event.severity();
          default -> throw new IllegalStateException("unchecked placeholder " + field);
        };
    return value == null ? "unknown" : value;
  }
}
