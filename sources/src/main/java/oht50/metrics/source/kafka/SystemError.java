package oht50.metrics.source.kafka;

import oht50.metrics.model.Event;
import oht50.metrics.model.EventKind;

/**
 * {@code {"type": "system.error", "timestamp", "data": {"error_code", "severity", …}}} of the
 * documents: a fact for people, which counts nowhere. Its type is the code in lower case.
 */
final class SystemError {
  private SystemError() {}

  static void decode(Fields message, Fields body, Draft draft) {
    String robot = JsonDecoder.keyedRobot(message, body, draft);
    if (robot == null) {
      return;
    }
    long timestamp = body.requireTimestamp("timestamp");
    Fields data = body.requireObject("data");
    if (timestamp == Timestamps.UNREADABLE || data == null) {
      return;
    }
    String code = data.name("error_code");
    String type = code == null ? "error" : Text.word(code);
    draft.event(
        new Event(
            EventKind.SYSTEM,
            robot + '/' + type + '/' + timestamp,
            robot,
            type,
            SafetyWords.severity(data, "severity"),
            null,
            false,
            timestamp,
            LenientJson.write(Secrets.masked(body.node())),
            draft.position()));
  }
}
