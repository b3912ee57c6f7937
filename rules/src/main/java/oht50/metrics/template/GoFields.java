package oht50.metrics.template;

import java.util.List;

/** Fields and methods of values. */
final class GoFields {
  private GoFields() {}

  /**
   * @param arguments of a method; a field has none
   */
  static Object get(Object value, String name, List<Object> arguments) throws TemplateFailure {
    if (value instanceof GoTime time) {
      return time.call(name, arguments);
    }
    if (value instanceof GoDuration duration) {
      return duration.call(name, arguments);
    }
    if (!arguments.isEmpty()) {
      throw new TemplateFailure(name + " is not a method but has arguments");
    }
    if (value instanceof GoMap map) {
      return map.get(name);
    }
    if (value instanceof TemplateData data) {
      return ofAlert(data, name);
    }
    if (value instanceof TemplateSample sample && name.equals("Labels")) {
      return sample.labels();
    }
    if (value instanceof TemplateSample sample && name.equals("Value")) {
      return sample.value();
    }
    if (value == null) {
      return null; // nothing has any field, and it is nothing
    }
    throw unknown(value, name);
  }

  static TemplateFailure unknown(Object value, String name) {
    return new TemplateFailure(
        "can't evaluate field " + name + " in type " + GoValues.typeOf(value));
  }

  private static Object ofAlert(TemplateData data, String name) throws TemplateFailure {
    return switch (name) {
      case "Labels" -> GoMap.ofStrings(data.labels());
      case "ExternalLabels" -> GoMap.ofStrings(data.externalLabels());
      case "ExternalURL" -> data.externalUrl();
      case "Value" -> data.value();
      default ->
          throw new TemplateFailure(
              "can't evaluate field "
                  + name
                  + " of an alert; it has Labels, ExternalLabels, ExternalURL and Value");
    };
  }
}
