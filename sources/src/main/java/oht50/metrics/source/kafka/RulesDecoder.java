package oht50.metrics.source.kafka;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import oht50.metrics.model.RejectReason;
import oht50.metrics.model.Rejected;
import oht50.metrics.model.RuleSet;

/**
 * Rule files that replace all those before them: {@code {"effective_from", "files": {name: text}}}.
 * Without an instant they are valid from the time of arrival; none is valid from before that,
 * because what new rules look at had not been kept then. What is in the files is not looked at
 * here.
 */
public final class RulesDecoder extends JsonDecoder {
  private static final long SECOND = 1_000;

  public RulesDecoder() {
    super(Duration.ZERO);
  }

  /**
   * What a record says, for programs that know nothing of Flink.
   *
   * @param set null if the record is none
   * @param reject why it is none, else null
   */
  public record Told(RuleSet set, Rejected reject) {}

  public Told told(RawRecord record) {
    Draft draft = draft(record);
    return new Told(draft.ruleSet(), draft.firstReject());
  }

  /** All files of an installation are one message. */
  @Override
  int maxMessageBytes() {
    return MAX_RECORD_BYTES;
  }

  @Override
  void decode(Fields message, Draft draft) {
    long effectiveFrom = effectiveFrom(message, draft);
    SortedMap<String, String> files = files(message);
    if (!draft.hasRejects()) {
      draft.ruleSet(effectiveFrom, files);
    }
  }

  private static SortedMap<String, String> files(Fields message) {
    SortedMap<String, String> files = new TreeMap<>();
    JsonNode value = message.present("files");
    if (value == null) {
      message.reject("files", RejectReason.MISSING_FIELD, "names of rule files and their texts");
    } else if (!value.isObject()) {
      message.reject(
          "files", RejectReason.WRONG_TYPE, "saw " + Fields.seen(value) + ", an object is needed");
    } else {
      for (Map.Entry<String, JsonNode> file : value.properties()) {
        if (file.getValue().isTextual()) {
          files.put(file.getKey(), file.getValue().textValue());
        } else {
          message.reject(
              "files", RejectReason.WRONG_TYPE, "saw " + Fields.seen(file.getValue()) + " as text");
        }
      }
    }
    return files;
  }

  private static long effectiveFrom(Fields message, Draft draft) {
    JsonNode value = message.present("effective_from");
    long arrived = Math.max(0, draft.appendTime());
    long earliest = Math.floorDiv(arrived, SECOND) * SECOND + SECOND;
    if (value == null) {
      return earliest;
    }
    long instant = Timestamps.parse(value);
    if (instant == Timestamps.UNREADABLE) {
      message.reject(
          "effective_from",
          RejectReason.BAD_TIMESTAMP,
          "saw " + Fields.seen(value) + ", " + Timestamps.ALLOWED);
    }
    return Math.max(earliest, instant);
  }
}
