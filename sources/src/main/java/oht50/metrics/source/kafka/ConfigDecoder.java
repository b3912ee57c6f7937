package oht50.metrics.source.kafka;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import oht50.metrics.model.Event;
import oht50.metrics.model.EventKind;
import oht50.metrics.model.Hash64;
import oht50.metrics.model.Labels;
import oht50.metrics.model.MetricKind;
import oht50.metrics.model.RejectReason;
import oht50.metrics.model.Series;
import oht50.metrics.model.SeriesLayout;

/**
 * Changes of configuration, from
 *
 * <ul>
 *   <li>events: {@code config.updated}, {@code config.rollback}, {@code config.validation_failed}
 *   <li>the history of August 2025, {@code {"version", "timestamp", "action", "user",
 *       "config_data"}}, which has two entries for one change: {@code created} and {@code
 *       rollback_to} count
 *   <li>the stored setting, {@code {"config_key", "config_value", "config_type", "updated_at"}}
 * </ul>
 *
 * Each is an event. A change that was applied adds 1 to {@code oht50_config_changes_total} of each
 * area it touches, one that was refused to {@code oht50_config_validation_errors_total}; one that
 * is pending has not happened yet. A change is known by what changed (id, version or key) and its
 * time, so the same one told again counts once. Secrets in what is kept are masked.
 */
public final class ConfigDecoder extends JsonDecoder {
  private static final String CHANGES = "oht50_config_changes_total";
  private static final String ENVELOPE = "config.";
  private static final String ERRORS = "oht50_config_validation_errors_total";

  private static final Set<String> HISTORY =
      Set.of("created", "updated", "rollback_from", "rollback_to");

  public ConfigDecoder(Duration maxAhead) {
    super(maxAhead);
  }

  /**
   * @param id natural key, the same for every message that tells of it
   * @param type what happened
   * @param counter the metric that it adds to, or null
   * @param areas labels {@code config_type}
   */
  private record Change(
      String id, String type, String status, long timestamp, String counter, Set<String> areas) {}

  @Override
  Unnamed unnamed(ObjectNode message, String type) {
    boolean isNamed =
        message.hasNonNull("type")
            || message.hasNonNull("action")
            || message.hasNonNull("config_key");
    return !isNamed && type.startsWith(ENVELOPE) ? Unnamed.ENVELOPE : null;
  }

  @Override
  void decode(Fields message, Draft draft) {
    Change change = read(message);
    if (change == null) {
      return;
    }
    String robot = message.name("robot_id");
    draft.event(
        new Event(
            EventKind.CONFIG,
            robot == null ? change.id() : robot + '/' + change.id(),
            robot,
            change.type(),
            null,
            change.status(),
            false,
            change.timestamp(),
            LenientJson.write(Secrets.masked(message.node())),
            draft.position()));
    if (change.counter() != null) {
      for (String area : change.areas()) {
        Labels labels = Labels.of("config_type", area, "robot_id", robot);
        draft.occurrence(
            SeriesLayout.of(Series.of(change.counter(), labels, MetricKind.DELTA)),
            Hash64.id(change.id() + '\0' + change.counter()),
            change.timestamp());
      }
    }
  }

  /** Null after a reject. */
  private static Change read(Fields message) {
    if (message.has("config_key")) {
      return setting(message);
    }
    if (message.has("action") && !message.has("type")) {
      return entry(message);
    }
    String type = message.requireText("type");
    if (type == null) {
      return null;
    }
    return switch (type) {
      case "config.updated" -> updated(message);
      case "config.rollback" -> rollback(message);
      case "config.validation_failed" -> validationFailed(message);
      default -> {
        message.reject(
            "type",
            RejectReason.UNKNOWN_MESSAGE_TYPE,
            "saw \""
                + Text.brief(type)
                + "\", config.updated, config.rollback or config.validation_failed is allowed");
        yield null;
      }
    };
  }

  private static Change updated(Fields message) {
    Fields data = message.requireObject("data");
    Fields changes = data == null ? null : data.requireObject("changes");
    if (changes == null) {
      return null;
    }
    String status = status(data, Set.of("applied", "pending", "failed"));
    long timestamp = message.requireTimestamp("timestamp");
    if (timestamp == Timestamps.UNREADABLE) {
      return null;
    }
    Set<String> areas = new TreeSet<>();
    String explicit = ConfigAreas.explicit(data);
    if (explicit != null) {
      areas.add(explicit);
    } else {
      changes.node().fieldNames().forEachRemaining(key -> areas.add(ConfigAreas.ofKey(key)));
    }
    if (areas.isEmpty()) {
      areas.add(ConfigAreas.SYSTEM);
    }
    String config = data.identifier("config_id");
    String version = data.identifier("version");
    boolean failed = "failed".equals(status);
    String id = "updated/" + config + '/' + version + '/' + status + '/' + timestamp;
    String counter = failed ? ERRORS : "pending".equals(status) ? null : CHANGES;
    return new Change(id, "updated", status, timestamp, counter, areas);
  }

  private static Change rollback(Fields message) {
    Fields data = message.requireObject("data");
    if (data == null) {
      return null;
    }
    String status = status(data, Set.of("completed", "failed"));
    long timestamp = message.requireTimestamp("timestamp");
    if (timestamp == Timestamps.UNREADABLE) {
      return null;
    }
    String id =
        "rollback/%s/%s/%d"
            .formatted(data.identifier("from_version"), data.identifier("to_version"), timestamp);
    String counter = "failed".equals(status) ? null : CHANGES;
    return new Change(id, "rollback", status, timestamp, counter, Set.of(area(data)));
  }

  private static Change validationFailed(Fields message) {
    Fields data = message.requireObject("data");
    long timestamp = message.requireTimestamp("timestamp");
    if (data == null || timestamp == Timestamps.UNREADABLE) {
      return null;
    }
    String area = area(data);
    String id = "validation_failed/" + area + '/' + timestamp;
    return new Change(id, "validation_failed", "failed", timestamp, ERRORS, Set.of(area));
  }

  private static Change entry(Fields message) {
    String action = message.requireText("action");
    if (action == null) {
      return null;
    }
    if (!HISTORY.contains(action)) {
      message.unknownWord("action", action, String.join(", ", new TreeSet<>(HISTORY)));
      return null;
    }
    String version = message.requireIdentifier("version");
    long timestamp = message.requireTimestamp("timestamp");
    if (version == null || timestamp == Timestamps.UNREADABLE) {
      return null;
    }
    boolean counts = action.equals("created") || action.equals("rollback_to");
    return new Change(
        action + '/' + version + '/' + timestamp,
        action,
        null,
        timestamp,
        counts ? CHANGES : null,
        Set.of(ConfigAreas.ofWhole(message.node().path("config_data"))));
  }

  private static Change setting(Fields message) {
    String key = message.requireText("config_key");
    if (key == null) {
      return null;
    }
    long timestamp =
        message.requireTimestamp(
            message.has("updated_at") || !message.has("created_at") ? "updated_at" : "created_at");
    if (timestamp == Timestamps.UNREADABLE) {
      return null;
    }
    String explicit = ConfigAreas.explicit(message);
    return new Change(
        "setting/" + key + '/' + timestamp,
        "setting",
        null,
        timestamp,
        CHANGES,
        Set.of(explicit == null ? ConfigAreas.ofKey(key) : explicit));
  }

  private static String area(Fields data) {
    String explicit = ConfigAreas.explicit(data);
    return explicit == null ? ConfigAreas.SYSTEM : explicit;
  }

  /** The word of the status, or null when absent or unknown. */
  private static String status(Fields data, Set<String> allowed) {
    String word = data.text("status");
    if (word == null || allowed.contains(Text.word(word))) {
      return word == null ? null : Text.word(word);
    }
    data.unknownWord("status", word, String.join(", ", new TreeSet<>(allowed)));
    return null;
  }
}
