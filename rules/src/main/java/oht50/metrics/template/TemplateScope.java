package oht50.metrics.template;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Which variables there are at a place of a template, and whether its dot is the alert. */
final class TemplateScope {
  /** What Prometheus declares before every template of a rule. */
  static final List<String> GIVEN = List.of("", "labels", "externalLabels", "externalURL", "value");

  private static final Set<String> FIELDS =
      Set.of("Labels", "ExternalLabels", "ExternalURL", "Value");

  private List<String> variables = new ArrayList<>(GIVEN);
  private boolean isDotAlert = true;
  private boolean isInDefinition;
  private String unknownField;

  /** The state around a definition, which sees none of it. */
  record Outside(List<String> variables, boolean isDotAlert) {}

  int mark() {
    return variables.size();
  }

  void release(int mark) {
    variables.subList(mark, variables.size()).clear();
  }

  void declare(String name) {
    variables.add(name);
  }

  boolean knows(String name) {
    return variables.contains(name);
  }

  /** The variables for a message. */
  String known() {
    StringBuilder names = new StringBuilder();
    for (String name : new TreeSet<>(variables)) {
      names.append(names.isEmpty() ? "" : ", ").append('$').append(name);
    }
    return names.toString();
  }

  /**
   * @param isOther whether the dot inside is another value
   * @return what to give to {@link #leaveDot}
   */
  boolean enterDot(boolean isOther) {
    boolean outside = isDotAlert;
    isDotAlert &= !isOther;
    return outside;
  }

  void leaveDot(boolean outside) {
    isDotAlert = outside;
  }

  Outside enterDefinition() {
    Outside outside = new Outside(variables, isDotAlert);
    variables = new ArrayList<>(List.of(""));
    isDotAlert = false;
    isInDefinition = true;
    return outside;
  }

  void leaveDefinition(Outside outside) {
    variables = outside.variables;
    isDotAlert = outside.isDotAlert;
    isInDefinition = false;
  }

  /** Notes a field of the alert that does not exist. */
  void look(Operand base, String field) {
    boolean isRoot = base instanceof Operand.Variable variable && variable.name().isEmpty();
    boolean isAlert = base instanceof Operand.Dot ? isDotAlert : isRoot && !isInDefinition;
    if (isAlert && !FIELDS.contains(field) && unknownField == null) {
      unknownField = field;
    }
  }

  String unknownField() {
    return unknownField;
  }
}
