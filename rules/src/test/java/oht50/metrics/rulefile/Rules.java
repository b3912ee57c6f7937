package oht50.metrics.rulefile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import oht50.metrics.yaml.Finding;

/** Rule files of tests. */
public final class Rules {
  private Rules() {}

  /** Reads what is in order. */
  public static PlacedRules read(String text) {
    List<Finding> findings = new ArrayList<>();
    PlacedRules rules = RuleFileReader.read("r.yml", text, false, findings);
    assertThat(findings).isEmpty();
    return rules;
  }

  /** A file of one group, whose rules are given as they stand below {@code rules:}. */
  public static String group(String rules) {
    return "groups:\n- name: g\n  interval: 1m\n  rules:\n" + rules.indent(2);
  }

  /** What is wrong with a file, each a line. */
  public static List<String> findings(String text) {
    List<Finding> findings = new ArrayList<>();
    RuleFileReader.read("r.yml", text, false, findings);
    return findings.stream().sorted().map(Finding::toString).toList();
  }
}
