package oht50.metrics.source.kafka;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import oht50.metrics.model.Hash64;
import oht50.metrics.model.RejectReason;
import oht50.metrics.model.Rejected;
import oht50.metrics.source.kafka.TelemetryFrame.Block;

/**
 * Telemetry v2.0, its predecessor v0.2, the firmware's dialect, and the partial updates {@code
 * {"event": "…_update", "data": {"ts", "<block>"}}}; every other form is one of {@link
 * TelemetryForms}. Any may come in the envelope of a REST answer, {@code {"success", "data"}},
 * where an array is a history, or as an array of up to 1,000. All samples of a message share its
 * {@code ts} and one batch.
 *
 * <p>A hot path: a message of a shape seen before builds no series, label or path.
 */
public final class TelemetryDecoder extends JsonDecoder {
  /** The messages, by what names them on the wire. The codes are part of natural keys. */
  private enum Message {
    FULL(0, null, null),
    LOCATION_UPDATE(1, "location_update", Block.LOCATION),
    NAVIGATION_UPDATE(2, "navigation_update", Block.NAVIGATION),
    DOCK_UPDATE(3, "dock_update", Block.DOCK),
    SAFETY_UPDATE(4, "safety_update", Block.SAFETY);

    private final int code;
    private final String event;
    private final Block block;

    Message(int code, String event, Block block) {
      this.code = code;
      this.event = event;
      this.block = block;
    }

    static Message ofEvent(String event) {
      for (Message message : values()) {
        if (event.equals(message.event)) {
          return message;
        }
      }
      return null;
    }
  }

  /** Fields by which a message tells what it is. */
  private static final String[] TELLING = {
    "event", "type", "success", "data_type", "telemetry", "error"
  };

  private static final double UNBOUNDED = Double.MAX_VALUE;

  private final TelemetryFrame frame = new TelemetryFrame();

  private final TelemetryForms forms;

  public TelemetryDecoder(Duration maxAhead) {
    this(maxAhead, ZoneOffset.UTC);
  }

  /**
   * @param site the zone of times that name none in frames of the backend's WebSocket
   */
  public TelemetryDecoder(Duration maxAhead, ZoneId site) {
    super(maxAhead);
    this.forms = new TelemetryForms(site);
  }

  @Override
  Unnamed unnamed(ObjectNode message, String type) {
    boolean isNamed = message.path("status").isObject();
    for (String field : TELLING) {
      isNamed |= message.hasNonNull(field);
    }
    if (isNamed) {
      return null;
    }
    if (Message.ofEvent(type) != null) {
      return Unnamed.UPDATE;
    }
    return TelemetryForms.isEnvelope(type) ? Unnamed.ENVELOPE : null;
  }

  /** A history and a bulk may be longer than a message. */
  @Override
  void decode(byte[] value, Draft draft) {
    if (value.length <= MAX_MESSAGE_BYTES) {
      super.decode(value, draft);
      return;
    }
    JsonNode node = parse(value, draft);
    if (node == null) {
      return;
    }
    if (node.isArray() || (node.has("success") && node.path("data").isArray())) {
      decode(node, draft);
    } else {
      tooLarge(draft, Rejected.WHOLE, value.length, MAX_MESSAGE_BYTES);
    }
  }

  @Override
  void decode(Fields message, Draft draft) {
    if (message.has("event")) {
      decodeUpdate(message, draft);
    } else if (message.has("ts")) {
      decodeBody(Message.FULL, message, message, draft);
    } else if (message.has("success")) {
      decodeAnswer(message, draft);
    } else {
      decodeRarer(message, message, draft);
    }
  }

  /** An array is a bulk if an object is in it. */
  @Override
  void decodeOther(JsonNode value, Draft draft) {
    if (value instanceof ArrayNode bulk && hasObject(bulk)) {
      Elements.forEach(bulk, draft, element -> decodeRarer(element, element, draft));
    } else {
      super.decodeOther(value, draft);
    }
  }

  private static boolean hasObject(ArrayNode array) {
    for (JsonNode element : array) {
      if (element.isObject()) {
        return true;
      }
    }
    return false;
  }

  /** {@code {"success", "data"}}: the answer of a REST call, with one message or a history. */
  private void decodeAnswer(Fields answer, Draft draft) {
    double success = answer.flag("success");
    if (success == 0) {
      answer.reject("success", RejectReason.NO_DATA, "saw false, the answer says of what failed");
    }
    if (success != 1) {
      return;
    }
    if (!(answer.present("data") instanceof ArrayNode history)) {
      Fields body = answer.requireObject("data");
      if (body != null) {
        decodeRarer(answer, body, draft);
      }
    } else if (history.isEmpty()) {
      answer.reject("data", RejectReason.NO_DATA, "saw an empty history");
    } else {
      Elements.forEach(
          answer, "data", history, draft, element -> decodeRarer(element, element, draft));
    }
  }

  /** What no message of the hot path is; what is of no form lacks a field of the full message. */
  private void decodeRarer(Fields message, Fields body, Draft draft) {
    if (body.has("ts") || !forms.decode(message, body, draft)) {
      decodeBody(Message.FULL, message, body, draft);
    }
  }

  private void decodeUpdate(Fields message, Draft draft) {
    String event = message.requireText("event");
    Message update = event == null ? null : Message.ofEvent(event);
    if (update != null) {
      Fields body = message.requireObject("data");
      if (body != null) {
        decodeBody(update, message, body, draft);
      }
    } else if (event != null) {
      message.reject(
          "event",
          RejectReason.UNKNOWN_MESSAGE_TYPE,
          "saw "
              + Fields.seen(message.present("event"))
              + ", a location, navigation, dock or safety update is allowed");
    }
  }

  private void decodeBody(Message kind, Fields message, Fields body, Draft draft) {
    String robot = keyedRobot(message, body, draft);
    if (robot == null) {
      return;
    }
    long timestamp = body.requireTimestamp("ts");
    if (timestamp == Timestamps.UNREADABLE) {
      return;
    }
    frame.clear();
    if (kind == Message.FULL) {
      readBlock(Block.STATUS, body.requireObject("status"));
      readBlock(Block.LOCATION, body.object("location"));
      readBlock(Block.NAVIGATION, body.object("navigation"));
      readBlock(Block.DOCK, body.object("dock"));
      readTopLevel(body);
      if (!frame.isEmpty()) {
        frame.set(TelemetrySeries.MISSION_ACTIVE, missionActive(body));
      }
    } else {
      readBlock(kind.block, body.requireObject(kind.block.word()));
    }
    if (frame.isEmpty()) {
      return;
    }
    if (draft.hasAppendTime()) {
      frame.set(TelemetrySeries.LATENCY, (draft.appendTime() - timestamp) / 1000.0);
    }
    frame.emit(robot, timestamp, naturalKey(robot, timestamp, kind), draft);
  }

  private void readBlock(Block block, Fields fields) {
    if (fields == null) {
      return;
    }
    long before = frame.present();
    switch (block) {
      case STATUS -> readStatus(fields);
      case LOCATION -> readLocation(fields);
      case NAVIGATION -> readNavigation(fields);
      case DOCK -> readDock(fields);
      case SAFETY -> readSafety(fields);
    }
    if (frame.present() != before) {
      frame.accept(block);
    }
  }

  // The schema also requires enc, errors and warn; the firmware has never sent them.
  private void readStatus(Fields status) {
    String word = status.requireText("state");
    RobotState state = word == null ? null : RobotState.ofWord(word);
    if (state != null) {
      frame.setState(state);
    } else if (word != null) {
      status.unknownWord("state", word, "a state of the robot, such as idle or navigating");
    }
    frame.set(TelemetrySeries.TRACK_POSITION, status.requireNumber("pos_mm"));
    frame.set(TelemetrySeries.TRACK_VELOCITY, status.requireNumber("vel_mms"));
    frame.set(TelemetrySeries.TRACK_ACCELERATION, status.requireNumber("acc_mms2"));
    readBlock(Block.SAFETY, status.requireObject("safety"));
  }

  private void readSafety(Fields safety) {
    frame.set(TelemetrySeries.ESTOP, safety.flag("estop"));
    frame.set(TelemetrySeries.ZONE_BLOCKED, safety.flag("zone_blocked"));
    frame.set(TelemetrySeries.INTERLOCK_ACTIVE, safety.flag("interlock_active"));
    frame.set(TelemetrySeries.LOCATION_SAFE, safety.flag("location_safe"));
    frame.set(TelemetrySeries.OBSTACLE_DETECTED, safety.flag("obstacle_detected"));
    frame.set(TelemetrySeries.SAFETY_ZONE_CLEAR, safety.flag("safety_zone_clear"));
    frame.set(TelemetrySeries.EMERGENCY_STOP, safety.flag("emergency_stop"));
  }

  private void readLocation(Fields location) {
    double accuracy = location.number("accuracy", 0, UNBOUNDED);
    Fields position = location.requireObject("position");
    if (position != null) {
      double x = position.requireNumber("x");
      double y = position.requireNumber("y");
      double z = position.requireNumber("z");
      if (accuracy == 0 && x == 0 && y == 0 && z == 0) {
        return; // the firmware writes zeros for a location that it does not have
      }
      frame.set(TelemetrySeries.POSITION_X, x);
      frame.set(TelemetrySeries.POSITION_Y, y);
      frame.set(TelemetrySeries.POSITION_Z, z);
    }
    frame.set(TelemetrySeries.ACCURACY, accuracy);
    Fields orientation = location.requireObject("orientation");
    if (orientation != null) {
      frame.set(TelemetrySeries.PITCH, orientation.number("pitch"));
      frame.set(TelemetrySeries.ROLL, orientation.number("roll"));
      frame.set(TelemetrySeries.YAW, orientation.number("yaw"));
    }
    Fields velocity = location.object("velocity");
    if (velocity != null) {
      frame.set(TelemetrySeries.VELOCITY_X, velocity.number("x"));
      frame.set(TelemetrySeries.VELOCITY_Y, velocity.number("y"));
      frame.set(TelemetrySeries.VELOCITY_Z, velocity.number("z"));
    }
    Fields acceleration = location.object("acceleration");
    if (acceleration != null) {
      frame.set(TelemetrySeries.ACCELERATION_X, acceleration.number("x"));
      frame.set(TelemetrySeries.ACCELERATION_Y, acceleration.number("y"));
      frame.set(TelemetrySeries.ACCELERATION_Z, acceleration.number("z"));
    }
  }

  private void readNavigation(Fields navigation) {
    frame.set(TelemetrySeries.PROGRESS, navigation.number("progress", 0, 100));
    frame.set(
        TelemetrySeries.DISTANCE_TO_TARGET, navigation.number("distance_to_target", 0, UNBOUNDED));
  }

  private void readDock(Fields dock) {
    frame.set(TelemetrySeries.CHARGING, charging(dock));
    frame.set(TelemetrySeries.DOCK_DISTANCE, dock.number("distance", 0, UNBOUNDED));
    frame.set(TelemetrySeries.CHARGING_CURRENT, dock.number("charging_current") / 1000);
    frame.set(TelemetrySeries.CHARGING_VOLTAGE, dock.number("charging_voltage"));
  }

  /** A battery that is full is not being charged; the firmware writes nothing for null. */
  private static double charging(Fields dock) {
    String status = dock.text("charging_status");
    if (status == null) {
      return Double.NaN;
    }
    return switch (Text.word(status)) {
      case "charging" -> 1;
      case "not_charging", "full", "error" -> 0;
      default -> {
        dock.unknownWord("charging_status", status, "not_charging, charging, full or error");
        yield Double.NaN;
      }
    };
  }

  /** A robot without a mission names none, or null, or, with the firmware, nothing. */
  private static double missionActive(Fields body) {
    JsonNode id = body.present("mission_id");
    if (id != null && !id.isTextual()) {
      body.wrongType("mission_id", id, "text");
      return Double.NaN;
    }
    return body.text("mission_id") == null ? 0 : 1;
  }

  private void readTopLevel(Fields body) {
    frame.set(TelemetrySeries.CARGO_PRESENT, body.flag("cargo_present"));
    frame.set(TelemetrySeries.CARGO_LOCKED, body.flag("cargo_locked"));
    frame.set(TelemetrySeries.LINK_CENTER, body.flag("center_connected"));
    frame.set(TelemetrySeries.LINK_RS485, body.flag("rs485_connected"));
    frame.set(TelemetrySeries.CPU, body.number("cpu_usage", 0, 100));
    frame.set(TelemetrySeries.MEMORY, body.number("memory_usage", 0, 100));
    frame.set(TelemetrySeries.TEMPERATURE, body.number("temperature"));
    frame.set(TelemetrySeries.RSSI, body.number("rssi"));
  }

  private static long naturalKey(String robot, long timestamp, Message kind) {
    byte[] name = robot.getBytes(StandardCharsets.UTF_8);
    return Hash64.id(
        ByteBuffer.allocate(name.length + Long.BYTES + 1)
            .put(name)
            .putLong(timestamp)
            .put((byte) kind.code)
            .array());
  }
}
