package oht50.metrics.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LawsTest {
  private static final long QUARTER = 900_000;
  private static final long HOUR = 3_600_000;

  private final List<Answer> answers = new ArrayList<>();

  private void row(String interval, long start, long end, long count, double sum) {
    answers.add(
        Answer.Row.of(
            1,
            interval,
            start,
            end,
            true,
            count,
            sum,
            1,
            1,
            1,
            1,
            Double.NaN,
            Double.NaN,
            Double.NaN,
            -1,
            -1));
  }

  /** A sample of 1 in a quarter, and every window around it but the day. */
  private void sample(long at) {
    row("1m", at, at + 60_000, 1, 1);
    row("5m", at, at + 300_000, 1, 1);
    row("15m", at, at + QUARTER, 1, 1);
    row("1h", at, at + HOUR, 1, 1);
  }

  @Test
  void daysThatAddUpAreLawfulHoweverLongTheyAre() {
    sample(0);
    sample(HOUR);
    row("1d", -20 * HOUR, HOUR, 1, 1);
    row("1d", HOUR, 2 * HOUR, 1, 1);

    assertThat(Laws.broken(answers, Set.of())).isEmpty();
  }

  @Test
  void aSampleInNoDayIsNoticed() {
    sample(0);
    sample(HOUR);
    row("1d", HOUR, 2 * HOUR, 1, 1);

    assertThat(Laws.broken(answers, Set.of())).singleElement().asString().contains("2 windows");
    assertThat(Laws.broken(answers, Set.of(1L))).isEmpty();
  }

  @Test
  void twoDaysThatOverlapAreNoticedWhateverElseIsExcused() {
    sample(0);
    row("1d", -HOUR, HOUR, 1, 1);
    row("1d", 0, 2 * HOUR, 1, 1);

    assertThat(Laws.broken(answers, Set.of(1L)))
        .singleElement()
        .asString()
        .startsWith("days overlap");
  }

  @Test
  void aSumThatIsNotThatOfTheLevelBelowIsNoticed() {
    sample(0);
    row("1d", 0, 24 * HOUR, 1, 1.5);

    assertThat(Laws.broken(answers, Set.of())).hasSize(1);
  }
}
