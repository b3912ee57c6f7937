package oht50.metrics.simulation.rule;

import java.util.List;

/**
 * A group as it is written in a file.
 *
 * @param interval empty for that of the installation
 * @param offset {@code query_offset}; empty for none
 */
record GroupText(String name, String interval, String offset, List<RuleText> rules) {
  GroupText {
    rules = List.copyOf(rules);
  }

  GroupText with(List<RuleText> others) {
    return new GroupText(name, interval, offset, others);
  }

  String text() {
    StringBuilder text = new StringBuilder("- name: ").append(name).append('\n');
    text.append(interval.isEmpty() ? "" : "  interval: " + interval + "\n");
    text.append(offset.isEmpty() ? "" : "  query_offset: " + offset + "\n");
    text.append("  rules:\n");
    rules.forEach(rule -> text.append(rule.text()));
    return text.toString();
  }

  static String file(List<GroupText> groups) {
    StringBuilder text = new StringBuilder("groups:\n");
    groups.forEach(group -> text.append(group.text()));
    return text.toString();
  }
}
