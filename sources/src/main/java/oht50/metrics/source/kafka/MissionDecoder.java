package oht50.metrics.source.kafka;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Set;
import oht50.metrics.mission.MissionPriority;
import oht50.metrics.mission.MissionStatus;
import oht50.metrics.model.Event;
import oht50.metrics.model.EventKind;
import oht50.metrics.model.RejectReason;

/**
 * A mission's status at a time, from
 *
 * <ul>
 *   <li>event envelopes: {@code {"type": "mission.started|progress|completed", "timestamp", "data":
 *       {"mission_id", …}}}; only the first of them names the mission's type
 *   <li>event records: {@code mission_id, mission_type or type, robot_id, priority, status}, and
 *       {@code timestamp} or {@code start_time, end_time}
 *   <li>the stored record of a mission: {@code id, status, created_at, started_at, completed_at}
 * </ul>
 *
 * <p>Each is an event, and one or more facts of the mission's life: a record also says when the
 * mission was created and when it began. Progress is no fact of a life: it neither begins nor ends
 * anything, and when nobody says when a mission began, its duration is not known.
 */
public final class MissionDecoder extends JsonDecoder {
  /** Types of missions of the document whose priorities go from 0, the highest, to 4. */
  private static final Set<String> OF_FIVE_STEPS = Set.of("transport", "patrol");

  private static final String PROGRESS = "mission.progress";
  private static final String ENVELOPE = "mission.";
  private static final String[] DURATIONS = {
    "duration_s", "duration", "estimated_duration", "completion_time", "timeout"
  };

  public MissionDecoder(Duration maxAhead) {
    super(maxAhead);
  }

  @Override
  Unnamed unnamed(ObjectNode message, String type) {
    boolean isNamed = message.hasNonNull("type") || message.hasNonNull("status");
    return !isNamed && type.startsWith(ENVELOPE) ? Unnamed.ENVELOPE : null;
  }

  @Override
  void decode(Fields message, Draft draft) {
    String type = message.name("type");
    if (type == null || !type.startsWith(ENVELOPE)) {
      decodeRecord(message, type, draft);
      return;
    }
    MissionStatus byType =
        switch (type) {
          case "mission.started", PROGRESS -> MissionStatus.EXECUTING;
          case "mission.completed" -> MissionStatus.COMPLETED;
          default -> null;
        };
    if (byType == null) {
      message.reject(
          "type",
          RejectReason.UNKNOWN_MESSAGE_TYPE,
          "saw \""
              + Text.brief(type)
              + "\", mission.started, mission.progress or mission.completed is allowed");
      return;
    }
    Fields data = message.requireObject("data");
    if (data == null) {
      return;
    }
    String mission = data.requireIdentifier("mission_id");
    MissionStatus status =
        byType == MissionStatus.COMPLETED && data.has("status") ? status(data) : byType;
    if (mission == null || status == null) {
      return;
    }
    String robot = data.name("robot_id");
    emit(
        message,
        data,
        new Facts(
            mission,
            status,
            message.requireTimestamp("timestamp"),
            robot == null ? message.name("robot_id") : robot,
            missionType(data.name("mission_type")),
            !type.equals(PROGRESS)),
        draft);
  }

  private void decodeRecord(Fields message, String type, Draft draft) {
    boolean stored = !message.has("mission_id") && message.has("created_at");
    String mission = message.requireIdentifier(stored ? "id" : "mission_id");
    if (mission == null) {
      return;
    }
    MissionStatus status = status(message);
    if (status == null) {
      return;
    }
    String missionType = message.name("mission_type");
    String timeField = timeField(message, status, stored);
    Facts facts =
        new Facts(
            mission,
            status,
            message.requireTimestamp(timeField),
            message.name("robot_id"),
            missionType(missionType == null ? type : missionType),
            true);
    MissionPriority priority = emit(message, message, facts, draft);
    if (facts.timestamp() != Timestamps.UNREADABLE) {
      String start = stored ? "started_at" : "start_time";
      emitEarlier(MissionStatus.EXECUTING, start, timeField, message, facts, priority, draft);
      if (stored) {
        emitEarlier(
            MissionStatus.CREATED, "created_at", timeField, message, facts, priority, draft);
      }
    }
  }

  /** What a record says of the mission's life before the status that it has now. */
  private static void emitEarlier(
      MissionStatus status,
      String field,
      String timeField,
      Fields message,
      Facts facts,
      MissionPriority priority,
      Draft draft) {
    if (field.equals(timeField) || !message.has(field)) {
      return;
    }
    long timestamp = message.requireTimestamp(field);
    if (timestamp != Timestamps.UNREADABLE) {
      draft.missionFact(facts.mission(), status, timestamp, facts.robot(), facts.type(), priority);
    }
  }

  /** The field that says since when the mission has had its status. */
  private static String timeField(Fields message, MissionStatus status, boolean stored) {
    if (stored) {
      if (status.isTerminal()) {
        return "completed_at";
      }
      return message.has("started_at") ? "started_at" : "created_at";
    }
    String field = status.isTerminal() ? "end_time" : "start_time";
    return message.has(field) && !message.has("timestamp") ? field : "timestamp";
  }

  private static MissionStatus status(Fields fields) {
    String word = fields.requireText("status");
    MissionStatus status = word == null ? null : MissionWords.status(word);
    if (word != null && status == null) {
      fields.unknownWord("status", word, "a status of a mission, such as queued or completed");
    }
    return status;
  }

  private static String missionType(String type) {
    return type == null ? null : Text.word(type);
  }

  /**
   * @param isOfLife whether the mission's life changes with it
   */
  private record Facts(
      String mission,
      MissionStatus status,
      long timestamp,
      String robot,
      String type,
      boolean isOfLife) {}

  /** Returns the priority that the message names, or null. */
  private static MissionPriority emit(Fields message, Fields body, Facts facts, Draft draft) {
    MissionPriority priority = priority(body, facts.type());
    for (String duration : DURATIONS) {
      body.number(duration, 0, Double.MAX_VALUE);
    }
    body.number("progress", 0, 100);
    if (facts.timestamp() == Timestamps.UNREADABLE) {
      return priority;
    }
    String id = facts.mission() + '/' + facts.status().word() + '/' + facts.timestamp();
    draft.event(
        new Event(
            EventKind.MISSION,
            id,
            facts.robot(),
            facts.type(),
            null,
            facts.status().word(),
            false,
            facts.timestamp(),
            LenientJson.write(message.node()),
            draft.position()));
    if (facts.isOfLife()) {
      draft.missionFact(
          facts.mission(),
          facts.status(),
          facts.timestamp(),
          facts.robot(),
          facts.type(),
          priority);
    }
    return priority;
  }

  // Two scales of numbers overlap: 0 and the missions of the document are of the first.
  private static MissionPriority priority(Fields body, String type) {
    JsonNode said = body.present("priority");
    if (said == null) {
      return null;
    }
    if (!said.isTextual() && !said.isIntegralNumber()) {
      body.wrongType("priority", said, "text or an integer");
      return null;
    }
    MissionPriority priority = null;
    if (said.isTextual()) {
      priority = MissionWords.priority(said.textValue());
    } else if (said.canConvertToInt()) {
      int number = said.intValue();
      boolean isOfFive = number == 0 || (number <= 4 && OF_FIVE_STEPS.contains("" + type));
      priority =
          isOfFive ? MissionPriority.ofFiveSteps(number) : MissionPriority.ofTenSteps(number);
    }
    if (priority == null) {
      body.unknownWord("priority", said.asText(), "critical, high, normal, low or 0 to 10");
    }
    return priority;
  }
}
