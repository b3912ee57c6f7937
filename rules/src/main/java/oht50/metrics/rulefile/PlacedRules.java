package oht50.metrics.rulefile;

import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import oht50.metrics.promql.syntax.Place;
import oht50.metrics.yaml.Finding;
import oht50.metrics.yaml.YamlValue;

/** The rules of a file, and where in it they and their parts stand. */
public final class PlacedRules {
  private final RuleFile file;
  private final Map<Rule, Texts> texts;

  PlacedRules(RuleFile file, Map<Rule, Texts> texts) {
    this.file = file;
    this.texts = texts;
  }

  /** What of a rule was written where; labels and annotations by {@code label x}. */
  static final class Texts {
    final YamlValue expr;
    final Map<String, YamlValue> parts = new HashMap<>();

    Texts(YamlValue expr) {
      this.expr = expr;
    }
  }

  static Map<Rule, Texts> noTexts() {
    return new IdentityHashMap<>();
  }

  public RuleFile file() {
    return file;
  }

  /**
   * A finding at a part of a rule's expression.
   *
   * @param place in the text of the expression
   */
  public Finding at(Rule rule, Place place, String message) {
    return at(texts.get(rule).expr, place, message);
  }

  static Finding at(YamlValue expr, Place place, String message) {
    String text = expr.text("expr");
    int begin = 0;
    for (int line = 1; line < place.line(); line++) {
      begin = text.indexOf('\n', begin) + 1;
    }
    return expr.findingAt(Math.min(begin + place.column() - 1, text.length()), message);
  }

  /**
   * A finding at a label or an annotation.
   *
   * @param kind {@code label} or {@code annotation}
   */
  public Finding atText(Rule rule, String kind, String name, String message) {
    Texts ofRule = texts.get(rule);
    return ofRule.parts.getOrDefault(kind + " " + name, ofRule.expr).finding(message);
  }
}
