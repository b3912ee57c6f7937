package oht50.metrics.ruleset;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import oht50.metrics.model.Position;
import oht50.metrics.model.RuleSet;
import org.junit.jupiter.api.Test;

/** Which set is valid when. */
class RuleHistoryTest {
  private long offset;

  private RuleSet set(String name, long effectiveFrom) {
    return new RuleSet(
        effectiveFrom, new TreeMap<>(Map.of(name, "groups: []")), new Position("t", 0, offset++));
  }

  private static String validAt(long tick, RuleHistory history) {
    RuleSet valid = history.validAt(tick);
    return valid == null ? null : valid.files().firstKey();
  }

  @Test
  void theSetIsValidThatIsEffectiveSinceLastOfSeveralTheOneKnownLast() {
    RuleHistory history =
        RuleHistory.NOTHING
            .with(set("first", 10))
            .with(set("tomorrow", 50))
            .with(set("second", 20))
            .with(set("instead", 20));

    assertThat(validAt(9, history)).isNull();
    assertThat(validAt(10, history)).isEqualTo("first");
    assertThat(validAt(20, history)).isEqualTo("instead");
    assertThat(validAt(49, history)).isEqualTo("instead");
    assertThat(validAt(50, history)).isEqualTo("tomorrow");
  }

  @Test
  void whatIsLetGoOfWasNotValidAnyMore() {
    RuleHistory history =
        RuleHistory.NOTHING.with(set("first", 10)).with(set("second", 20)).with(set("third", 50));

    RuleHistory since = history.since(30);

    assertThat(since.sets()).hasSize(2);
    for (long tick = 30; tick < 60; tick++) {
      assertThat(validAt(tick, since)).isEqualTo(validAt(tick, history));
    }
  }

  @Test
  void aSetIsForTheNextWholeMinuteThatIsFarEnoughAhead() {
    assertThat(RuleSetTimes.next(0)).isEqualTo(60_000);
    assertThat(RuleSetTimes.next(45_000)).isEqualTo(60_000);
    assertThat(RuleSetTimes.next(45_001)).isEqualTo(120_000);
  }
}
