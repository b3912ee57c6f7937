package oht50.metrics.promql.syntax;

/** The four types of values; the words are those of Prometheus' documentation. */
public enum ValueType {
  SCALAR("scalar"),
  VECTOR("instant vector"),
  MATRIX("range vector"),
  STRING("string");

  private final String words;

  ValueType(String words) {
    this.words = words;
  }

  @Override
  public String toString() {
    return words;
  }
}
