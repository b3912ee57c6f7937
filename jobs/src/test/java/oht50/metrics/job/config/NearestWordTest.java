package oht50.metrics.job.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearestWordTest {
  private static final List<String> KNOWN = List.of("interval", "enabled", "instance", "url");

  @Test
  void slipsOfAFingerAreFound() {
    assertThat(NearestWord.of("intervall", KNOWN)).contains("interval");
    assertThat(NearestWord.of("inetrval", KNOWN)).contains("interval");
    assertThat(NearestWord.of("enable", KNOWN)).contains("enabled");
    assertThat(NearestWord.of("URL", KNOWN)).isEmpty();
    assertThat(NearestWord.of("colour", KNOWN)).isEmpty();
    assertThat(NearestWord.of("x", List.of())).isEmpty();
  }

  @Test
  void aSwapIsOneSlip() {
    assertThat(NearestWord.distance("ab", "ba")).isEqualTo(1);
    assertThat(NearestWord.distance("kitten", "sitting")).isEqualTo(3);
    assertThat(NearestWord.distance("", "abc")).isEqualTo(3);
  }

  @Test
  void durationsOfOtherNotationsAreUnderstood() {
    assertThat(DurationGuess.of("30 sec")).contains("30s");
    assertThat(DurationGuess.of("5min")).contains("5m");
    assertThat(DurationGuess.of("250 Millis")).contains("250ms");
    assertThat(DurationGuess.of("30")).contains("30s");
    assertThat(DurationGuess.of("soon")).isEmpty();
    assertThat(DurationGuess.of("1.5h")).isEmpty();
  }
}
