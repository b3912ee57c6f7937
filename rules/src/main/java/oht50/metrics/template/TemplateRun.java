package oht50.metrics.template;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A template that is being filled: its variables, its dot, and what is written so far. */
final class TemplateRun {
  private static final int DEEPEST = 100;

  private final ParsedTemplate template;
  private final TemplateCalls calls;
  private final StringBuilder out = new StringBuilder();
  private List<Variable> variables = new ArrayList<>();
  private Object dot;
  private int depth;

  /** A variable and what it is by now. */
  private static final class Variable {
    final String name;
    Object value;

    Variable(String name, Object value) {
      this.name = name;
      this.value = value;
    }
  }

  TemplateRun(ParsedTemplate template, TemplateData data) {
    this.template = template;
    this.calls = new TemplateCalls(data);
    this.dot = data;
    declare("", data);
    declare("labels", GoMap.ofStrings(data.labels()));
    declare("externalLabels", GoMap.ofStrings(data.externalLabels()));
    declare("externalURL", data.externalUrl());
    declare("value", data.value());
  }

  String text() throws TemplateFailure {
    try {
      write(template.nodes(), dot);
    } catch (Node.LoopExit e) {
      throw new IllegalStateException("break outside of a range, which the parser refuses", e);
    }
    return out.toString();
  }

  void append(String text) {
    out.append(text);
  }

  Object dot() {
    return dot;
  }

  int mark() {
    return variables.size();
  }

  void release(int mark) {
    variables.subList(mark, variables.size()).clear();
  }

  private void declare(String name, Object value) {
    variables.add(new Variable(name, value));
  }

  private Variable variable(String name) {
    for (int i = variables.size() - 1; i >= 0; i--) {
      if (variables.get(i).name.equals(name)) {
        return variables.get(i);
      }
    }
    throw new IllegalStateException("unchecked variable $" + name);
  }

  void write(List<Node> nodes, Object newDot) throws TemplateFailure, Node.LoopExit {
    Object outside = dot;
    dot = newDot;
    for (Node node : nodes) {
      node.write(this);
    }
    dot = outside;
  }

  void invoke(String name, Object argument) throws TemplateFailure, Node.LoopExit {
    if (++depth > DEEPEST) {
      throw new TemplateFailure("exceeded maximum template depth (" + DEEPEST + ")");
    }
    List<Variable> outside = variables;
    variables = new ArrayList<>();
    declare("", argument);
    write(template.definitions().get(name), argument);
    variables = outside;
    depth--;
  }

  /** What a range goes through; its variables are set element by element. */
  Object valueOfRange(Pipeline pipeline) throws TemplateFailure {
    return commands(pipeline);
  }

  void setElement(Pipeline pipeline, GoValues.Element element) {
    List<String> names = pipeline.variables();
    if (names.size() == 1) {
      set(pipeline, names.get(0), element.value());
    } else if (names.size() == 2) {
      set(pipeline, names.get(0), element.key());
      set(pipeline, names.get(1), element.value());
    }
  }

  Object value(Pipeline pipeline) throws TemplateFailure {
    Object value = commands(pipeline);
    for (String name : pipeline.variables()) {
      set(pipeline, name, value);
    }
    return value;
  }

  private void set(Pipeline pipeline, String name, Object value) {
    if (pipeline.isAssignment()) {
      variable(name).value = value;
    } else {
      declare(name, value);
    }
  }

  private Object commands(Pipeline pipeline) throws TemplateFailure {
    Object value = null;
    boolean isFirst = true;
    for (Pipeline.Command command : pipeline.commands()) {
      value = command(command, isFirst ? List.of() : Collections.singletonList(value));
      isFirst = false;
    }
    return value;
  }

  private Object command(Pipeline.Command command, List<Object> last) throws TemplateFailure {
    Operand first = command.first();
    if (first instanceof Operand.Call call) {
      return call(call.function(), command.arguments(), last);
    }
    if (first instanceof Operand.Fields fields) {
      Object value = operand(fields.base());
      int count = fields.names().size();
      for (String name : fields.names().subList(0, count - 1)) {
        value = GoFields.get(value, name, List.of());
      }
      List<Object> arguments = operands(command.arguments());
      arguments.addAll(last);
      return GoFields.get(value, fields.names().get(count - 1), arguments);
    }
    if (!command.arguments().isEmpty() || !last.isEmpty()) {
      throw new TemplateFailure("can't give argument to non-function");
    }
    return operand(first);
  }

  private List<Object> operands(List<Operand> operands) throws TemplateFailure {
    List<Object> values = new ArrayList<>();
    for (Operand operand : operands) {
      values.add(operand(operand));
    }
    return values;
  }

  private Object operand(Operand operand) throws TemplateFailure {
    if (operand instanceof Operand.Constant constant) {
      return constant.value();
    }
    if (operand instanceof Operand.Variable variable) {
      return variable(variable.name()).value;
    }
    if (operand instanceof Operand.Parentheses parentheses) {
      int mark = mark();
      Object value = value(parentheses.pipeline());
      release(mark);
      return value;
    }
    if (operand instanceof Operand.Fields fields) {
      Object value = operand(fields.base());
      for (String name : fields.names()) {
        value = GoFields.get(value, name, List.of());
      }
      return value;
    }
    return operand instanceof Operand.Call call ? call(call.function(), List.of(), List.of()) : dot;
  }

  private Object call(TemplateFunction function, List<Operand> arguments, List<Object> last)
      throws TemplateFailure {
    function.checkCount(arguments.size() + last.size());
    if (function == TemplateFunction.AND || function == TemplateFunction.OR) {
      return firstThatDecides(function == TemplateFunction.OR, arguments, last);
    }
    List<Object> values = operands(arguments);
    values.addAll(last);
    return calls.call(function, values);
  }

  /** {@code and} and {@code or} look at no argument behind the one that decides. */
  private Object firstThatDecides(boolean truth, List<Operand> arguments, List<Object> last)
      throws TemplateFailure {
    Object value = null;
    for (Operand argument : arguments) {
      value = operand(argument);
      if (GoValues.isTrue(value) == truth) {
        return value;
      }
    }
    return last.isEmpty() ? value : last.get(0);
  }
}
