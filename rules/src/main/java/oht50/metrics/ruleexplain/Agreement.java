package oht50.metrics.ruleexplain;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import oht50.metrics.model.AlertState;
import oht50.metrics.model.Labels;
import oht50.metrics.promql.eval.MetricLabels;

/**
 * Whether what was published of a rule's alerts is what an explanation says of them at its tick.
 * Only alerts that fire are published.
 *
 * @param differences one for each alert
 */
public record Agreement(List<String> differences) {
  static final String REASONS =
      "possible reasons: points that came after it was decided, another version of the rule, points"
          + " that retention has dropped, or the job has not come to this tick";

  public Agreement {
    differences = List.copyOf(differences);
  }

  public boolean isFull() {
    return differences.isEmpty();
  }

  /**
   * @param published alerts of the rule's name with the labels asked for
   */
  public static Agreement of(Explanation explanation, List<PublishedAlert> published) {
    ExplainPlan plan = explanation.plan();
    Map<Labels, PublishedAlert> firing = new TreeMap<>(MetricLabels.ORDER);
    published.stream()
        .filter(each -> each.firesAt(plan.tick()))
        .forEach(each -> firing.put(each.labels(), each));
    Moments moments = new Moments(plan.tick());
    List<String> differences = new ArrayList<>();
    for (AlertStory story : explanation.alerts()) {
      PublishedAlert other = firing.remove(story.labels());
      String difference =
          other == null ? unpublished(story) : difference(story, other, plan, moments);
      if (difference != null) {
        differences.add(MetricLabels.text(story.labels()) + " " + difference);
      }
    }
    for (PublishedAlert other : firing.values()) {
      differences.add(
          "%s is published as firing since %s, and here its condition held at no tick since %s"
              .formatted(
                  MetricLabels.text(other.labels()),
                  moments.text(other.startsAt()),
                  moments.text(plan.firstTick())));
    }
    return new Agreement(differences);
  }

  private static String unpublished(AlertStory story) {
    return story.state() == AlertState.FIRING ? "is firing here, and not as published" : null;
  }

  private static String difference(
      AlertStory story, PublishedAlert published, ExplainPlan plan, Moments moments) {
    String since = moments.text(published.startsAt());
    if (story.state() != AlertState.FIRING) {
      // Then it fired before the first tick, and so the explanation too says that it fires.
      boolean isExplained =
          story.whenFiringBefore() == AlertState.FIRING && published.firesAt(plan.firstTick());
      return isExplained
          ? null
          : "is published as firing since %s, and is %s here"
              .formatted(since, story.state().word());
    }
    boolean isFromBefore = story.status().activeAt() == plan.firstTick();
    return isFromBefore || story.status().firedAt() == published.startsAt()
        ? null
        : "is published as firing since %s, and fires here since %s"
            .formatted(since, moments.text(story.status().firedAt()));
  }
}
