package oht50.metrics.sink.kafka;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import oht50.metrics.model.AlertTransition;
import oht50.metrics.sink.EvidenceJson;

/** The JSON of a transition, field by field in {@code docs/alert-record.md}. */
public final class AlertRecord {
  /**
   * Header of a record that was published again because the commit of the first was refused. Its
   * value is that of the first.
   */
  public static final String REPUBLISHED_HEADER = "oht50-republished";

  private AlertRecord() {}

  /** The alert's id: all transitions of one alert are in one partition, in their order. */
  public static byte[] key(AlertTransition transition) {
    return transition.alertId().getBytes(StandardCharsets.UTF_8);
  }

  public static byte[] value(AlertTransition transition) {
    return Json.object(out -> writeFields(transition, out));
  }

  static void writeFields(AlertTransition transition, JsonGenerator out) throws IOException {
    out.writeStringField("transition_id", transition.transitionId());
    out.writeStringField("alert_id", transition.alertId());
    out.writeStringField("rule", transition.rule());
    out.writeStringField("state", transition.state().word());
    out.writeStringField("previous_state", transition.previousState().word());
    out.writeNumberField("revision", transition.turn() - 1);
    out.writeStringField("cause", transition.cause().word());
    Json.labels(out, "labels", transition.labels());
    Json.labels(out, "annotations", transition.annotations());
    Json.number(out, "value", transition.value());
    Json.instant(out, "starts_at", transition.startsAt());
    Json.instant(out, "active_at", transition.activeAt());
    Json.instant(out, "ends_at", transition.endsAt());
    Json.instant(out, "decided_at", transition.decidedAt());
    out.writeBooleanField("withdrawn", transition.withdrawn());
    out.writeNumberField("turn", transition.turn());
    out.writeStringField("replaces", transition.replaces());
    out.writeNumberField("rule_version", transition.evidence().ruleVersion());
    out.writeFieldName("evidence");
    out.writeRawValue(EvidenceJson.write(transition.evidence().points()));
    out.writeNumberField("epoch", transition.epoch());
    out.writeNumberField("seq", transition.seq());
  }
}
