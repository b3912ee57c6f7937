package oht50.metrics.template;

import java.util.List;

/** Values as Go's {@code fmt} and its templates write them. */
final class GoText {
  private GoText() {}

  /** A value that an action writes. */
  static String ofAction(Object value) throws TemplateFailure {
    if (value == null) {
      return "<no value>";
    }
    return plain(value);
  }

  /** The form of {@code %v}. */
  static String plain(Object value) throws TemplateFailure {
    if (value == null) {
      return "<nil>";
    }
    if (value instanceof Double number) {
      return GoFloat.print(number);
    }
    if (value instanceof GoMap map) {
      return ofMap(map);
    }
    if (value instanceof TemplateSample sample) {
      return "{" + plain(sample.labels()) + " " + GoFloat.print(sample.value()) + "}";
    }
    if (value instanceof List<?> list) {
      if (list.isEmpty()) {
        return "[]";
      }
      throw new TemplateFailure(
          "all samples of a query have no text; take one with first, or go through them with"
              + " range");
    }
    if (value instanceof TemplateData) {
      throw new TemplateFailure("the alert as a whole has no text; take .Labels or .Value");
    }
    return value.toString();
  }

  private static String ofMap(GoMap map) throws TemplateFailure {
    StringBuilder text = new StringBuilder("map[");
    for (String key : map.entries().keySet()) {
      text.append(text.length() == 4 ? "" : " ").append(key).append(':');
      text.append(plain(map.entries().get(key)));
    }
    return text.append(']').toString();
  }

  /** The function {@code print}: a space between two values of which none is a string. */
  static String print(List<Object> values) throws TemplateFailure {
    StringBuilder text = new StringBuilder();
    Object before = "";
    for (Object value : values) {
      boolean isApart = !(before instanceof String) && !(value instanceof String);
      text.append(isApart ? " " : "").append(plain(value));
      before = value == null ? Boolean.FALSE : value;
    }
    return text.toString();
  }

  /** The function {@code println}: a space between any two values. */
  static String printLine(List<Object> values) throws TemplateFailure {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < values.size(); i++) {
      text.append(i == 0 ? "" : " ").append(plain(values.get(i)));
    }
    return text.append('\n').toString();
  }
}
