package oht50.metrics.source.kafka;

import java.time.ZoneId;
import java.util.Set;
import oht50.metrics.model.RejectReason;

/**
 * The rarer forms of telemetry, told apart by what only they have:
 *
 * <ul>
 *   <li>{@code type}: frames of the backend's WebSocket, events of the documents, registers of the
 *       RS485 bus, messages of the Center
 *   <li>{@code data_type}: the data model, {@link DataModelTelemetry}
 *   <li>{@code telemetry}: modules as the backend sees them, {@link ModuleTelemetry}
 *   <li>{@code motor_speed}, {@code motor_temperature}: the backend's REST answer, {@link
 *       RestTelemetry}
 *   <li>{@code error}: no data
 * </ul>
 *
 * A time without a zone is UTC, but local time in {@link BackendFrames}.
 */
final class TelemetryForms {
  private static final Set<String> ENVELOPES =
      Set.of(
          "telemetry.realtime",
          "telemetry.status",
          "system.status",
          "system.error",
          "telemetry_update");

  private final ZoneId site;

  TelemetryForms(ZoneId site) {
    this.site = site;
  }

  /** Whether a type is that of an envelope that nothing else but its type tells. */
  static boolean isEnvelope(String type) {
    return ENVELOPES.contains(type);
  }

  /** Reads what a message of the form says beside whose it is and when. */
  private interface Form {
    void read(Fields body, Readings readings);
  }

  /**
   * @param message the record's message
   * @param body the same, or what it is an envelope of
   * @return false if it is of none of these forms
   */
  boolean decode(Fields message, Fields body, Draft draft) {
    if (body.has("type")) {
      decodeType(message, body, draft);
    } else if (body.has("error")) {
      body.reject("error", RejectReason.NO_DATA, "saw " + Fields.seen(body.present("error")));
    } else if (body.has("data_type")) {
      read("module", message, body, draft, DataModelTelemetry::read);
    } else if (body.has("telemetry")) {
      read("module", message, body, draft, ModuleTelemetry::read);
    } else if (RestTelemetry.is(body)) {
      read("motor", message, body, draft, RestTelemetry::read);
    } else {
      return false;
    }
    return true;
  }

  private void decodeType(Fields message, Fields body, Draft draft) {
    String type = body.requireText("type");
    if (type == null) {
      return;
    }
    switch (type) {
      case "telemetry" -> decodeTelemetry(message, body, draft);
      case "telemetry.realtime", "telemetry.status" ->
          read("realtime", message, body, draft, DocumentTelemetry::read);
      case "system.status", "telemetry_update" ->
          read("system", message, body, draft, SystemStatus::read);
      case "system.error" -> SystemError.decode(message, body, draft);
      case "registration", "heartbeat" -> center(body, draft, CenterMessages::readSign);
      default ->
          body.reject(
              "type",
              RejectReason.UNKNOWN_MESSAGE_TYPE,
              "saw \"" + Text.brief(type) + "\", a type of telemetry message is allowed");
    }
  }

  /** Three protocols call their message so. */
  private void decodeTelemetry(Fields message, Fields body, Draft draft) {
    if (body.has("device_id")) {
      center(body, draft, CenterMessages::readTelemetry);
    } else if (body.node().path("data").has("registers")) {
      Fields data = body.object("data");
      read(
          "rs485", JsonDecoder.keyedRobot(message, body, draft), data, draft, Rs485Registers::read);
    } else {
      read("realtime", message, body, draft, DocumentTelemetry::read);
    }
  }

  private void center(Fields body, Draft draft, Form form) {
    read("center", CenterMessages.robot(body, draft), body, draft, form);
  }

  private void read(String word, Fields message, Fields body, Draft draft, Form form) {
    read(word, JsonDecoder.keyedRobot(message, body, draft), body, draft, form);
  }

  /**
   * @param word label {@code data_type} of the latency
   * @param robot null if the message has been rejected for it
   * @param body holds the time
   */
  private void read(String word, String robot, Fields body, Draft draft, Form form) {
    if (robot == null) {
      return;
    }
    long timestamp = body.requireTimestamp("timestamp", BackendFrames.zone(body, site));
    if (timestamp == Timestamps.UNREADABLE) {
      return;
    }
    Readings readings = new Readings(robot, timestamp, word);
    form.read(body, readings);
    readings.emit(draft);
  }
}
