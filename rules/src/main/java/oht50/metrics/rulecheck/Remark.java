package oht50.metrics.rulecheck;

import oht50.metrics.yaml.Finding;

/** Something that is probably wrong with a rule. */
public record Remark(Lint lint, Finding finding) {
  /** One line, with the word of the lint at its end. */
  @Override
  public String toString() {
    return finding + " [" + lint.word() + "]";
  }
}
