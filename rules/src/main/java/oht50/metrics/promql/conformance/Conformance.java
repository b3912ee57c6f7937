package oht50.metrics.promql.conformance;

import java.util.ArrayList;
import java.util.List;
import oht50.metrics.promql.eval.EvaluationFailure;
import oht50.metrics.promql.eval.EvaluationOptions;
import oht50.metrics.promql.eval.Evaluator;
import oht50.metrics.promql.eval.NativeHistogram;
import oht50.metrics.promql.eval.QueryResult;
import oht50.metrics.promql.syntax.Expr;
import oht50.metrics.promql.syntax.InvalidExpression;
import oht50.metrics.promql.syntax.Parser;
import oht50.metrics.promql.syntax.Refusal;
import oht50.metrics.promql.syntax.RefusedExpression;
import oht50.metrics.promql.syntax.ValueType;

/**
 * Runs a test file: loads points, evaluates, compares.
 *
 * <p>As in Prometheus an instant is evaluated in more than one way: alone, as the middle of a
 * range, and at other times with {@code @} on its selectors.
 *
 * <p>An eval is left out only if its expression is refused, if native histograms are read or
 * expected, or if a counter's start time would count, which Prometheus calls experimental.
 */
public final class Conformance {
  private static final String NATIVE_HISTOGRAMS = "native histograms";

  /** As Prometheus' own tests are run. */
  private static final EvaluationOptions OPTIONS = new EvaluationOptions(300_000, 60_000, true);

  /** Beside an instant the same expression is evaluated over a range around it. */
  private static final long AROUND_MILLIS = 60_000;

  private final LoadedPoints points = new LoadedPoints();
  private final Evaluator evaluator = new Evaluator(points, OPTIONS);

  private Conformance() {}

  /**
   * @param name only for the result
   */
  public static FileResult run(String name, String text) {
    List<CaseResult> results = new ArrayList<>();
    Conformance run = new Conformance();
    try {
      for (Command command : TestFile.parse(text)) {
        if (command instanceof Command.Load load) {
          run.points.load(load);
        } else if (command instanceof Command.Clear) {
          run.points.clear();
        } else {
          results.add(run.evaluate((Command.Eval) command));
        }
      }
    } catch (InvalidTest e) {
      return new FileResult(name, List.of(), e.line() + ": " + e.getMessage());
    }
    return new FileResult(name, results, null);
  }

  private CaseResult evaluate(Command.Eval eval) {
    Expr expr;
    try {
      expr = Parser.parse(eval.expression());
    } catch (RefusedExpression e) {
      return CaseResult.skipped(eval.line(), reason(e));
    } catch (InvalidExpression e) {
      return CaseResult.failed(eval.line(), "the expression cannot be read: " + e.getMessage());
    }
    if (eval.expectation().hasNativeHistograms()) {
      return CaseResult.skipped(eval.line(), NATIVE_HISTOGRAMS);
    }
    points.tookStartTimes();
    CaseResult result = evaluate(eval, expr);
    return points.tookStartTimes() && CounterCalls.areIn(expr)
        ? CaseResult.skipped(eval.line(), "experimental: start times of counters")
        : result;
  }

  private static String reason(RefusedExpression refused) {
    return refused.refusal() == Refusal.NATIVE_HISTOGRAM
        ? NATIVE_HISTOGRAMS
        : "experimental: " + refused.what();
  }

  private CaseResult evaluate(Command.Eval eval, Expr expr) {
    Comparison comparison = new Comparison(eval);
    QueryResult result;
    try {
      result =
          eval.isRange()
              ? evaluator.range(expr, eval.firstMillis(), eval.lastMillis(), eval.stepMillis())
              : evaluator.instant(expr, eval.firstMillis());
    } catch (NativeHistogram.Read e) {
      return CaseResult.skipped(eval.line(), NATIVE_HISTOGRAMS);
    } catch (EvaluationFailure | IllegalArgumentException e) {
      return outcome(eval, comparison.faultOfFailure(e.getMessage()));
    }
    String fault = comparison.faultOf(result);
    if (fault == null && !eval.isRange()) {
      fault = faultOverARange(eval, expr, comparison);
    }
    if (fault == null && !eval.isRange()) {
      fault = faultAtOtherTimes(eval, expr, comparison);
    }
    return outcome(eval, fault);
  }

  private static CaseResult outcome(Command.Eval eval, String fault) {
    return fault == null
        ? CaseResult.passed(eval.line())
        : CaseResult.failed(eval.line(), eval.expression() + ": " + fault);
  }

  /** An instant is the same as the middle one of three ticks; null if it is. */
  private String faultOverARange(Command.Eval eval, Expr expr, Comparison comparison) {
    boolean isSeries = expr.type() == ValueType.VECTOR || expr.type() == ValueType.SCALAR;
    if (!isSeries || eval.expectation().isOrdered) {
      return null;
    }
    long middle = eval.firstMillis();
    // What start() and end() are depends on the range.
    if (eval.expression().contains("start()") || eval.expression().contains("end()")) {
      return null;
    }
    try {
      QueryResult.Matrix range =
          evaluator.range(expr, middle - AROUND_MILLIS, middle + AROUND_MILLIS, AROUND_MILLIS);
      String fault = comparison.faultOf(Comparison.at(range, middle, expr.type()));
      return fault == null ? null : "over a range: " + fault;
    } catch (NativeHistogram.Read e) {
      // Only the ticks around the instant read one.
      return null;
    } catch (EvaluationFailure e) {
      return "over a range: " + e.getMessage();
    }
  }

  /** With all its selectors at the instant, by {@code @}, an expression says the same later. */
  private String faultAtOtherTimes(Command.Eval eval, Expr expr, Comparison comparison) {
    long instant = eval.firstMillis();
    Expr pinned = Pinning.at(instant, expr);
    long[] times =
        instant == 0
            ? new long[] {-1_000, 1_000}
            : new long[] {-10 * instant, 0, instant / 5, 10 * instant};
    for (long time : pinned == null ? new long[0] : times) {
      String fault;
      try {
        fault = comparison.faultOf(evaluator.instant(pinned, time));
      } catch (EvaluationFailure e) {
        fault = e.getMessage();
      }
      if (fault != null) {
        return "with @ at the time %d ms: %s".formatted(time, fault);
      }
    }
    return null;
  }
}
