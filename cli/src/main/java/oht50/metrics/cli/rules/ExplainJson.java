package oht50.metrics.cli.rules;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import oht50.metrics.alerting.AlertStatus;
import oht50.metrics.model.AlertTransition;
import oht50.metrics.model.Labels;
import oht50.metrics.ruleexplain.Agreement;
import oht50.metrics.ruleexplain.AlertStory;
import oht50.metrics.ruleexplain.ExplainPlan;
import oht50.metrics.ruleexplain.Explanation;
import oht50.metrics.ruleexplain.Part;
import oht50.metrics.ruleexplain.PublishedAlert;
import oht50.metrics.rulefile.RulePlace;

/**
 * An explanation as one object. Times are ISO 8601; what is not there is null; NaN and infinity,
 * which JSON does not have, are strings.
 */
final class ExplainJson {
  private static final ObjectMapper JSON = new ObjectMapper();

  private ExplainJson() {}

  static String print(Explanation explanation, List<PublishedAlert> published) {
    ExplainPlan plan = explanation.plan();
    ObjectNode root = JSON.createObjectNode();
    putRule(root, plan);
    root.put("points", explanation.points());
    ArrayNode recorded = root.putArray("looks_at");
    for (Explanation.Looked looked : explanation.looked()) {
      ObjectNode node =
          recorded.addObject().put("rule", looked.words()).put("place", looked.place());
      node.put("is_stored", looked.isStored()).put("first_tick", instant(looked.firstTick()));
      node.put("failure", looked.failure());
    }
    root.put("failure", explanation.failure());
    root.put("failed_ticks", explanation.failedTicks());
    if (explanation.expression() == null) {
      root.putNull("expression");
    } else {
      put(root.putObject("expression"), explanation.expression());
    }
    ArrayNode alerts = root.putArray("alerts");
    explanation.alerts().forEach(story -> put(alerts.addObject(), story));
    ArrayNode all = root.putArray("published");
    published.forEach(alert -> put(all.addObject(), alert));
    if (plan.isOfAlert()) {
      Agreement agreement = Agreement.of(explanation, published);
      root.put("agrees", agreement.isFull());
      agreement.differences().forEach(root.putArray("differences")::add);
    }
    try {
      return JSON.writeValueAsString(root);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("an explanation that is no JSON", e);
    }
  }

  private static void putRule(ObjectNode root, ExplainPlan plan) {
    RulePlace place = plan.rule().place();
    root.put("rule", plan.rule().name()).put("kind", plan.isOfAlert() ? "alert" : "record");
    root.put("file", plan.group().file()).put("line", place.line());
    root.put("group", plan.group().name());
    ObjectNode labels = root.putObject("labels");
    plan.wanted().labels().forEach(labels::put);
    root.put("at", instant(plan.at())).put("tick", instant(plan.tick()));
    root.put("first_tick", instant(plan.firstTick()));
    root.put("interval_seconds", plan.intervalMillis() / 1000.0);
  }

  private static String instant(long millis) {
    return Instant.ofEpochMilli(millis).toString();
  }

  /** Null for never. */
  private static String tick(long millis) {
    return millis == AlertStatus.NEVER || millis == AlertTransition.OPEN ? null : instant(millis);
  }

  private static void put(ObjectNode node, Labels labels) {
    ObjectNode all = node.putObject("labels");
    labels.forEach(all::put);
  }

  private static void put(ObjectNode node, Double value) {
    if (value == null) {
      node.putNull("value");
    } else if (Double.isFinite(value)) {
      node.put("value", value);
    } else {
      node.put("value", value.toString());
    }
  }

  private static void put(ObjectNode node, Part part) {
    node.put("expression", part.expression());
    ArrayNode series = node.putArray("series");
    for (Part.Entry entry : part.entries()) {
      ObjectNode one = series.addObject();
      put(one, entry.labels());
      put(one, entry.value());
      one.put("text", entry.text());
    }
    node.put("left_out", part.leftOut());
    part.remarks().forEach(node.putArray("remarks")::add);
    ArrayNode parts = node.putArray("parts");
    part.parts().forEach(inner -> put(parts.addObject(), inner));
  }

  private static void put(ObjectNode node, AlertStory story) {
    put(node, story.labels());
    AlertStatus status = story.status();
    node.put("state", story.state().word());
    node.put("is_certain", story.isCertain());
    node.put("active_at", tick(status.activeAt())).put("fired_at", tick(status.firedAt()));
    node.put("resolved_at", tick(status.resolvedAt()));
    node.put("keep_firing_since", tick(status.keepFiringSince()));
    node.put("sentence", story.sentence());
    ArrayNode condition = node.putArray("condition");
    for (AlertStory.Said said : story.condition()) {
      ObjectNode one = condition.addObject().put("from", instant(said.from()));
      one.put("ticks", said.ticks()).put("is_failed", said.isFailed());
      put(one, said.value());
    }
    ArrayNode states = node.putArray("states");
    for (AlertStory.Change change : story.states()) {
      states.addObject().put("at", instant(change.tick())).put("state", change.state().word());
    }
  }

  private static void put(ObjectNode node, PublishedAlert alert) {
    put(node, alert.labels());
    node.put("is_withdrawn", alert.isWithdrawn());
    node.put("active_at", tick(alert.activeAt())).put("starts_at", tick(alert.startsAt()));
    node.put("ends_at", tick(alert.endsAt()));
    ArrayNode publications = node.putArray("publications");
    for (PublishedAlert.Publication each : alert.publications()) {
      ObjectNode one = publications.addObject().put("decided_at", instant(each.decidedAt()));
      one.put("state", each.state().word()).put("is_withdrawal", each.isWithdrawal());
      one.put("cause", each.cause()).put("turn", each.turn());
    }
  }
}
