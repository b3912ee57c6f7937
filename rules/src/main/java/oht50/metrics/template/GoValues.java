package oht50.metrics.template;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Values of templates as Go treats them. They are {@link Long} (int), {@link Double} (float64),
 * {@link String}, {@link Boolean}, {@link GoMap}, {@link List} of {@link TemplateSample}, {@link
 * TemplateSample}, {@link GoTime}, {@link GoDuration}, {@link TemplateData}, and null for nothing.
 */
final class GoValues {
  private GoValues() {}

  /** An element of what a range goes through, with its index or key. */
  record Element(Object key, Object value) {}

  static boolean isTrue(Object value) {
    if (value instanceof Boolean truth) {
      return truth;
    }
    if (value instanceof Long number) {
      return number != 0;
    }
    if (value instanceof Double number) {
      return number != 0; // NaN is true
    }
    if (value instanceof String text) {
      return !text.isEmpty();
    }
    if (value instanceof GoMap map) {
      return !map.entries().isEmpty();
    }
    return value instanceof List<?> list ? !list.isEmpty() : value != null;
  }

  static List<Element> elements(Object value) throws TemplateFailure {
    List<Element> elements = new ArrayList<>();
    if (value instanceof GoMap map) {
      map.entries().forEach((key, each) -> elements.add(new Element(key, each)));
    } else if (value instanceof List<?> list) {
      list.forEach(each -> elements.add(new Element((long) elements.size(), each)));
    } else if (value instanceof Long count) {
      for (long i = 0; i < count; i++) {
        elements.add(new Element(i, i));
      }
    } else if (value != null) {
      throw new TemplateFailure("range can't iterate over " + GoText.plain(value));
    }
    return elements;
  }

  static long length(Object value) throws TemplateFailure {
    if (value instanceof String text) {
      return text.getBytes(StandardCharsets.UTF_8).length;
    }
    if (value instanceof GoMap map) {
      return map.entries().size();
    }
    if (value instanceof List<?> list) {
      return list.size();
    }
    throw new TemplateFailure("error calling len: len of type " + typeOf(value));
  }

  static Object index(Object value, Object key) throws TemplateFailure {
    if (value instanceof GoMap map && key instanceof String name) {
      return map.get(name);
    }
    if (value instanceof List<?> list && key instanceof Long index) {
      if (index < 0 || index >= list.size()) {
        throw new TemplateFailure("error calling index: index out of range: " + index);
      }
      return list.get((int) (long) index);
    }
    throw new TemplateFailure(
        "error calling index: can't index item of type %s with %s"
            .formatted(typeOf(value), typeOf(key)));
  }

  static boolean areEqual(Object left, Object right) throws TemplateFailure {
    requireComparable("eq", left, right);
    boolean areFloats = left instanceof Double && right instanceof Double;
    return areFloats ? (double) left == (double) right : left.equals(right);
  }

  static boolean isLess(Object left, Object right) throws TemplateFailure {
    requireComparable("lt", left, right);
    if (left instanceof Double a && right instanceof Double b) {
      return a < b;
    }
    if (left instanceof Long a && right instanceof Long b) {
      return a < b;
    }
    if (left instanceof String a && right instanceof String b) {
      return a.compareTo(b) < 0;
    }
    throw new TemplateFailure("error calling lt: invalid type for comparison");
  }

  /** Go compares no integer with a float, as in {@code gt $value 0}. */
  private static void requireComparable(String function, Object left, Object right)
      throws TemplateFailure {
    if (!isBasic(left) || !isBasic(right)) {
      throw new TemplateFailure("error calling " + function + ": invalid type for comparison");
    }
    if (!left.getClass().equals(right.getClass())) {
      throw new TemplateFailure(
          "error calling %s: incompatible types for comparison: %s and %s"
              .formatted(function, typeOf(left), typeOf(right)));
    }
  }

  private static boolean isBasic(Object value) {
    return value instanceof Boolean
        || value instanceof Long
        || value instanceof Double
        || value instanceof String;
  }

  /** The name of a value's type in Go. */
  static String typeOf(Object value) {
    if (value instanceof Long) {
      return "int";
    }
    if (value instanceof Double) {
      return "float64";
    }
    if (value instanceof String) {
      return "string";
    }
    if (value instanceof Boolean) {
      return "bool";
    }
    if (value instanceof GoMap map) {
      return map.isOfStrings() ? "map[string]string" : "map[string]interface {}";
    }
    if (value instanceof List<?>) {
      return "template.queryResult";
    }
    if (value instanceof TemplateSample) {
      return "*template.sample";
    }
    if (value instanceof GoTime) {
      return "*time.Time";
    }
    return value instanceof GoDuration ? "*time.Duration" : "nil";
  }
}
