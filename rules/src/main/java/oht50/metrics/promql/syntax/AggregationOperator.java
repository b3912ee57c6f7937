package oht50.metrics.promql.syntax;

/** The operators that make one series, or some, of those of a group. */
public enum AggregationOperator {
  SUM("sum", null),
  AVG("avg", null),
  COUNT("count", null),
  MIN("min", null),
  MAX("max", null),
  GROUP("group", null),
  STDDEV("stddev", null),
  STDVAR("stdvar", null),
  TOPK("topk", ValueType.SCALAR),
  BOTTOMK("bottomk", ValueType.SCALAR),
  QUANTILE("quantile", ValueType.SCALAR),
  COUNT_VALUES("count_values", ValueType.STRING);

  private final String word;
  private final ValueType parameter;

  AggregationOperator(String word, ValueType parameter) {
    this.word = word;
    this.parameter = parameter;
  }

  /** The type of what stands before the vector, or null if nothing does. */
  public ValueType parameter() {
    return parameter;
  }

  @Override
  public String toString() {
    return word;
  }

  /** The operator of a word, or null. */
  static AggregationOperator of(Token token) {
    for (AggregationOperator operator : values()) {
      if (token.isWord(operator.word)) {
        return operator;
      }
    }
    return null;
  }
}
