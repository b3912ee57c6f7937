package oht50.metrics.rule;

import java.io.Serializable;
import java.util.List;
import oht50.metrics.model.Event;

/**
 * A condition on one event: it matches if all fields of any of its alternatives do.
 *
 * @param anyOf alternatives, at least one
 */
public record EventMatcher(List<Fields> anyOf) implements Serializable {
  /**
   * Expected fields; null expects nothing of a field.
   *
   * @param kind word of the event's kind: mission, safety, config, alert, system
   */
  public record Fields(
      String kind, String type, String severity, String status, Boolean acknowledged)
      implements Serializable {
    boolean match(Event event) {
      return (kind == null || kind.equals(event.kind().word()))
          && (type == null || type.equals(event.type()))
          && (severity == null || severity.equals(event.severity()))
          && (status == null || status.equals(event.status()))
          && (acknowledged == null || acknowledged == event.acknowledged());
    }

    boolean isEmpty() {
      return kind == null
          && type == null
          && severity == null
          && status == null
          && acknowledged == null;
    }
  }

  public boolean matches(Event event) {
    for (Fields fields : anyOf) {
      if (fields.match(event)) {
        return true;
      }
    }
    return false;
  }
}
