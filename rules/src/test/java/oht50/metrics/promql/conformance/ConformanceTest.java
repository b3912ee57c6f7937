package oht50.metrics.promql.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import oht50.metrics.promql.conformance.CaseResult.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConformanceTest {
  private static final Path DATA = Path.of("../../shared/data/promql/promqltest");

  /** Prometheus' own tests of its language. */
  @ParameterizedTest
  @CsvSource({
    "aggregators.test, 124, 36",
    "functions.test, 262, 169",
    "histograms.test, 83, 102",
    "operators.test, 142, 72",
    "selectors.test, 31, 0",
    "staleness.test, 17, 0"
  })
  void prometheusAgrees(String name, int passed, int skipped) throws IOException {
    FileResult result = Conformance.run(name, Files.readString(DATA.resolve(name)));

    assertThat(failures(result)).isEmpty();
    assertThat(result.count(Outcome.PASSED)).isEqualTo(passed);
    assertThat(result.count(Outcome.SKIPPED)).isEqualTo(skipped);
    assertThat(result.skippedByReason().keySet())
        .allMatch(
            reason -> reason.equals("native histograms") || reason.startsWith("experimental: "));
  }

  @ParameterizedTest
  @ValueSource(strings = {"times.test", "values.test"})
  void whatTheyLeaveOut(String name) throws IOException {
    FileResult result =
        Conformance.run(name, Files.readString(Path.of("src/test/resources/promql", name)));

    assertThat(failures(result)).isEmpty();
    assertThat(result.count(Outcome.SKIPPED)).isZero();
    assertThat(result.count(Outcome.PASSED)).isGreaterThan(20);
  }

  private static List<CaseResult> failures(FileResult result) {
    assertThat(result.fault()).isNull();
    return result.cases().stream().filter(c -> c.outcome() == Outcome.FAILED).toList();
  }

  /** Each has one eval, at line 4, which fails for one reason. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "instant at 0 x              | x 2              | x: expected {__name__=\"x\"} 2, not 1",
        "instant at 0 x              | x 1.000003       | x: expected {__name__=\"x\"} 1.000003, not 1",
        "instant at 0 x              | {} 1             | x: unexpected {__name__=\"x\"} 1",
        "instant at 0 vector(1) == 2 | {} 1             | vector(1) == 2: expected {}, which is missing",
        "instant at 0 x              | expect fail      | x: expected a failure",
        "instant at 0 x              | 1                | x: expected a scalar, not a vector",
        "instant at 0 1              | {} 1             | 1: expected no scalar, not 1",
        "instant at 0 'a'            | expect string 'b' | 'a': expected the string 'b', not 'a'",
        "instant at 0 x and on() (x or y) > 0 | expect fail msg: no | x and on() (x or y) > 0: expected a failure",
        "instant at 0 label_replace(x, '', '', '', '') | x 1 | label_replace(x, '', '', '', ''): failed: invalid destination label name in label_replace(): ",
        "instant at 0 label_replace(x, '', '', '', '') | expect fail msg: other | label_replace(x, '', '', '', ''): expected the failure 'other', not 'invalid destination label name in label_replace(): '",
        "instant at 0 x +            | x 1              | the expression cannot be read: 1:4: unexpected the end",
        "range from 0 to 2m step 1m x | x 1 2           | x: {__name__=\"x\"}: unexpected 3 at 120000 ms",
        "range from 0 to 2m step 1m x | x 1 _ 3         | x: {__name__=\"x\"}: expected 3 at 120000 ms, not nothing",
        "range from 0 to 2m step 1m x | x 1 2 3 4       | x: {__name__=\"x\"}: more values are expected",
      })
  void whatDiffersFails(String eval, String expected, String reason) {
    String test = "load 1m\n  x 1 2 3\n\neval " + eval + "\n  " + expected + "\n";

    FileResult result = Conformance.run("a.test", test);

    assertThat(result.fault()).isNull();
    assertThat(result.cases()).hasSize(1);
    assertThat(result.cases().get(0).line()).isEqualTo(4);
    assertThat(result.cases().get(0).outcome()).isEqualTo(Outcome.FAILED);
    assertThat(result.cases().get(0).reason()).startsWith(reason.stripTrailing());
    assertThat(result.isInOrder()).isFalse();
  }

  @Test
  void theOrderCountsWhereItIsExpected() {
    String test =
        """
        load 1m
          x{a="1"} 1
          x{a="2"} 2

        eval_ordered instant at 0 sort_desc(x)
          x{a="1"} 1
          x{a="2"} 2

        eval instant at 0 sort_desc(x)
          expect ordered
          x{a="2"} 2
          x{a="1"} 1
        """;
    FileResult result = Conformance.run("a.test", test);
    assertThat(result.cases())
        .extracting(CaseResult::outcome)
        .containsExactly(Outcome.FAILED, Outcome.PASSED);
  }

  @Test
  void oldAndNewFormsOfExpectations() {
    String test =
        """
        load 1m
          x{a="1"} 1
          x{a="2"} 2 _x2 -1-2x1 +Inf NaN 1e-3x1 stale

        eval_fail instant at 0 x + on () x
          expected_fail_message found duplicate series for the match group {} on the right hand-side of the operation: [{__name__="x", a="1"}, {__name__="x", a="2"}];many-to-many matching not allowed: matching labels must be unique on one side

        eval_fail instant at 0 x + on () x
          expected_fail_regexp found .* series

        eval_fail range from 0 to 1m step 1m x + on () x

        eval_warn instant at 0 quantile(2, x)
          {} Inf

        eval_info instant at 0 rate(x[1m])

        eval instant at 0 quantile(2, x)
          expect warn msg: any text
          expect no_info
          {} Inf

        eval range from 0 to 9m step 1m x{a="2"}
          x{a="2"} 2 2 2 -1 -3 Inf NaN 0.001x1
        """;
    FileResult result = Conformance.run("a.test", test);
    assertThat(failures(result)).isEmpty();
    assertThat(result.count(Outcome.PASSED)).isEqualTo(7);
  }

  @Test
  void onlyWhatReadsANativeHistogramIsLeftOut() {
    String test =
        """
        load 1m
          x{a="1"} {{schema:0 sum:1 count:1 buckets:[1 2]}} 2 {{count:1}}x2 {{}}+{{sum:1}}x1 3
          x{a="2"} 2

        eval instant at 1m x{a="1"}
          x{a="1"} 2

        eval instant at 1m sum_over_time(x{a="1"}[30s])
          {a="1"} 2

        eval instant at 0 x{a="2"}
          x{a="2"} 2

        eval instant at 0 x
          x{a="2"} 2

        eval instant at 6m rate(x{a="1"}[90s])

        eval instant at 0 vector(1)
          {} {{sum:1}}

        eval instant at 0 histogram_count(x)
        """;
    FileResult result = Conformance.run("a.test", test);
    assertThat(result.cases())
        .extracting(CaseResult::outcome)
        .containsExactly(
            Outcome.PASSED,
            Outcome.PASSED,
            Outcome.PASSED,
            Outcome.SKIPPED,
            Outcome.SKIPPED,
            Outcome.SKIPPED,
            Outcome.SKIPPED);
    assertThat(result.skippedByReason()).containsExactly(Map.entry("native histograms", 4));
  }

  @Test
  void classicHistogramsAreLoadedAsNativeOnesToo() {
    String test =
        """
        load_with_nhcb 1m
          h_bucket{le="1"} 1
          h_bucket{le="+Inf"} 2
          h_count 2
          g 7

        eval instant at 0 histogram_quantile(0.5, h_bucket)
          {} 1

        eval instant at 0 h

        eval instant at 0 g
          g 7

        clear

        eval instant at 0 {__name__=~".+"}
        """;
    FileResult result = Conformance.run("a.test", test);
    assertThat(result.cases())
        .extracting(CaseResult::outcome)
        .containsExactly(Outcome.PASSED, Outcome.SKIPPED, Outcome.PASSED, Outcome.PASSED);
  }

  @Test
  void startTimesOfCountersAreExperimental() {
    String test =
        """
        load 1m
          x@st -1m -1m
          x 1 2

        eval instant at 1m rate(x[2m])
          {} 5

        eval instant at 1m delta(x[61s])
          {} 1.0166666667
        """;
    FileResult result = Conformance.run("a.test", test);
    assertThat(result.cases())
        .extracting(CaseResult::outcome)
        .containsExactly(Outcome.SKIPPED, Outcome.PASSED);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "remember x            | 2: unknown command 'remember x'; known are load, clear and eval",
        "load 5 minutes        | 2: the step of load: '5 minutes' is not a duration",
        "load_all 5m           | 2: unknown command 'load_all'",
        "load 1m; x y          | 3: series 'x y': expected a number, '_' or 'stale' at 'y'",
        "load 1m; 1x 1         | 3: series '1x 1': '1x' is no name of a metric",
        "load 1m; x{a=b} 1     | 3: series 'x{a=b} 1': expected a string between quotes",
        "load 1m; x{a='b' 1    | 3: series 'x{a='b' 1': expected ',' or '}' between labels",
        "load 1m; x{a='b'}1    | 3: series 'x{a='b'}1': expected a space before '1'",
        "load 1m; x 1+2        | 3: series 'x 1+2': expected 'x' and a count before ''",
        "load 1m; x 1x         | 3: series 'x 1x': expected a count up to 1000000 behind 'x'",
        "load 1m; x 1x9999999  | 3: series 'x 1x9999999': more than 1000000 values",
        "load 1m; x {{sum:1    | 3: series 'x {{sum:1': a native histogram has no end",
        "load 1m; x {{son:1}}  | 3: series 'x {{son:1}}': 'son' is no part of a native histogram",
        "eval at 5m x          | 2: an eval is 'eval instant at TIME EXPRESSION'",
        "eval instant 5m x     | 2: expected 'at', not '5m'",
        "eval instant at 5 x   | 2: the time of eval: '5' is not a duration",
        "eval instant at 5m    | 2: there is no expression to evaluate",
        "eval range from 5m to 1m step 1m x | 2: a range ends after its first time",
        "eval range from 0 to 1m step 0 x   | 2: a range ends after its first time",
        "eval_ordered range from 0 to 1m step 1m x | 2: an eval is",
        "eval_twice instant at 0 x | 2: unknown command 'eval_twice'",
        "eval instant at 0 x; expect nothing | 3: unknown 'expect nothing'",
        "eval instant at 0 x; expect fail because | 3: behind expect fail may stand msg: TEXT",
        "eval instant at 0 x; expect fail; expect fail | 4: more than one expect fail",
        "eval instant at 0 x; expect warn; expect no_warn | 4: expect no_warn contradicts",
        "eval instant at 0 x; expect fail regex: ( | 3: '(' is not RE2: missing closing )",
        "eval instant at 0 x; expect string a | 3: expect string: 'a' is not between quotes",
        "eval instant at 0 x; expect range vector from 0 step 1m | 3: expected 'to', not 'step'",
        "eval instant at 0 x; x 1 2 | 3: more than one value of one time",
        "eval instant at 0 x; x     | 3: series 'x': expected a value",
      })
  void aFileThatCannotBeReadIsOneLine(String lines, String fault) {
    FileResult result = Conformance.run("a.test", "clear\n" + lines.replace("; ", "\n "));

    assertThat(result.fault()).startsWith(fault);
    assertThat(result.cases()).isEmpty();
    assertThat(result.isInOrder()).isFalse();
  }
}
