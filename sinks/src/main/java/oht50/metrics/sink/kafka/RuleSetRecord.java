package oht50.metrics.sink.kafka;

import java.nio.charset.StandardCharsets;
import java.util.SortedMap;

/** The JSON of a rule set: {@code {"effective_from", "files": {name: text}}}. */
public final class RuleSetRecord {
  /**
   * As much as the topic takes, with room for what the broker adds. Files of that size have tens of
   * thousands of rules.
   */
  public static final int MAX_BYTES = 1_000_000;

  private RuleSetRecord() {}

  /** The same of all sets: they are in one partition, in their order. */
  public static byte[] key() {
    return "rules".getBytes(StandardCharsets.US_ASCII);
  }

  /**
   * @param effectiveFrom ms
   * @param files name -> text
   */
  public static byte[] value(long effectiveFrom, SortedMap<String, String> files) {
    return Json.object(
        out -> {
          Json.instant(out, "effective_from", effectiveFrom);
          out.writeObjectFieldStart("files");
          for (var file : files.entrySet()) {
            out.writeStringField(file.getKey(), file.getValue());
          }
          out.writeEndObject();
        });
  }
}
