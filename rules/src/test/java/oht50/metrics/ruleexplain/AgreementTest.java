package oht50.metrics.ruleexplain;

import static oht50.metrics.ruleexplain.Explained.BEGINNING;
import static oht50.metrics.ruleexplain.Explained.MINUTE;
import static oht50.metrics.ruleexplain.Explained.rules;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import oht50.metrics.model.AlertState;
import oht50.metrics.model.AlertTransition;
import oht50.metrics.model.Labels;
import org.junit.jupiter.api.Test;

class AgreementTest {
  private static final Labels LABELS = Labels.of("alertname", "Up", "i", "1");

  private final Explained up =
      rules("- {alert: Up, expr: x > 0, for: 2m}").series("x{i=\"1\"}", "0 1x3 0x6");

  private static PublishedAlert published(Labels labels, long start, long end) {
    PublishedAlert.Publication publication =
        new PublishedAlert.Publication(AlertState.FIRING, false, "on_time", start, 1);
    return new PublishedAlert(labels, false, start - 2 * MINUTE, start, end, List.of(publication));
  }

  private static long minute(int minutes) {
    return BEGINNING + minutes * MINUTE;
  }

  private List<String> differences(String at, PublishedAlert... published) {
    return Agreement.of(up.at(at).of("Up"), List.of(published)).differences();
  }

  @Test
  void theSameAlertsAgree() {
    assertThat(differences("4m", published(LABELS, minute(3), AlertTransition.OPEN))).isEmpty();
    assertThat(differences("6m", published(LABELS, minute(3), minute(5)))).isEmpty();
    assertThat(differences("2m")).as("pending is not published").isEmpty();
  }

  @Test
  void whatFiresOnOneSideOnlyDiffers() {
    assertThat(differences("4m"))
        .containsExactly("{alertname=\"Up\", i=\"1\"} is firing here, and not as published");
    assertThat(differences("6m", published(LABELS, minute(3), AlertTransition.OPEN)))
        .containsExactly(
            "{alertname=\"Up\", i=\"1\"} is published as firing since 10:03:00, and is inactive"
                + " here");
    assertThat(differences("2m", published(LABELS.with("i", "2"), minute(1), AlertTransition.OPEN)))
        .containsExactly(
            "{alertname=\"Up\", i=\"2\"} is published as firing since 10:01:00, and here its"
                + " condition held at no tick since 09:58:00");
  }

  @Test
  void anotherBeginningDiffersUnlessItLiesBeforeWhatWasLookedAt() {
    assertThat(differences("4m", published(LABELS, minute(4), AlertTransition.OPEN)))
        .containsExactly(
            "{alertname=\"Up\", i=\"1\"} is published as firing since 10:04:00, and fires here"
                + " since 10:03:00");
    Explained always = rules("- {alert: Up, expr: x > 0}").series("x{i=\"1\"}", "1x9").at("8m");
    assertThat(
            Agreement.of(
                    always.of("Up"), List.of(published(LABELS, minute(-100), AlertTransition.OPEN)))
                .isFull())
        .isTrue();
  }

  @Test
  void whatWasPublishedIsPrintedWithTheDifference() {
    PublishedAlert open = published(LABELS, minute(3), AlertTransition.OPEN);
    assertThat(ExplanationText.print(up.at("4m").of("Up"), List.of(open)))
        .isEqualTo(
            """

            published
              {alertname="Up", i="1"} active 10:01:00, fires 10:03:00
                decided: 10:03:00 firing (on_time)
            what was published agrees
            """);
    assertThat(ExplanationText.print(up.at("4m").of("Up"), List.of()))
        .isEqualTo(
            """

            published
              nothing of this time
            what was published differs: {alertname="Up", i="1"} is firing here, and not as published; possible reasons: points that came after it was decided, another version of the rule, points that retention has dropped, or the job has not come to this tick
            """);
  }
}
