package oht50.metrics.promql.eval;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import oht50.metrics.model.Labels;
import oht50.metrics.promql.syntax.BinaryOperator;
import oht50.metrics.promql.syntax.Expr;
import oht50.metrics.promql.syntax.Matching;
import oht50.metrics.promql.syntax.Matching.Cardinality;

/**
 * Arithmetic and comparisons between the series of two vectors that belong together. One side is
 * "the one": at each tick at most one of its series may have a signature.
 */
final class VectorOperations {
  private static final int NONE = -1;

  private final BinaryOperator operator;
  private final boolean isComparison;
  private final boolean isBool;
  private final Matching matching;
  private final boolean isOneLeft;
  private final boolean dropsNamesLast;
  private final int ticks;
  private final Signatures signatures;
  private final List<TickSeries> many;
  private final List<TickSeries> one;
  private final int[] signaturesOfMany;
  private final int[] signaturesOfOne;
  private final int[] oneOfSignature; // signature -> index in one at the tick, or NONE
  private final int[] usedAt; // signature -> the last tick at which one of many had it
  private final Map<Labels, Result> results = new LinkedHashMap<>();
  private final Labels[] labelsOfMany; // index in many -> labels of its last result
  private final int[] partners; // index in many -> index in one that these are of

  /** A series of the result, and what it was last made of. */
  private static final class Result {
    private final TickSeries series;
    private int tick = NONE;
    private int signature = NONE;

    private Result(TickSeries series) {
      this.series = series;
    }
  }

  VectorOperations(
      Expr.Binary binary,
      List<TickSeries> left,
      List<TickSeries> right,
      int ticks,
      boolean dropsNamesLast) {
    this.operator = binary.operator();
    this.isComparison = operator.kind() == BinaryOperator.Kind.COMPARISON;
    this.isBool = binary.isBool();
    this.matching = binary.matching();
    this.isOneLeft = matching.cardinality() == Cardinality.ONE_TO_MANY;
    this.dropsNamesLast = dropsNamesLast;
    this.ticks = ticks;
    this.signatures = new Signatures(matching, left, right);
    this.many = isOneLeft ? right : left;
    this.one = isOneLeft ? left : right;
    this.signaturesOfMany = isOneLeft ? signatures.right() : signatures.left();
    this.signaturesOfOne = isOneLeft ? signatures.left() : signatures.right();
    this.oneOfSignature = new int[signatures.count()];
    this.usedAt = new int[signatures.count()];
    this.labelsOfMany = new Labels[many.size()];
    this.partners = new int[many.size()];
    Arrays.fill(usedAt, NONE);
    Arrays.fill(partners, NONE);
  }

  List<TickSeries> apply() {
    for (int tick = 0; tick < ticks; tick++) {
      // With nothing on one side nothing can be wrong with the other.
      if (isAnyPresent(many, tick) && isAnyPresent(one, tick)) {
        placeOne(tick);
        for (int i = 0; i < many.size(); i++) {
          int partner = oneOfSignature[signaturesOfMany[i]];
          if (many.get(i).present[tick] && partner != NONE) {
            join(i, partner, tick);
          }
        }
      }
    }
    List<TickSeries> vector = new ArrayList<>(results.size());
    for (Result result : results.values()) {
      if (!result.series.isEmpty()) {
        vector.add(result.series);
      }
    }
    return vector;
  }

  private static boolean isAnyPresent(List<TickSeries> side, int tick) {
    for (TickSeries series : side) {
      if (series.present[tick]) {
        return true;
      }
    }
    return false;
  }

  private void placeOne(int tick) {
    Arrays.fill(oneOfSignature, NONE);
    for (int i = 0; i < one.size(); i++) {
      if (!one.get(i).present[tick]) {
        continue;
      }
      int signature = signaturesOfOne[i];
      if (oneOfSignature[signature] != NONE) {
        throw duplicate(one.get(oneOfSignature[signature]).labels, one.get(i).labels);
      }
      oneOfSignature[signature] = i;
    }
  }

  private EvaluationFailure duplicate(Labels first, Labels second) {
    List<String> series = Stream.of(first, second).map(MetricLabels::text).sorted().toList();
    return new EvaluationFailure(
        ("found duplicate series for the match group %s on the %s hand-side of the operation:"
                + " %s;many-to-many matching not allowed: matching labels must be unique on one"
                + " side")
            .formatted(
                MetricLabels.text(signatures.compared(first)),
                isOneLeft ? "left" : "right",
                series));
  }

  private void join(int ofMany, int ofOne, int tick) {
    Result result = result(ofMany, ofOne);
    checkUnique(result, signaturesOfMany[ofMany], tick);
    double valueOfMany = many.get(ofMany).values[tick];
    double valueOfOne = one.get(ofOne).values[tick];
    double left = isOneLeft ? valueOfOne : valueOfMany;
    double right = isOneLeft ? valueOfMany : valueOfOne;
    boolean isKept = !isComparison || isBool || ScalarOperations.holds(operator, left, right);
    if (!isKept) {
      return;
    }
    if (result.series.present[tick]) {
      throw EvaluationFailure.sameLabels();
    }
    result.series.set(tick, value(left, right));
  }

  private double value(double left, double right) {
    if (!isComparison) {
      return ScalarOperations.calculate(operator, left, right);
    }
    return !isBool ? left : ScalarOperations.holds(operator, left, right) ? 1 : 0;
  }

  /** Also where a comparison keeps nothing. */
  private void checkUnique(Result result, int signature, int tick) {
    if (matching.cardinality() == Cardinality.ONE_TO_ONE) {
      if (usedAt[signature] == tick) {
        throw new EvaluationFailure(
            "multiple matches for labels: many-to-one matching must be explicit"
                + " (group_left/group_right)");
      }
      usedAt[signature] = tick;
    } else if (result.tick == tick && result.signature == signature) {
      throw new EvaluationFailure(
          "multiple matches for labels: grouping labels must ensure unique matches");
    }
    result.tick = tick;
    result.signature = signature;
  }

  private Result result(int ofMany, int ofOne) {
    if (partners[ofMany] != ofOne) {
      partners[ofMany] = ofOne;
      labelsOfMany[ofMany] = labels(many.get(ofMany).labels, one.get(ofOne).labels);
    }
    return results.computeIfAbsent(
        labelsOfMany[ofMany], labels -> new Result(new TickSeries(labels, isBool, ticks)));
  }

  private Labels labels(Labels ofMany, Labels ofOne) {
    boolean isSameMetric = isComparison && (!isBool || dropsNamesLast);
    Labels labels = isSameMetric ? ofMany : MetricLabels.dropMetric(ofMany);
    if (matching.cardinality() == Cardinality.ONE_TO_ONE) {
      labels = matching.isOn() ? labels.keep(matching.labels()) : labels.without(matching.labels());
    }
    for (String included : matching.included()) {
      String value = ofOne.get(included);
      labels = labels.with(included, value == null ? "" : value);
    }
    return labels;
  }
}
