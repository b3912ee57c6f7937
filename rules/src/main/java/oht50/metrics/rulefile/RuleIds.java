package oht50.metrics.rulefile;

import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import oht50.metrics.model.Hash64;
import oht50.metrics.promql.syntax.Expr;
import oht50.metrics.promql.syntax.ExprPrinter;

/**
 * Identities of the rules of a file: {@link Hash64} of the file's name without its folders, the
 * group, how far apart its ticks are and how far behind if it says so, whether it is an alert or a
 * record, its name, its expression as {@link ExprPrinter} writes it, its labels as they are written
 * (the group's among them), and how many equal ones come before it; each as {@code length:text}, so
 * that no two lists of these are one text.
 *
 * <p>So a rule stays itself when it moves inside its group, is written in other lines, or gets
 * other annotations, another {@code for} or {@code keep_firing_for}; then its alerts go on. With
 * another expression or other labels it is another rule, and with other ticks, too: what was said
 * at those before is not judged again at others.
 */
final class RuleIds {
  private final String file;
  private final Map<String, Integer> seen = new HashMap<>(); // what is hashed -> how often so far
  private String group = ""; // all that is hashed of it

  RuleIds(String file) {
    this.file = file.substring(Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1);
  }

  /** What follows is of a group; 0 for what it does not say. */
  void begin(String name, long intervalMillis, long queryOffsetMillis) {
    StringBuilder text = new StringBuilder();
    append(text, name);
    if (intervalMillis != 0) {
      append(text, "interval " + intervalMillis);
    }
    if (queryOffsetMillis != 0) {
      append(text, "query_offset " + queryOffsetMillis);
    }
    group = text.toString();
  }

  long next(String kind, String name, Expr expr, SortedMap<String, ?> labels) {
    StringBuilder text = new StringBuilder();
    append(text, file);
    text.append(group);
    append(text, kind);
    append(text, name);
    append(text, ExprPrinter.print(expr));
    labels.forEach(
        (label, value) -> {
          append(text, label);
          append(text, value.toString());
        });
    int before = seen.merge(text.toString(), 1, Integer::sum) - 1;
    return Hash64.id(text.append(before).toString());
  }

  private static void append(StringBuilder text, String part) {
    text.append(part.length()).append(':').append(part);
  }
}
