package oht50.metrics.source.exposition;

import java.util.Locale;

/** What a target may answer with. */
public enum ExpositionFormat {
  /**
   * Prometheus' text format 0.0.4
   * (https://prometheus.io/docs/instrumenting/exposition_formats/#text-based-format), in the
   * reading of Prometheus' own library where the page leaves a choice. Times are milliseconds.
   */
  PROMETHEUS_TEXT {
    @Override
    public void parse(byte[] bytes, int length, ExpositionLimits limits, SampleVisitor visitor)
        throws InvalidExposition {
      new PrometheusTextParser(bytes, length, limits, visitor).parse();
    }
  },
  /**
   * OpenMetrics 1.0 (https://prometheus.io/docs/specs/om/open_metrics_spec/), with all that it
   * demands of types, order, names and values. Times are seconds.
   */
  OPENMETRICS {
    @Override
    public void parse(byte[] bytes, int length, ExpositionLimits limits, SampleVisitor visitor)
        throws InvalidExposition {
      new OpenMetricsParser(bytes, length, limits, visitor).parse();
    }
  };

  /** What to ask a target for: rather OpenMetrics. */
  public static final String ACCEPT =
      "application/openmetrics-text;version=1.0.0,text/plain;version=0.0.4;q=0.5,*/*;q=0.1";

  /**
   * @param contentType of the answer, or null; what does not say to be OpenMetrics is read as the
   *     older format, as a page without a type always was
   */
  public static ExpositionFormat ofContentType(String contentType) {
    return contentType != null
            && contentType
                .strip()
                .toLowerCase(Locale.ROOT)
                .startsWith("application/openmetrics-text")
        ? OPENMETRICS
        : PROMETHEUS_TEXT;
  }

  /**
   * Reads a text. The visitor may have been called before the text turns out to be invalid.
   *
   * @param length of the bytes that are the text
   */
  public abstract void parse(
      byte[] bytes, int length, ExpositionLimits limits, SampleVisitor visitor)
      throws InvalidExposition;
}
