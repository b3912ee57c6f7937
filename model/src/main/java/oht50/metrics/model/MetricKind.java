package oht50.metrics.model;

/** What the values of a series mean. The codes are persisted and never reused. */
public enum MetricKind {
  /** A value that was measured at an instant. */
  GAUGE(1, "gauge"),
  /** A cumulative total as its source reports it; it falls only when the source restarts. */
  COUNTER(2, "counter"),
  /** n occurrences of one entity in one second: what this job counts itself. */
  DELTA(3, "delta"),
  /** A value that holds until the next one: position, mode, battery. Analysts see a gauge. */
  STATE(4, "gauge"),
  /** One observation of a distribution. */
  HISTOGRAM(5, "histogram"),
  /** One observation whose source computes quantiles. */
  SUMMARY(6, "summary"),
  /**
   * A state of few values of which it counts when exactly each began: the state words, mode and
   * signals of a robot. Rows of minutes say when it changed. Analysts see a gauge.
   */
  TRACKED_STATE(7, "gauge");

  private final int code;
  private final String metricType;

  MetricKind(int code, String metricType) {
    this.code = code;
    this.metricType = metricType;
  }

  public int code() {
    return code;
  }

  /** The word in the {@code metric_type} column. */
  public String metricType() {
    return metricType;
  }

  /** Whether a series speaks at intervals, and not when something happens. */
  public boolean isPeriodic() {
    return this == GAUGE || this == COUNTER || isState();
  }

  /** Whether a value holds until the next one. */
  public boolean isState() {
    return this == STATE || this == TRACKED_STATE;
  }

  public static MetricKind ofCode(int code) {
    for (MetricKind kind : values()) {
      if (kind.code == code) {
        return kind;
      }
    }
    throw new IllegalArgumentException("unknown metric kind code " + code);
  }
}
