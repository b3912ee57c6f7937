package oht50.metrics.promql.eval;

import java.util.ArrayList;
import java.util.List;
import oht50.metrics.promql.syntax.BinaryOperator;
import oht50.metrics.promql.syntax.Matching;

/** {@code and}, {@code or} and {@code unless}: which series stay, tick by tick. */
final class SetOperations {
  private final Signatures signatures;
  private final List<TickSeries> left;
  private final List<TickSeries> right;
  private final int ticks;

  SetOperations(Matching matching, List<TickSeries> left, List<TickSeries> right, int ticks) {
    this.signatures = new Signatures(matching, left, right);
    this.left = left;
    this.right = right;
    this.ticks = ticks;
  }

  List<TickSeries> apply(BinaryOperator operator) {
    return operator == BinaryOperator.OR ? union() : filtered(operator == BinaryOperator.AND);
  }

  /** Of the left side what has a partner on the right, or what has none. */
  private List<TickSeries> filtered(boolean isPartnerWanted) {
    boolean[][] partners = presence(right, signatures.right());
    return chosen(left, signatures.left(), partners, isPartnerWanted);
  }

  /** The left side, and of the right what has no partner on the left. */
  private List<TickSeries> union() {
    boolean[][] partners = presence(left, signatures.left());
    List<TickSeries> all = new ArrayList<>(left);
    all.addAll(chosen(right, signatures.right(), partners, false));
    return all;
  }

  // tick, signature -> whether a series is there
  private boolean[][] presence(List<TickSeries> side, int[] ofSeries) {
    boolean[][] presence = new boolean[ticks][signatures.count()];
    for (int i = 0; i < side.size(); i++) {
      for (int tick = 0; tick < ticks; tick++) {
        presence[tick][ofSeries[i]] |= side.get(i).present[tick];
      }
    }
    return presence;
  }

  private List<TickSeries> chosen(
      List<TickSeries> side, int[] ofSeries, boolean[][] partners, boolean isPartnerWanted) {
    List<TickSeries> chosen = new ArrayList<>();
    for (int i = 0; i < side.size(); i++) {
      TickSeries series = side.get(i);
      TickSeries kept = new TickSeries(series.labels, series.losesName, ticks);
      for (int tick = 0; tick < ticks; tick++) {
        if (series.present[tick] && partners[tick][ofSeries[i]] == isPartnerWanted) {
          kept.set(tick, series.values[tick]);
        }
      }
      if (!kept.isEmpty()) {
        chosen.add(kept);
      }
    }
    return chosen;
  }
}
