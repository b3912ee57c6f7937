package oht50.metrics.rule;

import java.util.List;

/** A file of sequences that cannot be used, with every fault in it. */
public final class InvalidSequences extends Exception {
  private static final long serialVersionUID = 1L;

  InvalidSequences(List<String> faults) {
    super(String.join("; ", faults));
  }
}
