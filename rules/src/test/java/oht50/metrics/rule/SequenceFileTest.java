package oht50.metrics.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SequenceFileTest {
  private static final String GOOD =
      """
      sequences:
        - name: Unacknowledged
          begins:
            any-of:
              - {kind: safety, type: e_stop}
              - {kind: safety, severity: critical}
          without:
            any-of:
              - {type: clear}
              - {acknowledged: true}
          within: 2m
          labels: {severity: critical}
          annotations: {summary: "${type} of ${robot_id}"}
      """;

  @Test
  void readsASequence() throws InvalidSequences {
    SequenceRule rule = SequenceFile.parse("s.yaml", GOOD).get(0);

    assertThat(rule.name()).isEqualTo("Unacknowledged");
    assertThat(rule.within()).isEqualTo(Duration.ofMinutes(2));
    assertThat(rule.begins().anyOf()).hasSize(2);
    assertThat(rule.without().anyOf().get(1).acknowledged()).isTrue();
  }

  @Test
  void namesAnUnknownKeyWithItsPlace() {
    assertThatThrownBy(() -> SequenceFile.parse("s.yaml", GOOD.replace("within:", "whithin:")))
        .isInstanceOf(InvalidSequences.class)
        .hasMessageContaining("s.yaml: sequences[0].whithin: unknown key")
        .hasMessageContaining("within");
  }

  @Test
  void reportsAllFaultsTogether() {
    String bad =
        GOOD.replace("2m", "two minutes")
            .replace("${type}", "${colour}")
            .replace("{type: clear}", "{}");

    assertThatThrownBy(() -> SequenceFile.parse("s.yaml", bad))
        .hasMessageContaining("'two minutes' is not a duration")
        .hasMessageContaining("${colour} is unknown")
        .hasMessageContaining("empty condition");
  }

  @Test
  void refusesTwoSequencesOfOneName() {
    assertThatThrownBy(
            () -> SequenceFile.parse("s.yaml", GOOD + GOOD.substring(GOOD.indexOf("\n") + 1)))
        .hasMessageContaining("taken");
  }

  @Test
  void refusesAnEmptyFile() {
    assertThatThrownBy(() -> SequenceFile.parse("s.yaml", "")).isInstanceOf(InvalidSequences.class);
  }
}
