package oht50.metrics.ruleplan;

import java.io.Serializable;
import java.util.Comparator;
import oht50.metrics.model.Labels;

/**
 * What is evaluated by one plan: the parts of a kind, by rules whose groups look equally long
 * before their ticks.
 *
 * @param offsetMillis the {@code query_offset} of the groups
 */
public record PlanName(PartKind kind, long offsetMillis)
    implements Serializable, Comparable<PlanName> {
  private static final Comparator<PlanName> ORDER =
      Comparator.comparing(PlanName::kind).thenComparingLong(PlanName::offsetMillis);

  /** Whether a series is in one of its parts. */
  public boolean mayHold(Labels series) {
    return kind.mayHold(series);
  }

  /** The part of it that a series is in, if it is in one of that kind. */
  public String partOf(Labels series) {
    return part(kind.valueOf(series));
  }

  /** The part of everything. */
  public String whole() {
    return part("");
  }

  private String part(String value) {
    return prefix() + value;
  }

  /** What the names of its parts begin with, and of no others. */
  public String prefix() {
    return kind.word() + (offsetMillis == 0 ? "" : "-" + offsetMillis) + "/";
  }

  /** The prefix of a part's name. */
  public static String prefixOf(String part) {
    return part.substring(0, part.indexOf('/') + 1);
  }

  /** Whether a part is one of everything. */
  public static boolean isWhole(String part) {
    return part.startsWith(PartKind.WHOLE.word());
  }

  /** The part of everything that looks equally long before its ticks. */
  public static String wholeBeside(String part) {
    String prefix = part.substring(0, part.indexOf('/'));
    for (PartKind kind : PartKind.values()) {
      String rest = prefix.startsWith(kind.word()) ? prefix.substring(kind.word().length()) : "?";
      if (rest.isEmpty() || rest.matches("-[0-9]+")) {
        return PartKind.WHOLE.word() + rest + "/";
      }
    }
    throw new IllegalArgumentException("no part: " + part);
  }

  @Override
  public int compareTo(PlanName other) {
    return ORDER.compare(this, other);
  }
}
