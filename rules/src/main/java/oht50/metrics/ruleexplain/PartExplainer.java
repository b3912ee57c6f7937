package oht50.metrics.ruleexplain;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import oht50.metrics.model.Labels;
import oht50.metrics.promql.eval.EvaluationFailure;
import oht50.metrics.promql.eval.QueryResult;
import oht50.metrics.promql.eval.QueryResult.Sample;
import oht50.metrics.promql.syntax.AggregationOperator;
import oht50.metrics.promql.syntax.Expr;
import oht50.metrics.promql.syntax.ExprVisitor;
import oht50.metrics.promql.syntax.Function;
import oht50.metrics.promql.syntax.Numbers;
import oht50.metrics.promql.syntax.Selectors;
import oht50.metrics.promql.syntax.Shift;
import oht50.metrics.promql.syntax.ValueType;
import oht50.metrics.ruleexplain.PartContext.Found;
import oht50.metrics.ruleplan.LabelScope;

/**
 * What an expression and each of its parts are at a time: each is evaluated by itself, by the
 * evaluator of production. Of numbers and strings nothing is said; such a part is null.
 */
final class PartExplainer implements ExprVisitor<Part> {
  private static final List<String> BOUND = List.of("le");

  private final PartContext context;
  private final long time;
  private final Wanted wanted;
  private final SelectorParts selectors;

  /**
   * @param time of evaluation, ms
   * @param wanted of the series of the expression; of its parts what follows from that
   */
  PartExplainer(PartContext context, long time, Wanted wanted) {
    this.context = context;
    this.time = time;
    this.wanted = wanted;
    this.selectors = new SelectorParts(context, time);
  }

  Part explain(Expr expr) {
    return expr.accept(this);
  }

  private Part inner(Expr expr, Wanted asked) {
    return new PartExplainer(context, time, asked).explain(expr);
  }

  private static List<Part> present(Part... parts) {
    List<Part> present = new ArrayList<>();
    for (Part part : parts) {
      if (part != null) {
        present.add(part);
      }
    }
    return present;
  }

  @Override
  public Part number(Expr.Number number) {
    return null;
  }

  @Override
  public Part text(Expr.Text text) {
    return null;
  }

  @Override
  public Part vectorSelector(Expr.VectorSelector selector) {
    try {
      return selectors.newest(selector, wanted);
    } catch (EvaluationFailure e) {
      return context.failed(selector, e, List.of());
    }
  }

  @Override
  public Part matrixSelector(Expr.MatrixSelector matrix) {
    try {
      return selectors.all(matrix, wanted);
    } catch (EvaluationFailure e) {
      return context.failed(matrix, e, List.of());
    }
  }

  @Override
  public Part subquery(Expr.Subquery subquery) {
    List<Part> parts = new ArrayList<>();
    List<String> remarks = new ArrayList<>();
    // These count from the tick of the whole, which an inner tick by itself does not know.
    boolean isOfWhole =
        Selectors.of(subquery.expr()).stream()
            .anyMatch(
                each ->
                    each.shift().anchor().kind() == Shift.Kind.START
                        || each.shift().anchor().kind() == Shift.Kind.END);
    if (!isOfWhole) {
      long step =
          subquery.stepMillis() == 0
              ? context.options().subqueryStepMillis()
              : subquery.stepMillis();
      long last = Math.floorDiv(selectors.reference(subquery.shift()), step) * step;
      remarks.add("its parts at the last of its ticks, " + context.moments().text(last));
      parts.addAll(present(new PartExplainer(context, last, wanted).explain(subquery.expr())));
    }
    try {
      List<Found> found = new ArrayList<>();
      for (QueryResult.Points points : context.points(subquery, time)) {
        found.add(new Found(new Part.Entry(points.labels(), null, selectors.window(points)), true));
      }
      return context.part(subquery, wanted, found, remarks, parts);
    } catch (EvaluationFailure e) {
      return context.failed(subquery, e, parts);
    }
  }

  @Override
  public Part parenthesized(Expr.Parenthesized parenthesized) {
    return explain(parenthesized.expr());
  }

  @Override
  public Part unary(Expr.Unary unary) {
    return values(unary, present(explain(unary.expr())));
  }

  @Override
  public Part binary(Expr.Binary binary) {
    List<Part> parts =
        present(
            inner(binary.left(), Sides.left(binary, wanted)),
            inner(binary.right(), Sides.right(binary, wanted)));
    try {
      context.evaluator().instant(binary, time); // fails if partners are ambiguous
      List<Sample> left = context.samples(binary.left(), time);
      List<Sample> right = context.samples(binary.right(), time);
      return context.part(binary, wanted, found(binary, left, right), List.of(), parts);
    } catch (EvaluationFailure e) {
      return context.failed(binary, e, parts);
    }
  }

  private List<Found> found(Expr.Binary binary, List<Sample> left, List<Sample> right) {
    boolean isLeftScalar = binary.left().type() == ValueType.SCALAR;
    if (!isLeftScalar && binary.right().type() != ValueType.SCALAR) {
      return new JoinParts(context, binary, wanted, left, right).found();
    }
    // Scalars have one sample; the other side may have any number.
    List<Found> found = new ArrayList<>();
    for (Sample sample : isLeftScalar ? right : left) {
      double onTheLeft = (isLeftScalar ? left.get(0) : sample).value();
      double onTheRight = (isLeftScalar ? sample : right.get(0)).value();
      found.add(context.pair(binary, sample.labels(), onTheLeft, onTheRight));
    }
    return found;
  }

  @Override
  public Part aggregation(Expr.Aggregation aggregation) {
    LabelScope groups =
        aggregation.isWithout()
            ? LabelScope.allBut(aggregation.labels())
            : LabelScope.only(aggregation.labels());
    Part parameter =
        aggregation.parameter() == null ? null : inner(aggregation.parameter(), Wanted.ANY);
    Wanted asked = wanted.within(groups);
    if (aggregation.operator() == AggregationOperator.COUNT_VALUES
        && aggregation.parameter().unwrapped() instanceof Expr.Text label) {
      asked = asked.without(List.of(label.value()));
    }
    List<Part> parts = present(inner(aggregation.expr(), asked), parameter);
    return switch (aggregation.operator()) {
      case TOPK, BOTTOMK, COUNT_VALUES -> values(aggregation, parts);
      case SUM, AVG, COUNT, MIN, MAX, GROUP, STDDEV, STDVAR, QUANTILE ->
          grouped(aggregation, parts);
    };
  }

  /** With the number of series of each group. */
  private Part grouped(Expr.Aggregation aggregation, List<Part> parts) {
    Expr counting =
        new Expr.Aggregation(
            aggregation.place(),
            AggregationOperator.COUNT,
            null,
            aggregation.expr(),
            aggregation.isWithout(),
            aggregation.labels());
    try {
      Map<Labels, Double> counts = new HashMap<>();
      context
          .samples(counting, time)
          .forEach(sample -> counts.put(sample.labels(), sample.value()));
      List<Found> found = new ArrayList<>();
      for (Sample sample : context.samples(aggregation, time)) {
        String text =
            Numbers.print(sample.value())
                + ", of "
                + Numbers.print(Objects.requireNonNull(counts.get(sample.labels())))
                + " series";
        found.add(Found.kept(sample.labels(), sample.value(), text));
      }
      return context.part(aggregation, wanted, found, List.of(), parts);
    } catch (EvaluationFailure e) {
      return context.failed(aggregation, e, parts);
    }
  }

  @Override
  public Part call(Expr.Call call) {
    Wanted asked = ofArguments(call);
    List<Part> parts = new ArrayList<>();
    for (Expr argument : call.arguments()) {
      boolean isOfSeries =
          argument.type() == ValueType.VECTOR || argument.type() == ValueType.MATRIX;
      parts.addAll(present(inner(argument, isOfSeries ? asked : Wanted.ANY)));
    }
    return values(call, parts);
  }

  private Wanted ofArguments(Expr.Call call) {
    return switch (call.function()) {
      // What they say is of all series, whatever their labels are.
      case ABSENT, ABSENT_OVER_TIME, SCALAR_OF, VECTOR_OF -> Wanted.ANY;
      case LABEL_REPLACE, LABEL_JOIN ->
          call.arguments().get(1).unwrapped() instanceof Expr.Text label
              ? wanted.without(List.of(label.value()))
              : Wanted.ANY;
      case HISTOGRAM_QUANTILE, HISTOGRAM_FRACTION -> wanted.without(BOUND);
      default -> wanted;
    };
  }

  private Part values(Expr expr, List<Part> parts) {
    try {
      List<Found> found = new ArrayList<>();
      for (Sample sample : context.samples(expr, time)) {
        found.add(Found.kept(sample.labels(), sample.value(), Numbers.print(sample.value())));
      }
      return context.part(expr, wanted, found, remarks(expr, found), parts);
    } catch (EvaluationFailure e) {
      return context.failed(expr, e, parts);
    }
  }

  private List<String> remarks(Expr expr, List<Found> found) {
    if (!(expr instanceof Expr.Call call)) {
      return List.of();
    }
    Function function = call.function();
    if (function == Function.ABSENT || function == Function.ABSENT_OVER_TIME) {
      return List.of(
          found.isEmpty()
              ? "nothing, because what it asks for is there"
              : "what it asks for is not there");
    }
    if (function == Function.SCALAR_OF) {
      int count = context.samples(call.arguments().get(0), time).size();
      return count == 1 ? List.of() : List.of("NaN, because there are " + count + " series, not 1");
    }
    return List.of();
  }
}
