package oht50.metrics.ruleset;

import java.util.List;

/** Files that cannot be evaluated, with all that is wrong with them. */
public final class InvalidRules extends Exception {
  private static final long serialVersionUID = 1L;

  InvalidRules(List<String> faults) {
    super(String.join("\n", faults));
  }
}
