package oht50.metrics.promql.eval;

/**
 * The NaN that stands for a native histogram among the values of a series. Such values are not
 * stored here; where one is read all the same, as from Prometheus' own test data, the evaluation
 * fails.
 */
public final class NativeHistogram {
  private static final long BITS = 0x7ff0000000000005L;

  public static final double VALUE = Double.longBitsToDouble(BITS);

  private NativeHistogram() {}

  public static boolean is(double value) {
    return Double.isNaN(value) && Double.doubleToRawLongBits(value) == BITS;
  }

  /** An evaluation came across a native histogram. */
  public static final class Read extends EvaluationFailure {
    private static final long serialVersionUID = 1L;

    Read() {
      super("a native histogram was read, which this language does not know");
    }
  }
}
