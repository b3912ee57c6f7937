package oht50.metrics.client;

import java.util.Locale;

/** What the values of a metric mean. */
public enum MetricType {
  /** A value that was measured at an instant. */
  GAUGE,
  /** A running total that falls only when its program restarts; never negative. */
  COUNTER,
  /** One observation of a distribution. */
  HISTOGRAM,
  /** One observation whose source computes quantiles. */
  SUMMARY;

  /** As points spell it. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
