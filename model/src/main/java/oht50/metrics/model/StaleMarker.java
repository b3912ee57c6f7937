package oht50.metrics.model;

/**
 * The NaN by which Prometheus marks the end of a series (bits as in its {@code value.StaleNaN}).
 */
public final class StaleMarker {
  public static final double VALUE = Double.longBitsToDouble(0x7ff0000000000002L);

  private StaleMarker() {}

  public static boolean is(double value) {
    return Double.doubleToRawLongBits(value) == 0x7ff0000000000002L;
  }
}
