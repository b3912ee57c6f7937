package oht50.metrics.ruleexplain;

import java.util.List;
import oht50.metrics.model.Labels;

/**
 * A part of an expression and what it is at a tick.
 *
 * @param expression as it is printed
 * @param entries of the series that can meet the labels asked for
 * @param leftOut how many more of these there are
 * @param remarks what else there is to say
 * @param parts the parts that it is made of, but numbers and strings
 */
public record Part(
    String expression, List<Entry> entries, int leftOut, List<String> remarks, List<Part> parts) {
  public Part {
    entries = List.copyOf(entries);
    remarks = List.copyOf(remarks);
    parts = List.copyOf(parts);
  }

  /**
   * A series of a part.
   *
   * @param value what it is, or null if it has none in the part
   * @param text what it is, and why
   */
  public record Entry(Labels labels, Double value, String text) {}
}
