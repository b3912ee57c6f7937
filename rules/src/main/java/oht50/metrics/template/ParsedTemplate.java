package oht50.metrics.template;

import java.util.List;
import java.util.Map;

/**
 * A template as a tree.
 *
 * @param definitions what {@code define} names
 * @param unknownField a field that no alert has, or null
 */
record ParsedTemplate(List<Node> nodes, Map<String, List<Node>> definitions, String unknownField) {}
