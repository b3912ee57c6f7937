package oht50.metrics.promql.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExprPrinterTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SUM(rate(a{b='c'}[300]))by(d)  | sum by (d) (rate(a{b=\"c\"}[5m]))",
        "a>bool on(b)group_left c       | a > bool on (b) group_left () c",
        "a [1h:5m] offset -90s @ 1.5    | a[1h:5m] @ 1.500 offset -1m30s",
        "{\"two words\", `x y`!~'z'}    | {__name__=\"two words\", \"x y\"!~\"z\"}",
        "a[1y]                          | a[365d]",
        "1.50 + 5m * 1e100 + -inF       | 1.5 + 300 * 1e+100 + -Inf",
      })
  void printsOneForm(String text, String printed) throws InvalidExpression {
    assertThat(ExprPrinter.print(Parser.parse(text))).isEqualTo(printed);
  }

  @Test
  void generatedTreesAreReadAsTheyWere() throws InvalidExpression {
    RandomExpressions expressions = new RandomExpressions(20_261_129);
    Set<Kind> kinds = EnumSet.noneOf(Kind.class);
    for (int i = 0; i < 20_000; i++) {
      Expr expr = expressions.any(4);
      String text = ExprPrinter.print(expr);
      assertThat(Parser.parse(text)).as(text).isEqualTo(expr);
      kinds.add(Kind.of(expr));
    }
    assertThat(kinds).containsExactlyInAnyOrder(Kind.values());
  }

  /** Of the root. */
  private enum Kind {
    NUMBER,
    TEXT,
    VECTOR_SELECTOR,
    MATRIX_SELECTOR,
    SUBQUERY,
    PARENTHESIZED,
    UNARY,
    BINARY,
    AGGREGATION,
    CALL;

    static Kind of(Expr expr) {
      String name = expr.getClass().getSimpleName();
      return valueOf(name.replaceAll("([a-z])([A-Z])", "$1_$2").toUpperCase(Locale.ROOT));
    }
  }
}
