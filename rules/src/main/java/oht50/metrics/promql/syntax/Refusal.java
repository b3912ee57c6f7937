package oht50.metrics.promql.syntax;

/** Why a part of Prometheus' language is left out. */
public enum Refusal {
  EXPERIMENTAL("Prometheus calls it experimental and may change it"),
  NATIVE_HISTOGRAM("it is about native histograms, which are not stored; use classic buckets");

  private final String reason;

  Refusal(String reason) {
    this.reason = reason;
  }

  public String reason() {
    return reason;
  }
}
