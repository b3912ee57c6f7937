package oht50.metrics.template;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a template writes of the alert that it is filled with. What it only looks at, to choose what
 * to write, is not among it, and neither is a label behind a condition that looks at it.
 */
public final class TemplateUses {
  private final Set<String> labels = new TreeSet<>();
  private final Deque<Set<String>> conditions = new ArrayDeque<>(); // labels that are looked at
  private boolean isValueWritten;

  private TemplateUses(ParsedTemplate template) {
    walk(template.nodes(), true);
    template.definitions().values().forEach(nodes -> walk(nodes, false));
  }

  static TemplateUses of(ParsedTemplate template) {
    return new TemplateUses(template);
  }

  /** Labels of the expression's sample. */
  public Set<String> labels() {
    return labels;
  }

  /** Whether the expression's value, which changes from tick to tick, is written. */
  public boolean isValueWritten() {
    return isValueWritten;
  }

  /**
   * @param isAlert whether the dot is the alert
   */
  private void walk(List<Node> nodes, boolean isAlert) {
    for (Node node : nodes) {
      if (node instanceof Node.Action action) {
        write(action.pipeline(), isAlert);
      } else if (node instanceof Node.Condition condition) {
        Set<String> looked = new HashSet<>();
        look(condition.pipeline(), isAlert, looked);
        conditions.push(looked);
        walk(condition.then(), isAlert && !condition.isWith());
        walk(condition.otherwise(), isAlert);
        conditions.pop();
      } else if (node instanceof Node.Loop loop) {
        walk(loop.body(), false);
        walk(loop.otherwise(), isAlert);
      }
    }
  }

  private void write(Pipeline pipeline, boolean isAlert) {
    Set<String> written = new HashSet<>();
    isValueWritten |= look(pipeline, isAlert, written);
    written.removeIf(label -> conditions.stream().anyMatch(looked -> looked.contains(label)));
    labels.addAll(written);
  }

  /**
   * Adds the labels that a pipeline looks at.
   *
   * @return whether it looks at the value
   */
  private static boolean look(Pipeline pipeline, boolean isAlert, Set<String> looked) {
    boolean isOfValue = false;
    for (Pipeline.Command command : pipeline.commands()) {
      isOfValue |= look(command.first(), isAlert, looked);
      for (Operand argument : command.arguments()) {
        isOfValue |= look(argument, isAlert, looked);
      }
    }
    return isOfValue;
  }

  private static boolean look(Operand operand, boolean isAlert, Set<String> looked) {
    if (operand instanceof Operand.Parentheses parentheses) {
      return look(parentheses.pipeline(), isAlert, looked);
    }
    if (operand instanceof Operand.Variable variable) {
      return variable.name().equals("value");
    }
    if (!(operand instanceof Operand.Fields fields)) {
      return false;
    }
    List<String> names = fields.names();
    if (fields.base() instanceof Operand.Variable variable) {
      if (variable.name().equals("labels")) {
        looked.add(names.get(0));
      }
      return false;
    }
    boolean isOfAlert = isAlert && fields.base() instanceof Operand.Dot;
    if (isOfAlert && names.get(0).equals("Labels") && names.size() > 1) {
      looked.add(names.get(1));
    }
    return isOfAlert && names.get(0).equals("Value");
  }
}
