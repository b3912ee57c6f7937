package oht50.metrics.cli.output;

/** A value that is JSON already: text in a table, itself inside JSON. */
public record RawJson(String text) {
  @Override
  public String toString() {
    return text;
  }
}
