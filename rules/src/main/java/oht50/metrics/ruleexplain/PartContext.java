package oht50.metrics.ruleexplain;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import oht50.metrics.model.Labels;
import oht50.metrics.promql.eval.EvaluationFailure;
import oht50.metrics.promql.eval.EvaluationOptions;
import oht50.metrics.promql.eval.Evaluator;
import oht50.metrics.promql.eval.MetricLabels;
import oht50.metrics.promql.eval.QueryResult;
import oht50.metrics.promql.eval.Storage;
import oht50.metrics.promql.syntax.BinaryOperator;
import oht50.metrics.promql.syntax.Expr;
import oht50.metrics.promql.syntax.ExprPrinter;
import oht50.metrics.promql.syntax.Matching;
import oht50.metrics.promql.syntax.Numbers;
import oht50.metrics.promql.syntax.ValueType;

/** What the parts of an expression are evaluated over, and how what is found becomes a part. */
record PartContext(
    Evaluator evaluator,
    Storage storage,
    EvaluationOptions options,
    Catalogue catalogue,
    Moments moments,
    int most) {

  static final String OF_PART = "no result, because a part of it has none";

  /** Those that hold or stay first, then by labels. */
  private static final Comparator<Found> ORDER =
      Comparator.<Found, Boolean>comparing(found -> !found.isKept)
          .thenComparing(found -> found.entry.labels(), MetricLabels.ORDER);

  /**
   * A series that was found.
   *
   * @param isKept whether it is in the result
   */
  record Found(Part.Entry entry, boolean isKept) {
    static Found kept(Labels labels, double value, String text) {
      return new Found(new Part.Entry(labels, value, text), true);
    }

    static Found dropped(Labels labels, String text) {
      return new Found(new Part.Entry(labels, null, text), false);
    }
  }

  /**
   * @param asked nothing is asked of a scalar, which has no labels
   * @param found of all series; those that do not meet what is asked for are left out
   */
  Part part(Expr expr, Wanted asked, List<Found> found, List<String> remarks, List<Part> parts) {
    Wanted wanted = expr.type() == ValueType.SCALAR ? Wanted.ANY : asked;
    List<Found> shown =
        found.stream().filter(each -> wanted.meets(each.entry.labels())).sorted(ORDER).toList();
    List<String> all = new ArrayList<>(remarks);
    if (shown.isEmpty() && remarks.isEmpty()) {
      all.add(wanted.isAny() ? "nothing" : "nothing with " + wanted);
    }
    return new Part(
        ExprPrinter.print(expr),
        shown.stream().limit(most).map(Found::entry).toList(),
        Math.max(0, shown.size() - most),
        all,
        parts);
  }

  /** Of a part that has no result; the words are said once, where they begin. */
  Part failed(Expr expr, EvaluationFailure failure, List<Part> parts) {
    String remark = "no result: " + failure.getMessage();
    boolean isOfPart = parts.stream().anyMatch(part -> hasFailed(part, remark));
    return new Part(
        ExprPrinter.print(expr), List.of(), 0, List.of(isOfPart ? OF_PART : remark), parts);
  }

  private static boolean hasFailed(Part part, String remark) {
    return part.remarks().contains(remark) || part.remarks().contains(OF_PART);
  }

  /** The samples of an expression; a scalar is one without labels. */
  List<QueryResult.Sample> samples(Expr expr, long time) {
    QueryResult result = evaluator.instant(expr, time);
    return result instanceof QueryResult.Vector vector
        ? vector.samples()
        : List.of(new QueryResult.Sample(Labels.EMPTY, ((QueryResult.Scalar) result).value()));
  }

  List<QueryResult.Points> points(Expr expr, long time) {
    return ((QueryResult.Matrix) evaluator.instant(expr, time)).series();
  }

  /** What an operator makes of two numbers; of a comparison 1 or 0. */
  double applied(Expr.Binary binary, double left, double right) {
    Expr numbers =
        new Expr.Binary(
            binary.place(),
            binary.operator(),
            new Expr.Number(binary.place(), left),
            new Expr.Number(binary.place(), right),
            binary.operator().kind() == BinaryOperator.Kind.COMPARISON,
            Matching.ALL_LABELS);
    return ((QueryResult.Scalar) evaluator.instant(numbers, 0)).value();
  }

  /** Two numbers that an operator joins, like {@code 91 > 80: holds} or {@code 3 / 4 = 0.75}. */
  Found pair(Expr.Binary binary, Labels labels, double left, double right) {
    double result = applied(binary, left, right);
    String sides = Numbers.print(left) + " " + binary.operator() + " " + Numbers.print(right);
    if (binary.operator().kind() != BinaryOperator.Kind.COMPARISON) {
      return Found.kept(labels, result, sides + " = " + Numbers.print(result));
    }
    boolean isHeld = result == 1;
    String text = sides + (isHeld ? ": holds" : ": does not hold");
    if (binary.isBool()) {
      return Found.kept(labels, result, text);
    }
    return isHeld ? Found.kept(labels, left, text) : Found.dropped(labels, text);
  }
}
