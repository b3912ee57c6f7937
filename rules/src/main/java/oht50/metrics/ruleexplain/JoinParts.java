package oht50.metrics.ruleexplain;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import oht50.metrics.model.Labels;
import oht50.metrics.promql.eval.MetricLabels;
import oht50.metrics.promql.eval.QueryResult.Sample;
import oht50.metrics.promql.syntax.BinaryOperator;
import oht50.metrics.promql.syntax.Expr;
import oht50.metrics.promql.syntax.LabelMatcher;
import oht50.metrics.promql.syntax.Matching;
import oht50.metrics.promql.syntax.Numbers;
import oht50.metrics.ruleexplain.PartContext.Found;

/** What an operator between two vectors matches, and what it finds no partner for. */
final class JoinParts {
  private final PartContext context;
  private final Expr.Binary binary;
  private final Matching matching;
  private final List<Sample> left;
  private final List<Sample> right;
  private final Wanted ofResult;
  private final Wanted ofLeft;
  private final Wanted ofRight;

  /** Both sides have been joined without a failure, so that no partner is ambiguous. */
  JoinParts(
      PartContext context,
      Expr.Binary binary,
      Wanted wanted,
      List<Sample> left,
      List<Sample> right) {
    this.context = context;
    this.binary = binary;
    this.matching = binary.matching();
    this.left = left;
    this.right = right;
    this.ofResult = wanted;
    this.ofLeft = Sides.left(binary, wanted);
    this.ofRight = Sides.right(binary, wanted);
  }

  /** Those that meet what is asked for. */
  List<Found> found() {
    return binary.operator().kind() == BinaryOperator.Kind.SET ? chosen() : joined();
  }

  private Labels compared(Labels labels) {
    return MetricLabels.compared(matching, labels);
  }

  // labels that are compared -> a series that has them
  private Map<Labels, Sample> byCompared(List<Sample> side) {
    Map<Labels, Sample> samples = new HashMap<>();
    side.forEach(sample -> samples.putIfAbsent(compared(sample.labels()), sample));
    return samples;
  }

  private List<Found> joined() {
    boolean isOneLeft = matching.cardinality() == Matching.Cardinality.ONE_TO_MANY;
    List<Sample> many = isOneLeft ? right : left;
    List<Sample> one = isOneLeft ? left : right;
    Map<Labels, Sample> partners = byCompared(one);
    Map<Labels, Sample> ofMany = byCompared(many);
    List<Found> found = new ArrayList<>();
    for (Sample sample : many) {
      Sample partner = partners.get(compared(sample.labels()));
      if (partner == null) {
        add(found, isOneLeft ? ofRight : ofLeft, alone(sample, isOneLeft ? "left" : "right"));
      } else {
        double onTheLeft = (isOneLeft ? partner : sample).value();
        double onTheRight = (isOneLeft ? sample : partner).value();
        add(found, ofResult, context.pair(binary, labels(sample, partner), onTheLeft, onTheRight));
      }
    }
    for (Sample sample : one) {
      if (!ofMany.containsKey(compared(sample.labels()))) {
        add(found, isOneLeft ? ofLeft : ofRight, alone(sample, isOneLeft ? "right" : "left"));
      }
    }
    return found;
  }

  private Found alone(Sample sample, String otherSide) {
    return Found.dropped(
        sample.labels(),
        "%s, no partner: nothing on the %s has %s"
            .formatted(
                Numbers.print(sample.value()),
                otherSide,
                SeriesText.of(compared(sample.labels()))));
  }

  /** Without the metric's name, which says nothing here: the expression is printed above. */
  private Labels labels(Sample ofMany, Sample ofOne) {
    if (matching.cardinality() == Matching.Cardinality.ONE_TO_ONE) {
      return compared(ofMany.labels());
    }
    Labels labels = ofMany.labels().without(List.of(LabelMatcher.METRIC_NAME));
    for (String included : matching.included()) {
      labels = labels.with(included, ofOne.labels().get(included));
    }
    return labels;
  }

  private List<Found> chosen() {
    List<Found> found = new ArrayList<>();
    if (binary.operator() == BinaryOperator.OR) {
      for (Sample sample : left) {
        String text = Numbers.print(sample.value()) + ", stays";
        add(found, ofLeft, Found.kept(sample.labels(), sample.value(), text));
      }
      Map<Labels, Sample> partners = byCompared(left);
      right.forEach(sample -> add(found, ofRight, chosen(sample, partners, false, "left")));
    } else {
      boolean isPartnerWanted = binary.operator() == BinaryOperator.AND;
      Map<Labels, Sample> partners = byCompared(right);
      left.forEach(
          sample -> add(found, ofLeft, chosen(sample, partners, isPartnerWanted, "right")));
    }
    return found;
  }

  /** A sample that stays or goes, as it has a partner on the other side or none. */
  private Found chosen(
      Sample sample, Map<Labels, Sample> partners, boolean isPartnerWanted, String otherSide) {
    Labels compared = compared(sample.labels());
    Sample partner = partners.get(compared);
    boolean isKept = (partner != null) == isPartnerWanted;
    String text =
        "%s, %s: %s on the %s has %s"
            .formatted(
                Numbers.print(sample.value()),
                isKept ? "stays" : "goes",
                partner == null ? "nothing" : SeriesText.of(partner.labels()),
                otherSide,
                SeriesText.of(compared));
    return isKept
        ? Found.kept(sample.labels(), sample.value(), text)
        : Found.dropped(sample.labels(), text);
  }

  private static void add(List<Found> all, Wanted wanted, Found found) {
    if (wanted.meets(found.entry().labels())) {
      all.add(found);
    }
  }
}
