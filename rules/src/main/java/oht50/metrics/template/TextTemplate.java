package oht50.metrics.template;

import java.io.Serializable;

/** A text with parts that are filled in. Two are equal if their texts are. */
public final class TextTemplate implements Serializable {
  private static final long serialVersionUID = 1L;

  private final String text;
  private final transient ParsedTemplate parsed;

  private TextTemplate(String text, ParsedTemplate parsed) {
    this.text = text;
    this.parsed = parsed;
  }

  /**
   * @throws InvalidTemplate with the first fault
   */
  public static TextTemplate parse(String text) throws InvalidTemplate {
    return new TextTemplate(text, TemplateParser.parse(text));
  }

  /** As it was written. */
  public String text() {
    return text;
  }

  /** Whether it says the same whatever it is filled with. */
  public boolean isConstant() {
    return !text.contains("{{");
  }

  /**
   * @throws TemplateFailure if these data do not fit, in the words of Go where it has some
   */
  public String fill(TemplateData data) throws TemplateFailure {
    return isConstant() ? text : new TemplateRun(parsed, data).text();
  }

  /** A field of the alert that the template asks for and that no alert has, or null. */
  public String unknownField() {
    return parsed.unknownField();
  }

  /** What it writes of the alert. */
  public TemplateUses uses() {
    return TemplateUses.of(parsed);
  }

  private Object readResolve() {
    try {
      return parse(text);
    } catch (InvalidTemplate e) {
      throw new IllegalStateException("written by another version: " + text, e);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TextTemplate template && text.equals(template.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return text;
  }
}
