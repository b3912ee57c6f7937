package oht50.metrics.source.relabel;

import oht50.metrics.model.RejectReason;

/** Rules made something of a series that is none. */
public final class InvalidSeries extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final RejectReason reason;

  InvalidSeries(RejectReason reason, String message) {
    super(message);
    this.reason = reason;
  }

  public RejectReason reason() {
    return reason;
  }
}
