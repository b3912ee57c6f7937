package oht50.metrics.job.config;

import java.util.List;
import java.util.stream.Collectors;

/** Settings that cannot be used, with every fault in them. */
public final class InvalidConfig extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient List<Finding> faults;

  public InvalidConfig(List<String> faults) {
    this(faults.stream(), faults.stream().map(each -> new Finding(null, "", each)).toList());
  }

  private InvalidConfig(java.util.stream.Stream<String> lines, List<Finding> faults) {
    super(lines.collect(Collectors.joining("; ")));
    this.faults = faults;
  }

  static InvalidConfig of(List<Finding> faults) {
    return new InvalidConfig(faults.stream().map(Finding::toString), List.copyOf(faults));
  }

  public List<Finding> faults() {
    return faults;
  }
}
