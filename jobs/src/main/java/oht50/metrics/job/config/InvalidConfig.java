package oht50.metrics.job.config;

import java.util.List;

/** Settings that cannot be used, with every fault in them. */
public final class InvalidConfig extends Exception {
  private static final long serialVersionUID = 1L;

  public InvalidConfig(List<String> faults) {
    super(String.join("; ", faults));
  }
}
