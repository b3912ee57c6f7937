package oht50.metrics.template;

import java.util.List;

/** What a value in a template is taken from. */
sealed interface Operand {
  /** A string, a number ({@link Long} or {@link Double}), a truth value, or null for nil. */
  record Constant(Object value) implements Operand {}

  /** The value that the surroundings are about. */
  record Dot() implements Operand {}

  /** The variable {@code $name}. */
  record Variable(String name) implements Operand {}

  /** A function without its arguments. */
  record Call(TemplateFunction function) implements Operand {}

  /** A pipeline between parentheses. */
  record Parentheses(Pipeline pipeline) implements Operand {}

  /** Fields of a value, one after the other. */
  record Fields(Operand base, List<String> names) implements Operand {}
}
