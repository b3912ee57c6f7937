package oht50.metrics.source.kafka;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Set;
import java.util.TreeSet;
import oht50.metrics.model.Event;
import oht50.metrics.model.EventKind;
import oht50.metrics.model.RejectReason;

/**
 * Alerts that a backend raised itself, and what became of them: {@code {"type": alert_notification
 * or alert_update, "data": {"alert", "action"}, "timestamp", "source"}}. They are events, and never
 * alerts of this job again.
 *
 * <p>An acknowledgement or resolution of a safety alert answers the robot's safety events as well:
 * a second event, {@code ack}, which ends {@code SafetyEventUnacknowledged}. Whether it is one is
 * taken from the message alone ({@code source: safety_system}, {@code type: safety}, or the rule
 * {@code emergency_stop}), because the id on the wire is a hash of 31 bits; the robot is {@code
 * robot_id}, else the record's key. Any other is an event only.
 */
public final class ExternalAlertsDecoder extends JsonDecoder {
  private static final Set<String> ACTIONS = Set.of("created", "acknowledged", "resolved");
  private static final Set<String> STATUSES =
      Set.of("active", "acknowledged", "resolved", "suppressed", "expired");

  private final ZoneId site;

  /**
   * @param site the zone of times that name none in {@link BackendFrames}
   */
  public ExternalAlertsDecoder(Duration maxAhead, ZoneId site) {
    super(maxAhead);
    this.site = site;
  }

  @Override
  Unnamed unnamed(ObjectNode message, String type) {
    return !message.hasNonNull("type") && type.startsWith("alert_") ? Unnamed.ENVELOPE : null;
  }

  @Override
  void decode(Fields message, Draft draft) {
    String type = message.requireText("type");
    if (type == null) {
      return;
    }
    switch (type) {
      case "alert_notification", "alert_update" -> decodeAlert(message, draft);
      case "active_alerts_update" -> {
        long timestamp = message.requireTimestamp("timestamp", zone(message));
        if (timestamp != Timestamps.UNREADABLE) {
          draft.time(timestamp); // a list of what its own messages have said
        }
      }
      default ->
          message.reject(
              "type",
              RejectReason.UNKNOWN_MESSAGE_TYPE,
              "saw \"" + Text.brief(type) + "\", alert_notification or alert_update is allowed");
    }
  }

  private void decodeAlert(Fields message, Draft draft) {
    Fields data = message.requireObject("data");
    Fields alert = data == null ? null : data.requireObject("alert");
    String action = data == null ? null : word(data, "action", ACTIONS, true);
    if (alert == null || action == null) {
      return;
    }
    String id = alert.requireIdentifier("id");
    String timed = action + "_at";
    long timestamp =
        alert.has(timed)
            ? alert.requireTimestamp(timed, zone(message))
            : message.requireTimestamp("timestamp", zone(message));
    if (id == null || timestamp == Timestamps.UNREADABLE) {
      return;
    }
    String robot = robotInside(alert, data);
    String status = word(alert, "status", STATUSES, false);
    String severity = SafetyWords.severity(alert, "severity");
    String key = draft.key();
    String natural = (key == null ? "" : key + '/') + id + '/' + action + '/' + timestamp;
    boolean answers = !action.equals("created");
    String payload = LenientJson.write(Secrets.masked(message.node()));
    draft.event(
        new Event(
            EventKind.ALERT,
            natural,
            robot,
            action,
            severity,
            status,
            answers,
            timestamp,
            payload,
            draft.position()));
    if (answers && isOfSafety(alert)) {
      String answered = robot(robot, draft);
      if (answered != null) {
        draft.event(
            new Event(
                EventKind.SAFETY,
                answered + "/external/" + natural,
                answered,
                SafetyWords.ACK,
                severity,
                null,
                true,
                timestamp,
                payload,
                draft.position()));
      }
    }
  }

  private ZoneId zone(Fields message) {
    return BackendFrames.zone(message, site);
  }

  private static String robotInside(Fields alert, Fields data) {
    String robot = alert.name("robot_id");
    return robot == null ? data.name("robot_id") : robot;
  }

  private static boolean isOfSafety(Fields alert) {
    return alert.node().path("source").asText().equals("safety_system")
        || alert.node().path("type").asText().equals("safety")
        || Text.word(alert.node().path("metadata").path("rule_name").asText())
            .equals("emergency_stop");
  }

  private static String word(Fields fields, String field, Set<String> allowed, boolean required) {
    String source = required ? fields.requireText(field) : fields.text(field);
    if (source == null || allowed.contains(Text.word(source))) {
      return source == null ? null : Text.word(source);
    }
    fields.unknownWord(field, source, String.join(", ", new TreeSet<>(allowed)));
    return null;
  }
}
