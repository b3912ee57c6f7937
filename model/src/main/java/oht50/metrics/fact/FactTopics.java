package oht50.metrics.fact;

import java.io.Serializable;
import java.util.List;

/**
 * The topics that tell of missions and safety events.
 *
 * @param missions whose missions count where the registry names no topic
 * @param safety whose safety events count where it names none
 * @param states states of VDA 5050, from which both follow
 */
public record FactTopics(String missions, String safety, String states) implements Serializable {
  public static final FactTopics STANDARD =
      new FactTopics("oht50.missions", "oht50.safety", "vda5050.state");

  /** Those that the registry may name for missions. */
  public List<String> ofMissions() {
    return List.of(missions, states);
  }

  /** Those that it may name for safety events. */
  public List<String> ofSafety() {
    return List.of(safety, states);
  }
}
