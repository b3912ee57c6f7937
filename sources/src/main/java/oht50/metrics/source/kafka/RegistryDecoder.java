package oht50.metrics.source.kafka;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import oht50.metrics.fact.FactTopics;
import oht50.metrics.model.Registration;
import oht50.metrics.model.RejectReason;

/**
 * What the registry says of a robot: {@code {"robot_id", "site", "zone", "effective_from",
 * "expected_interval_s", "missions_from", "safety_from"}}, and fields that only readers of the
 * table need. The topic is compacted by its key, the robot id; a record without a value ends the
 * registration. A record with a bad field changes nothing.
 */
public final class RegistryDecoder extends JsonDecoder {
  private static final int QUARTER_SECONDS = 900;
  private static final int LONGEST_INTERVAL_SECONDS = 86_400;

  /** Since then the offsets of all zones are whole quarters of an hour. */
  private static final Instant QUARTERS_SINCE = Instant.parse("1990-01-01T00:00:00Z");

  private final FactTopics topics;

  /**
   * @param topics that a robot's facts may be said to count from
   */
  public RegistryDecoder(FactTopics topics) {
    super(Duration.ZERO);
    this.topics = topics;
  }

  public RegistryDecoder() {
    this(FactTopics.STANDARD);
  }

  @Override
  void decodeNothing(Draft draft) {
    String robot = robot(null, draft);
    if (robot != null) {
      draft.removal(robot);
    }
  }

  @Override
  void decode(Fields message, Draft draft) {
    String robot = robotOf(message, draft);
    String site = message.name("site");
    String zone = zone(message);
    long effectiveFrom = effectiveFrom(message);
    long expectedIntervalMillis = expectedIntervalMillis(message);
    String missionsFrom = topic(message, "missions_from", topics.ofMissions());
    String safetyFrom = topic(message, "safety_from", topics.ofSafety());
    if (robot != null && !draft.hasRejects()) {
      draft.registration(
          robot,
          site,
          zone,
          effectiveFrom,
          expectedIntervalMillis,
          missionsFrom,
          safetyFrom,
          LenientJson.write(message.node()));
    }
  }

  /** Compaction goes by the key, so it has to be the robot. */
  private static String robotOf(Fields message, Draft draft) {
    String inside = message.name("robot_id");
    String key = draft.key();
    if (inside != null && key != null && !inside.equals(key)) {
      message.reject(
          "robot_id",
          RejectReason.KEY_MISMATCH,
          "saw \"%s\", the key is \"%s\"".formatted(Text.brief(inside), Text.brief(key)));
      return null;
    }
    return robot(inside, draft);
  }

  private static String zone(Fields message) {
    String id = message.name("zone");
    if (id == null) {
      return null;
    }
    ZoneId zone;
    try {
      zone = ZoneId.of(id);
    } catch (DateTimeException e) {
      message.unknownWord("zone", id, "an id of a time zone, like Asia/Ho_Chi_Minh");
      return null;
    }
    if (!isOfQuarters(zone)) {
      message.reject(
          "zone",
          RejectReason.OUT_OF_RANGE,
          "saw \"" + Text.brief(id) + "\", an offset of whole quarters of an hour is allowed");
      return null;
    }
    return id;
  }

  /** Days are made of quarters of an hour. */
  private static boolean isOfQuarters(ZoneId zone) {
    return isOfQuarters(zone.getRules().getOffset(QUARTERS_SINCE))
        && zone.getRules().getTransitions().stream()
            .filter(change -> change.getInstant().isAfter(QUARTERS_SINCE))
            .allMatch(change -> isOfQuarters(change.getOffsetAfter()));
  }

  private static boolean isOfQuarters(ZoneOffset offset) {
    return offset.getTotalSeconds() % QUARTER_SECONDS == 0;
  }

  /** Seconds, to the millisecond: times have no finer grain here. */
  private static long expectedIntervalMillis(Fields message) {
    double seconds = message.number("expected_interval_s");
    if (Double.isNaN(seconds)) {
      return Registration.NOT_SAID;
    }
    long millis = Math.round(seconds * 1_000);
    if (millis < 1 || seconds > LONGEST_INTERVAL_SECONDS) {
      message.reject(
          "expected_interval_s",
          RejectReason.OUT_OF_RANGE,
          "saw " + seconds + ", 0.001 to " + LONGEST_INTERVAL_SECONDS + " is allowed");
      return Registration.NOT_SAID;
    }
    return millis;
  }

  /** A topic that tells of nothing would be the end of a robot's missions without a word. */
  private static String topic(Fields message, String field, List<String> allowed) {
    String topic = message.name(field);
    if (topic != null && !allowed.contains(topic)) {
      message.unknownWord(field, topic, String.join(", ", allowed));
      return null;
    }
    return topic;
  }

  /** May lie ahead: a move is known before it is made. */
  private static long effectiveFrom(Fields message) {
    JsonNode value = message.present("effective_from");
    if (value == null) {
      return Registration.ALWAYS;
    }
    long instant = Timestamps.parse(value);
    if (instant == Timestamps.UNREADABLE) {
      message.reject(
          "effective_from",
          RejectReason.BAD_TIMESTAMP,
          "saw " + Fields.seen(value) + ", " + Timestamps.ALLOWED);
      return Registration.ALWAYS;
    }
    return instant;
  }
}
