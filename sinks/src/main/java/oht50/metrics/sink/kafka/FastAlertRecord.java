package oht50.metrics.sink.kafka;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import oht50.metrics.model.AlertTransition;

/** The JSON of the fast lane: an alert record with a {@code status}. */
public final class FastAlertRecord {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String STATUS = "status";

  /** Whether a record of the fast lane can be relied upon. */
  public enum Status {
    /** Decided, and not yet part of a completed checkpoint. */
    PROVISIONAL("provisional"),
    /** Part of a completed checkpoint, and so on the alerts topic. */
    CONFIRMED("confirmed"),
    /** Of an attempt that failed, and not found again by the one that took its place. */
    WITHDRAWN("withdrawn");

    private final String word;

    Status(String word) {
      this.word = word;
    }
  }

  private FastAlertRecord() {}

  static byte[] provisional(AlertTransition transition) {
    return Json.object(
        out -> {
          AlertRecord.writeFields(transition, out);
          out.writeStringField(STATUS, Status.PROVISIONAL.word);
        });
  }

  /** The same record with another status. */
  public static byte[] with(Status status, String record) {
    try {
      ObjectNode fields = (ObjectNode) JSON.readTree(record);
      return fields.put(STATUS, status.word).toString().getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("no record of the fast lane: " + record, e);
    }
  }

  /** The id of the alert that a record is about: its key. */
  public static byte[] key(String record) {
    try {
      return JSON.readTree(record).path("alert_id").asText().getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("no record of the fast lane: " + record, e);
    }
  }

  /** Reads fields of a record; of anything else the fields are missing. */
  public static JsonNode fields(byte[] record) {
    try {
      return record == null ? JSON.missingNode() : JSON.readTree(record);
    } catch (IOException e) {
      return JSON.missingNode();
    }
  }

  /** Whether a record's fields say that it is provisional. */
  public static boolean isProvisional(JsonNode fields) {
    return Status.PROVISIONAL.word.equals(fields.path(STATUS).asText());
  }
}
