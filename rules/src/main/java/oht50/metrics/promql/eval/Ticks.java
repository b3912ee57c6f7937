package oht50.metrics.promql.eval;

/**
 * Times of evaluation: {@code first, first + step, ..., not after last}, in milliseconds since the
 * epoch.
 */
record Ticks(long first, long last, long step) {
  /** More would not fit into memory with any series. */
  private static final long MOST = 1_000_000;

  Ticks {
    if (last >= first && (last - first) / step >= MOST) {
      throw new EvaluationFailure(
          "more than " + MOST + " ticks in one query or subquery; make its step longer");
    }
  }

  static Ticks single(long at) {
    return new Ticks(at, at, 1);
  }

  int count() {
    return last < first ? 0 : (int) ((last - first) / step + 1);
  }

  long at(int index) {
    return first + index * step;
  }
}
