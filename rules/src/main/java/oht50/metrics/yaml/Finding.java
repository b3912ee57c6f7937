package oht50.metrics.yaml;

import java.util.Comparator;

/**
 * What is wrong with a file.
 *
 * @param line from 1; 0 for what is of the whole file
 * @param column from 1; 0 as well
 * @param message what it is, and what to do
 */
public record Finding(String file, int line, int column, String message)
    implements Comparable<Finding> {
  private static final Comparator<Finding> ORDER =
      Comparator.comparing(Finding::file)
          .thenComparingInt(Finding::line)
          .thenComparingInt(Finding::column);

  public static Finding ofFile(String file, String message) {
    return new Finding(file, 0, 0, message);
  }

  /** By place. */
  @Override
  public int compareTo(Finding other) {
    return ORDER.compare(this, other);
  }

  /** One line, like {@code rules.yml:3:5: unknown field 'exp'}. */
  @Override
  public String toString() {
    return line == 0 ? file + ": " + message : file + ":" + line + ":" + column + ": " + message;
  }
}
