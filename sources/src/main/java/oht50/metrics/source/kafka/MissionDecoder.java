package oht50.metrics.source.kafka;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import oht50.metrics.model.Event;
import oht50.metrics.model.EventKind;
import oht50.metrics.model.Hash64;
import oht50.metrics.model.Labels;
import oht50.metrics.model.MetricKind;
import oht50.metrics.model.RejectReason;
import oht50.metrics.model.Series;
import oht50.metrics.model.SeriesLayout;

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
 * A terminal status counts once on {@code oht50_missions_total}.
 */
public final class MissionDecoder extends JsonDecoder {
  private static final String ENVELOPE = "mission.";
  private static final String[] DURATIONS = {
    "duration_s", "duration", "estimated_duration", "completion_time", "timeout"
  };

  public MissionDecoder(Duration maxAhead) {
    super(maxAhead);
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
          case "mission.started", "mission.progress" -> MissionStatus.EXECUTING;
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
            missionType(data.name("mission_type"))),
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
    emit(
        message,
        message,
        new Facts(
            mission,
            status,
            message.requireTimestamp(timeField(message, status, stored)),
            message.name("robot_id"),
            missionType(missionType == null ? type : missionType)),
        draft);
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
    MissionStatus status = word == null ? null : MissionStatus.ofWord(word);
    if (word != null && status == null) {
      fields.unknownWord("status", word, "a status of a mission, such as queued or completed");
    }
    return status;
  }

  private static String missionType(String type) {
    return type == null ? null : Text.word(type);
  }

  private record Facts(
      String mission, MissionStatus status, long timestamp, String robot, String type) {}

  private static void emit(Fields message, Fields body, Facts facts, Draft draft) {
    checkPriority(body);
    for (String duration : DURATIONS) {
      body.number(duration, 0, Double.MAX_VALUE);
    }
    body.number("progress", 0, 100);
    if (facts.timestamp() == Timestamps.UNREADABLE) {
      return;
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
    if (facts.status().isTerminal()) {
      draft.occurrence(missionsTotal(facts), Hash64.id(id), facts.timestamp());
    }
  }

  // The two scales of numbers overlap, so which one it is, is not decided here.
  private static void checkPriority(Fields body) {
    JsonNode priority = body.present("priority");
    if (priority == null) {
      return;
    }
    if (priority.isTextual()) {
      if (MissionPriority.ofWord(priority.textValue()) == null) {
        body.unknownWord(
            "priority", priority.textValue(), "critical, high, normal, low or 0 to 10");
      }
    } else if (!priority.isIntegralNumber()) {
      body.wrongType("priority", priority, "text or an integer");
    } else if (!priority.canConvertToInt() || priority.intValue() < 0 || priority.intValue() > 10) {
      body.unknownWord("priority", priority.asText(), "critical, high, normal, low or 0 to 10");
    }
  }

  private static SeriesLayout missionsTotal(Facts facts) {
    Map<String, String> labels = new HashMap<>();
    labels.put("robot_id", facts.robot());
    labels.put("status", facts.status().word());
    labels.put("type", facts.type());
    labels.values().removeIf(value -> value == null);
    return SeriesLayout.of(Series.of("oht50_missions_total", Labels.of(labels), MetricKind.DELTA));
  }
}
