package oht50.metrics.source.relabel;

import java.util.List;

/** A file of rules that cannot be used, with every fault in it. */
public final class InvalidRelabelFile extends Exception {
  private static final long serialVersionUID = 1L;

  InvalidRelabelFile(List<String> faults) {
    super(String.join("; ", faults));
  }
}
