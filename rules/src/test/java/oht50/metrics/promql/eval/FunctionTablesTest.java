package oht50.metrics.promql.eval;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.Set;
import oht50.metrics.promql.syntax.Function;
import org.junit.jupiter.api.Test;

class FunctionTablesTest {
  /** Those that look at more than a sample or a window. */
  private static final Set<Function> OTHERS =
      EnumSet.of(
          Function.TIMESTAMP,
          Function.ABSENT,
          Function.ABSENT_OVER_TIME,
          Function.SORT,
          Function.SORT_DESC,
          Function.HISTOGRAM_QUANTILE,
          Function.HISTOGRAM_FRACTION,
          Function.LABEL_REPLACE,
          Function.LABEL_JOIN,
          Function.SCALAR_OF,
          Function.VECTOR_OF,
          Function.TIME,
          Function.PI);

  @Test
  void everyFunctionIsDefinedOnce() {
    for (Function function : Function.values()) {
      int definitions =
          (ElementFunctions.of(function) == null ? 0 : 1)
              + (RangeFunction.of(function) == null ? 0 : 1)
              + (OTHERS.contains(function) ? 1 : 0);
      assertThat(definitions).as(function.toString()).isOne();
    }
  }
}
