package oht50.metrics.template;

import java.util.List;

/**
 * Commands, each of which gets what the one before says as its last argument.
 *
 * @param variables that are set to what the last one says; two of a {@code range}
 * @param isAssignment whether the variables exist already
 */
record Pipeline(List<String> variables, boolean isAssignment, List<Command> commands) {
  /** A function or a value, and its arguments. */
  record Command(Operand first, List<Operand> arguments) {}
}
