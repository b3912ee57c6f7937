package oht50.metrics.rule;

import java.io.Serializable;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import oht50.metrics.model.Event;
import oht50.metrics.model.Labels;

/**
 * "A, and no B within t" for one robot: a fact that asks for an answer, and the answer did not
 * come. With t = 0 the fact is the alert itself: it fires on arrival, and B only ends it.
 *
 * <p>An episode begins with the first A and ends with the first B after it; further A's in between
 * raise nothing. A B counts as an answer in {@code [activeAt, activeAt + within)}.
 *
 * @param name the alert's name
 * @param begins A
 * @param without B; an event that is both is a B
 * @param within t, or zero: judged on arrival, without waiting for the watermark
 * @param labels identity of the alert besides {@code alertname} and {@code robot_id}
 * @param annotations text for people; {@code ${robot_id}}, {@code ${type}}, {@code ${severity}}
 *     stand for fields of the event that began the episode
 */
public record SequenceRule(
    String name,
    EventMatcher begins,
    EventMatcher without,
    Duration within,
    Map<String, String> labels,
    Map<String, String> annotations)
    implements Serializable {

  public boolean isBegin(Event event) {
    return begins.matches(event) && !without.matches(event);
  }

  public boolean isAnswer(Event event) {
    return without.matches(event);
  }

  boolean concerns(Event event) {
    return begins.matches(event) || without.matches(event);
  }

  public boolean onArrival() {
    return within.isZero();
  }

  Labels labelsOf(String robot) {
    TreeMap<String, String> all = new TreeMap<>(labels);
    all.put("alertname", name);
    all.put("robot_id", robot);
    return Labels.of(all);
  }

  Labels annotationsOf(Event first) {
    TreeMap<String, String> rendered = new TreeMap<>();
    annotations.forEach((key, text) -> rendered.put(key, Placeholders.fill(text, first)));
    return Labels.of(rendered);
  }
}
