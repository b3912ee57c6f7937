package oht50.metrics.promql.syntax;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ParserTest {
  /** What it means, written with all its parentheses. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a + b * c                | a + (b * c)",
        "a - b - c                | (a - b) - c",
        "a ^ b ^ c                | a ^ (b ^ c)",
        "a * b % c / d atan2 e    | (((a * b) % c) / d) atan2 e",
        "-a ^ b                   | -(a ^ b)",
        "-a * b                   | (-a) * b",
        "a ^ -b ^ c               | a ^ (-(b ^ c))",
        "a or b and c unless d    | a or ((b and c) unless d)",
        "a > b == bool c          | (a > b) == bool c",
        "a + b > c or d           | ((a + b) > c) or d",
        "a ^ -b * c               | (a ^ (-b)) * c",
      })
  void operatorsBindAsInPrometheus(String text, String same) throws InvalidExpression {
    assertThat(meaning(text)).isEqualTo(meaning(same));
  }

  /** Without the parentheses. */
  private static Object meaning(String text) throws InvalidExpression {
    return Parser.parse(text).accept(new Meaning());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SUM BY (a) (x)                   | sum(x) by (a)",
        "sum(x)                           | sum by () (x)",
        "x{a='b'}                         | x{a=\"b\",}",
        "{'x', a=\"b\"}                   | {__name__=\"x\", 'a'=`b`}",
        "rate(x[300])                     | rate(x[5m])",
        "x offset 1h30m                   | x offset 90m",
        "x offset -5m @ 10                | x @ 10.000 offset -300s",
        "x @ end()                        | x @END()",
        "0x10 + 1_000 + 010 + 5m          | 16 + 1e3 + 8 + 300",
        "-inf                             | -Inf",
        "a # to the end of the line       | a",
        "sum by (by, sum, on) (x)         | sum by ('by', \"sum\", on) (x)",
        "x * on(a) group_left y           | x * on(a) group_left() y",
        "\"\\x41\\102\\u0043\\\"\"         | `ABC\"`",
        "x[1d2h:1h]                       | x[26h:60m]",
      })
  void sameThingsMayBeWrittenInDifferentWays(String text, String other) throws InvalidExpression {
    assertThat(Parser.parse(text)).isEqualTo(Parser.parse(other));
  }

  @Test
  void keywordsMayBeNamesOfMetricsAndLabels() throws InvalidExpression {
    Expr.VectorSelector selector = (Expr.VectorSelector) Parser.parse("sum{offset='1'} offset 5m");
    assertThat(selector.metric()).isEqualTo("sum");
    assertThat(selector.conditions())
        .containsExactly(LabelMatcher.of("offset", MatchOperator.EQUAL, "1"));
    assertThat(selector.shift().offsetMillis()).isEqualTo(300_000);
  }

  @Test
  void matchersMatchWholeValuesAndAbsentLabelsAreEmpty() {
    LabelMatcher matcher = LabelMatcher.of("a", MatchOperator.REGEX, "b|c");
    assertThat(matcher.matches("b")).isTrue();
    assertThat(matcher.matches("bc")).isFalse();
    assertThat(matcher.matches(null)).isFalse();
    assertThat(LabelMatcher.of("a", MatchOperator.REGEX, ".*").matches("x\ny")).isTrue();
    assertThat(LabelMatcher.of("a", MatchOperator.NOT_EQUAL, "b").matches(null)).isTrue();
    assertThatThrownBy(() -> LabelMatcher.of("a", MatchOperator.REGEX, "a)(b"))
        .hasMessageContaining("is not RE2");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''                            | 1:1: there is no expression",
        "a +                           | 1:4: unexpected the end of the expression in an expression",
        "(a                            | 1:3: unexpected the end of the expression in parentheses; expected ')'",
        "a b                           | 1:3: unexpected 'b' in an expression; expected an operator or the end",
        "a{b}                          | 1:4: unexpected '}' in a selector; expected one of = != =~ !~",
        "a{b=\"c}                      | 1:5: the string that begins here has no end; add \"",
        "a{b=~\"(\"}                   | 1:6: '(' is not RE2: missing closing )",
        "a{b=c}                        | 1:5: unexpected 'c' in a selector; expected a string",
        "{}                            | 1:1: this selects every series",
        "{a=~\".*\"}                   | 1:1: this selects every series",
        "a{__name__=\"b\"}             | 1:1: the metric's name is said twice",
        "1 > 2                         | 1:3: a comparison of scalars needs bool: write > bool",
        "a + bool b                    | 1:3: bool belongs to comparisons only",
        "1 and a                       | 1:3: and is between instant vectors only",
        "a + group_left b              | 1:5: group_left needs on(...) or ignoring(...) before it",
        "a and on(b) group_left c      | 1:3: and takes no group_left",
        "a + on(b) group_left(b) c     | 1:3: the label b is in on() and in the group",
        "1 + on(a) 2                   | 1:3: on and ignoring are between instant vectors only",
        "rate(a)                       | 1:6: rate() takes a range vector here, not an instant vector",
        "rate(a[5m], 1)                | 1:1: rate() takes 1 argument, not 2",
        "round()                       | 1:1: round() takes 1 to 2 arguments, not 0",
        "label_join(a, \"b\")          | 1:1: label_join() takes at least 3 arguments, not 2",
        "topk(a)                       | 1:1: topk takes 2 arguments, not 1",
        "topk(a, b)                    | 1:6: topk takes a scalar here, not an instant vector",
        "count_values(1, a)            | 1:14: count_values takes a string here, not a scalar",
        "sum(a[5m])                    | 1:5: sum takes an instant vector here, not a range vector",
        "a[5m] + 1                     | 1:1: + takes scalars and instant vectors, not a range vector",
        "-\"a\"                        | 1:1: a sign goes before a scalar or an instant vector",
        "a[5m] offset 1m offset 2m     | 1:17: a second offset; one is enough",
        "a @ 1 @ 2                     | 1:7: a second @; one is enough",
        "a offset 5m [1m]              | 1:13: the range comes before offset and @",
        "sum(a)[5m]                    | 1:7: a range is of a selector; write [5m:]",
        "sum(a) offset 5m              | 1:8: offset belongs behind a selector or a subquery",
        "a[0s]                         | 1:3: a duration here is longer than nothing",
        "a[5]b                         | 1:5: unexpected 'b' in an expression",
        "a[x]                          | 1:3: unexpected 'x' in an expression; expected a number or a duration",
        "1[5m:]                        | 1:1: a subquery takes an instant vector here, not a scalar",
        "a @ Inf                       | 1:5: 'Inf' is no time for @",
        "5x                            | 1:1: '5x' is neither a number nor a duration",
        "1e400                         | 1:1: '1e400' is too large for a number",
        "1__0                          | 1:1: '1__0' is neither a number nor a duration",
        "a ~ b                         | 1:3: unexpected character \"~\"",
        "sum(a,)                       | 1:7: a comma before the closing parenthesis",
        "nonsense(a)                   | 1:1: there is no function nonsense()",
        "\"\\q\"                       | 1:1: unknown escape \\q",
      })
  void whatIsWrongIsSaidWithItsPlace(String text, String message) {
    assertThatThrownBy(() -> Parser.parse(text))
        .isInstanceOf(InvalidExpression.class)
        .hasMessageStartingWith(message);
  }

  @Test
  void placesCountLines() {
    assertThatThrownBy(() -> Parser.parse("count_values(\n  `a\nb`,\n  rate(c))"))
        .hasMessageStartingWith("4:8:");
    assertThatThrownBy(() -> Parser.parse("sum(a)\n + # no\n  )")).hasMessageStartingWith("3:3:");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1 + info(a)                    | EXPERIMENTAL     | 1:5: the function info() is not supported",
        "double_exponential_smoothing(a[1m], 1, 1) | EXPERIMENTAL | 1:1:",
        "mad_over_time(a[5m])           | EXPERIMENTAL     | 1:1:",
        "limitk by (b) (1, a)           | EXPERIMENTAL     | 1:1: the aggregation limitk",
        "rate(a[5m] smoothed)           | EXPERIMENTAL     | 1:12: the modifier smoothed",
        "a anchored                     | EXPERIMENTAL     | 1:3: the modifier anchored",
        "a + fill(0) b                  | EXPERIMENTAL     | 1:5: the modifier fill",
        "a * on(b) group_left fill_right (0) c | EXPERIMENTAL | 1:22:",
        "rate(a[5m+1m])                 | EXPERIMENTAL     | 1:10: a computed duration",
        "rate(a[step()])                | EXPERIMENTAL     | 1:8: a computed duration",
        "a offset (1m)                  | EXPERIMENTAL     | 1:10: a computed duration",
        "a offset -min(1m, step())      | EXPERIMENTAL     | 1:11: a computed duration",
        "a[5m:1m*2]                     | EXPERIMENTAL     | 1:8: a computed duration",
        "step()                         | EXPERIMENTAL     | 1:1: the function step()",
        "histogram_avg(a)               | NATIVE_HISTOGRAM | 1:1: the function histogram_avg()",
        "a </ 1                         | NATIVE_HISTOGRAM | 1:3: the operator </",
      })
  void whatIsLeftOutIsRefusedByName(String text, Refusal refusal, String message) {
    RefusedExpression refused =
        catchThrowableOfType(RefusedExpression.class, () -> Parser.parse(text));
    assertThat(refused).hasMessageStartingWith(message);
    assertThat(refused.refusal()).isEqualTo(refusal);
  }

  @ParameterizedTest
  @ValueSource(strings = {"fill", "smoothed", "step + range", "limitk", "start", "info"})
  void theirNamesMayBeMetricsAllTheSame(String text) throws InvalidExpression {
    assertThat(Parser.parse(text).type()).isEqualTo(ValueType.VECTOR);
  }

  @Test
  void whatWouldBeTooDeepIsRefused() {
    assertThatThrownBy(() -> Parser.parse("(".repeat(100_000) + "a" + ")".repeat(100_000)))
        .hasMessageContaining("levels deep");
    assertThatThrownBy(() -> Parser.parse("a" + " + a".repeat(100_000)))
        .hasMessageContaining("operators");
    assertThatThrownBy(() -> Parser.parse("-".repeat(100_000) + "a"))
        .hasMessageContaining("levels deep");
  }
}
