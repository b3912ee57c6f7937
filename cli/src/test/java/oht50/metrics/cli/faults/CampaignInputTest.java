package oht50.metrics.cli.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import oht50.metrics.cli.Topics;
import org.junit.jupiter.api.Test;

class CampaignInputTest {
  private static final List<CampaignInput.Line> LINES =
      CampaignInput.of(1, 200).stream().flatMap(List::stream).toList();

  @Test
  void aSeedDecidesTheInput() {
    assertThat(CampaignInput.of(1, 20)).isEqualTo(CampaignInput.of(1, 20));
    assertThat(CampaignInput.of(1, 20)).isNotEqualTo(CampaignInput.of(2, 20));
  }

  @Test
  void aShorterInputIsTheBeginningOfALongerOne() {
    assertThat(CampaignInput.of(1, 200).subList(0, 20)).isEqualTo(CampaignInput.of(1, 20));
  }

  @Test
  void eachTickEndsWithTheClock() {
    assertThat(CampaignInput.of(1, 20))
        .allSatisfy(tick -> assertThat(tick.get(tick.size() - 1).topic()).isEqualTo(Topics.CLOCK));
  }

  @Test
  void somePointsComeTwice() {
    List<String> points =
        LINES.stream()
            .filter(line -> line.topic().equals(Topics.POINTS))
            .map(CampaignInput.Line::value)
            .toList();
    assertThat(points.stream().distinct().count()).isLessThan(points.size());
  }

  @Test
  void robotsStopAndAreClearedAndSomePointsAreNone() {
    assertThat(LINES).anyMatch(line -> line.value().contains("e_stop"));
    assertThat(LINES).anyMatch(line -> line.value().contains("safety.clear"));
    assertThat(LINES).anyMatch(line -> line.value().contains("9lives"));
  }
}
