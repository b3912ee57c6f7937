package oht50.metrics.source.kafka;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.regex.Pattern;
import oht50.metrics.model.Event;
import oht50.metrics.model.EventKind;
import oht50.metrics.model.Hash64;
import oht50.metrics.model.Labels;
import oht50.metrics.model.MetricKind;
import oht50.metrics.model.RejectReason;
import oht50.metrics.model.Series;
import oht50.metrics.model.SeriesLayout;

/**
 * A safety event in any of its shapes: flat ({@code event_type} or {@code type}, {@code severity},
 * {@code timestamp}) or an envelope ({@code {"type": "safety.estop", "timestamp", "data"}}).
 *
 * <p>A fact counts once on {@code oht50_safety_events_total}. One that says that it has been
 * acknowledged is two events: the fact, and the acknowledgement at its own time.
 */
public final class SafetyDecoder extends JsonDecoder {
  private static final String ENVELOPE = "safety.";

  /** A {@code type} that is only a wrapper: the kind is in {@code event_type}. */
  private static final String WRAPPER = "safety_event";

  /** Ids made of a second: two events within one share it, so they identify nothing. */
  private static final Pattern ID_OF_A_SECOND = Pattern.compile("(alert|safety)_\\d+");

  public SafetyDecoder(Duration maxAhead) {
    super(maxAhead);
  }

  private record Fact(String id, String robot, String type, String severity, long timestamp) {}

  @Override
  Unnamed unnamed(ObjectNode message, String type) {
    boolean isNamed = message.hasNonNull("type") || message.hasNonNull("event_type");
    return !isNamed && type.startsWith(ENVELOPE) ? Unnamed.ENVELOPE : null;
  }

  @Override
  void decode(Fields message, Draft draft) {
    Fields data = message.has("data") ? message.object("data") : null;
    String type = type(message, data);
    if (type == null) {
      return;
    }
    String inside = message.name("robot_id");
    if (inside == null && data != null) {
      inside = data.name("robot_id");
    }
    String robot = robot(inside, draft);
    if (robot == null) {
      return;
    }
    long timestamp = message.requireTimestamp("timestamp");
    if (timestamp == Timestamps.UNREADABLE) {
      return;
    }
    String sourceId = sourceId(message, data, draft);
    String id = sourceId == null ? robot + '/' + type + '/' + timestamp : sourceId;
    emit(message, data, new Fact(id, robot, type, severity(message, data), timestamp), draft);
  }

  private static String type(Fields message, Fields data) {
    boolean wrapped = !message.has("type") || message.present("type").asText().equals(WRAPPER);
    String field = wrapped || message.has("event_type") ? "event_type" : "type";
    String source = message.requireText(field);
    if (source == null) {
      return null;
    }
    String type = SafetyWords.type(source, text(data, "zone_type"));
    if (type == null) {
      message.reject(
          field,
          source.startsWith(ENVELOPE)
              ? RejectReason.UNKNOWN_MESSAGE_TYPE
              : RejectReason.UNKNOWN_ENUM_VALUE,
          "saw \"" + Text.brief(source) + "\", a kind of safety event is allowed");
    }
    return type;
  }

  private static String sourceId(Fields message, Fields data, Draft draft) {
    String id = message.identifier("id");
    if (id == null && data != null) {
      id = data.identifier("estop_id");
    }
    if (id == null) {
      return draft.attributes().identity();
    }
    return ID_OF_A_SECOND.matcher(id).matches() ? null : id;
  }

  private static String severity(Fields message, Fields data) {
    String severity = SafetyWords.severity(message, "severity");
    if (severity == null && !message.has("severity") && data != null) {
      severity = SafetyWords.severity(data, data.has("severity") ? "severity" : "emergency_level");
    }
    return severity;
  }

  private static void emit(Fields message, Fields data, Fact fact, Draft draft) {
    String payload = LenientJson.write(message.node());
    boolean notice = fact.type().equals(SafetyWords.ACK);
    draft.event(event(fact, notice, payload, draft));
    if (SafetyWords.isFact(fact.type())) {
      draft.occurrence(
          SeriesLayout.of(
              Series.of(
                  "oht50_safety_events_total",
                  Labels.of(
                      "robot_id", fact.robot(),
                      "severity", fact.severity() == null ? "" : fact.severity(),
                      "type", fact.type()),
                  MetricKind.DELTA)),
          Hash64.id(fact.id()),
          fact.timestamp());
    }
    if (!notice && (isSet(message, "is_acknowledged") || isSet(message, "acknowledged"))) {
      Fact acknowledgement =
          new Fact(
              fact.id() + "/acknowledged",
              fact.robot(),
              SafetyWords.ACKNOWLEDGED,
              fact.severity(),
              acknowledgedAt(message, fact.timestamp()));
      draft.event(event(acknowledgement, true, payload, draft));
    }
    emitResponseTime(responseTimeMillis(message, data), fact, draft);
  }

  private static Event event(Fact fact, boolean acknowledged, String payload, Draft draft) {
    return new Event(
        EventKind.SAFETY,
        fact.id(),
        fact.robot(),
        fact.type(),
        fact.severity(),
        null,
        acknowledged,
        fact.timestamp(),
        payload,
        draft.position());
  }

  private static boolean isSet(Fields message, String flag) {
    return message.flag(flag) == 1;
  }

  private static long acknowledgedAt(Fields message, long otherwise) {
    if (!message.has("acknowledged_at")) {
      return otherwise;
    }
    long timestamp = message.requireTimestamp("acknowledged_at");
    return timestamp == Timestamps.UNREADABLE ? otherwise : timestamp;
  }

  private static double responseTimeMillis(Fields message, Fields data) {
    double millis = message.number("response_time_ms", 0, Double.MAX_VALUE);
    return Double.isNaN(millis) && data != null
        ? data.number("response_time_ms", 0, Double.MAX_VALUE)
        : millis;
  }

  private static void emitResponseTime(double millis, Fact fact, Draft draft) {
    if (Double.isNaN(millis)) {
      return;
    }
    SeriesLayout layout =
        SeriesLayout.of(
            Series.of(
                "oht50_safety_response_time_seconds",
                Labels.of("robot_id", fact.robot(), "type", fact.type()),
                MetricKind.HISTOGRAM));
    draft.samples(fact.timestamp(), layout, new double[] {millis / 1000});
  }

  private static String text(Fields data, String field) {
    return data == null ? null : data.text(field);
  }
}
