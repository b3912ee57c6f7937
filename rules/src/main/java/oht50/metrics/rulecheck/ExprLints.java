package oht50.metrics.rulecheck;

import java.util.EnumSet;
import java.util.Set;
import java.util.TreeSet;
import oht50.metrics.promql.syntax.AggregationOperator;
import oht50.metrics.promql.syntax.BinaryOperator;
import oht50.metrics.promql.syntax.Expr;
import oht50.metrics.promql.syntax.ExprWalk;
import oht50.metrics.promql.syntax.Function;
import oht50.metrics.promql.syntax.LabelMatcher;
import oht50.metrics.promql.syntax.Matching;
import oht50.metrics.promql.syntax.Names;
import oht50.metrics.promql.syntax.Place;
import oht50.metrics.promql.syntax.ValueType;

/** What is wrong with the parts of an expression. */
final class ExprLints extends ExprWalk {
  private static final Set<Function> OF_COUNTERS =
      EnumSet.of(Function.RATE, Function.INCREASE, Function.IRATE, Function.RESETS);
  private static final Set<Function> OF_GAUGES =
      EnumSet.of(Function.DELTA, Function.IDELTA, Function.DERIV, Function.PREDICT_LINEAR);

  private final KnownMetrics known;
  private final Set<String> recorded;
  private final LabelFlow flow;
  private final Notes notes;

  /** Takes remarks about parts of the expression. */
  interface Notes {
    void add(Lint lint, Place place, String message);
  }

  ExprLints(KnownMetrics known, Set<String> recorded, Notes notes) {
    this.known = known;
    this.recorded = recorded;
    this.flow = new LabelFlow(known);
    this.notes = notes;
  }

  @Override
  public Void vectorSelector(Expr.VectorSelector selector) {
    String name = LabelFlow.nameOf(selector);
    if (name != null && known.isUndefined(name, recorded)) {
      notes.add(
          Lint.UNDEFINED_METRIC,
          selector.place(),
          "nobody has a metric "
              + name
              + "; write its name as docs/exposition.md has it, or name it with --metric");
    }
    VectorLabels labels = flow.of(selector);
    for (String label : labels.named().keySet()) {
      if (labels.of(label).isImpossible()) {
        notes.add(
            Lint.SELECTS_NOTHING,
            selector.place(),
            "this selects nothing: no series has a label %s that meets %s"
                .formatted(Names.label(label), conditions(selector, label)));
      }
    }
    return null;
  }

  private static String conditions(Expr.VectorSelector selector, String label) {
    return String.join(
        " and ",
        selector.conditions().stream()
            .filter(condition -> condition.name().equals(label))
            .map(LabelMatcher::toString)
            .toList());
  }

  @Override
  public Void binary(Expr.Binary binary) {
    boolean areVectors =
        binary.left().type() == ValueType.VECTOR && binary.right().type() == ValueType.VECTOR;
    if (areVectors && binary.operator() != BinaryOperator.OR) {
      checkMatching(binary);
      checkSame(binary);
    }
    if (binary.operator().kind() == BinaryOperator.Kind.COMPARISON) {
      checkCounter(binary, binary.left(), binary.right());
      checkCounter(binary, binary.right(), binary.left());
    }
    return super.binary(binary);
  }

  private void checkMatching(Expr.Binary binary) {
    VectorLabels left = flow.of(binary.left());
    VectorLabels right = flow.of(binary.right());
    Matching matching = binary.matching();
    Set<String> compared = new TreeSet<>(left.namedHereOrIn(right));
    if (matching.isOn()) {
      compared = new TreeSet<>(matching.labels());
    } else {
      compared.removeAll(matching.labels());
    }
    for (String label : compared) {
      LabelValues ofLeft = left.of(label);
      LabelValues ofRight = right.of(label);
      boolean isSaid = ofLeft.isImpossible() || ofRight.isImpossible(); // of the selector
      if (!isSaid && !ofLeft.canEqual(ofRight)) {
        notes.add(Lint.NEVER_MATCHES, binary.place(), neverMatches(binary, label, ofLeft, ofRight));
        return;
      }
    }
  }

  private static String neverMatches(
      Expr.Binary binary, String label, LabelValues left, LabelValues right) {
    String name = Names.label(label);
    String cure =
        binary.matching().isOn()
            ? "leave " + name + " out of on()"
            : "write ignoring (" + name + "), or aggregate it away";
    String effect =
        binary.operator() == BinaryOperator.UNLESS ? "excludes nothing" : "never has a result";
    return "the sides of %s never match, so it %s: of the label %s the left has %s, the right %s; %s"
        .formatted(binary.operator(), effect, name, left.words(), right.words(), cure);
  }

  private void checkSame(Expr.Binary binary) {
    boolean isQuotient = binary.operator() == BinaryOperator.DIVIDE;
    if (!isQuotient && binary.operator() != BinaryOperator.SUBTRACT) {
      return;
    }
    boolean isOneToOne = binary.matching().cardinality() == Matching.Cardinality.ONE_TO_ONE;
    boolean isEqual = isOneToOne && binary.left().unwrapped().equals(binary.right().unwrapped());
    boolean isSame =
        binary.matching().equals(Matching.ALL_LABELS)
            && SameSeries.are(binary.left(), binary.right());
    if (isEqual || isSame) {
      notes.add(
          Lint.ALWAYS_SAME,
          binary.place(),
          "this is always %s: matched label by label, both sides are the same series; %s"
              .formatted(
                  isQuotient ? "1" : "0",
                  "aggregate the label away in which they differ, as by sum without (...)"));
    }
  }

  private void checkCounter(Expr.Binary comparison, Expr side, Expr other) {
    boolean isWithNumber = other.unwrapped() instanceof Expr.Number number && number.value() != 0;
    if (isWithNumber && side.unwrapped() instanceof Expr.VectorSelector selector) {
      String name = LabelFlow.nameOf(selector);
      if (name != null && known.isCounter(name)) {
        notes.add(
            Lint.BARE_COUNTER,
            comparison.place(),
            name
                + " is a counter, which only grows, until it starts anew;"
                + " compare its increase(...) or rate(...)");
      }
    }
  }

  @Override
  public Void aggregation(Expr.Aggregation aggregation) {
    if (aggregation.operator() == AggregationOperator.QUANTILE) {
      checkShare(aggregation.parameter(), "quantile");
    }
    return super.aggregation(aggregation);
  }

  private void checkShare(Expr parameter, String what) {
    boolean isNoShare =
        parameter.unwrapped() instanceof Expr.Number number
            && (number.value() < 0 || number.value() > 1);
    if (isNoShare) {
      notes.add(
          Lint.BAD_QUANTILE, parameter.place(), what + " takes a share of 1, like 0.95, not this");
    }
  }

  @Override
  public Void call(Expr.Call call) {
    Function function = call.function();
    if (function == Function.HISTOGRAM_QUANTILE || function == Function.QUANTILE_OVER_TIME) {
      checkShare(call.arguments().get(0), function + "()");
    }
    boolean isOfBuckets =
        function == Function.HISTOGRAM_QUANTILE || function == Function.HISTOGRAM_FRACTION;
    if (isOfBuckets) {
      Expr buckets = call.arguments().get(call.arguments().size() - 1);
      if (flow.of(buckets).of(LabelFlow.BOUND).isAbsent()) {
        notes.add(
            Lint.BAD_QUANTILE,
            call.place(),
            function + "() never has a result: its buckets have lost the label le; keep it");
      }
    }
    checkKind(call);
    return super.call(call);
  }

  private void checkKind(Expr.Call call) {
    boolean isOfSelector =
        !call.arguments().isEmpty()
            && call.arguments().get(0).unwrapped() instanceof Expr.MatrixSelector;
    if (!isOfSelector) {
      return;
    }
    Expr.MatrixSelector matrix = (Expr.MatrixSelector) call.arguments().get(0).unwrapped();
    String name = LabelFlow.nameOf(matrix.selector());
    if (name == null) {
      return;
    }
    if (OF_COUNTERS.contains(call.function()) && known.isGauge(name)) {
      notes.add(
          Lint.WRONG_KIND,
          call.place(),
          "%s is a gauge, and %s() takes each fall of it for a restart; use delta(...) or deriv(...)"
              .formatted(name, call.function()));
    } else if (OF_GAUGES.contains(call.function()) && known.isCounter(name)) {
      notes.add(
          Lint.WRONG_KIND,
          call.place(),
          "%s is a counter, and %s() takes a restart of it for a fall; use increase(...) or rate(...)"
              .formatted(name, call.function()));
    }
  }
}
