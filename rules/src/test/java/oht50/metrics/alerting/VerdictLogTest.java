package oht50.metrics.alerting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.LongPredicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VerdictLogTest {
  private static final long INTERVAL = 15_000;
  private static final int TICKS = 120;

  /** Ticks of 15 s from 0 on, # where the condition holds. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          0s  | 0s  | ....      | none
          0s  | 0s  | .##.      | 15 fired 15 ended 45
          30s | 0s  | .##.      | 15 ended 45
          30s | 0s  | .###.     | 15 fired 45 ended 60
          30s | 0s  | .###      | 15 fired 45
          30s | 0s  | .##       | 15
          0s  | 0s  | #.##.     | 0 fired 0 ended 15; 30 fired 30 ended 60
          0s  | 30s | #....     | 0 fired 0 ended 45
          0s  | 30s | #.#....   | 0 fired 0 ended 75
          """)
  void anAlertIsThereFromItsFirstTickToItsEnd(
      String waits, String keeps, String verdicts, String expected) {
    AlertMachine machine = new AlertMachine(millis(waits), millis(keeps));

    assertThat(words(log(verdicts).spans(machine, (verdicts.length() - 1) * INTERVAL)))
        .isEqualTo(expected);
  }

  @Test
  void aCorrectedVerdictChangesTheAlertsThatFollowFromIt() {
    AlertMachine machine = new AlertMachine(30_000, 0);
    VerdictLog log = log(".#.##.");
    assertThat(words(log.spans(machine, 5 * INTERVAL))).isEqualTo("15 ended 30; 45 ended 75");

    VerdictLog corrected = log.with(2 * INTERVAL, true);

    assertThat(words(corrected.spans(machine, 5 * INTERVAL))).isEqualTo("15 fired 45 ended 75");
    assertThat(corrected.with(2 * INTERVAL, false)).isEqualTo(log);
  }

  @Test
  void whatLiesBehindTheEdgeIsStillSaidOfWhatComesAfterIt() throws IOException {
    Random random = new Random(7);
    for (int run = 0; run < 2_000; run++) {
      AlertMachine machine =
          new AlertMachine(random.nextInt(4) * INTERVAL, random.nextInt(4) * INTERVAL);
      VerdictLog whole = VerdictLog.startingAt(0, INTERVAL);
      for (int tick : shuffled(random)) {
        whole = whole.with(tick * INTERVAL, random.nextInt(3) > 0);
      }
      long until = (TICKS - 1) * INTERVAL;
      List<AlertSpan> spans = whole.spans(machine, until);
      long edge = random.nextInt(TICKS) * INTERVAL;

      VerdictLog rest = copy(whole.from(machine, edge));

      assertThat(rest.firstTick()).isEqualTo(edge);
      assertThat(rest.spans(machine, until))
          .containsExactlyElementsOf(
              spans.stream().filter(span -> !span.isOver() || span.endedAt() >= edge).toList());
      assertThat(rest.statusAt(machine, until)).isEqualTo(whole.statusAt(machine, until));
    }
  }

  @Test
  void anAlertStaysAsItIsAtATickAtWhichItsRuleFailed() {
    AlertMachine machine = new AlertMachine(30_000, 0);
    VerdictLog log = log(".##.#.");
    long until = 5 * INTERVAL;
    LongPredicate failed = tick -> tick == 3 * INTERVAL;

    assertThat(words(log.spans(machine, until, failed))).isEqualTo("15 fired 60 ended 75");
    assertThat(words(log.from(machine, 4 * INTERVAL, failed).spans(machine, until, failed)))
        .isEqualTo("15 fired 60 ended 75");
    assertThat(log.newestHeld()).isEqualTo(4 * INTERVAL);
    assertThat(log.newestHeld(3 * INTERVAL + 1)).isEqualTo(2 * INTERVAL);
    assertThat(log.newestHeld(0)).isEqualTo(AlertStatus.NEVER);
  }

  @Test
  void anAlertOfWhichNothingIsLeftNeedNotBeKept() {
    AlertMachine machine = new AlertMachine(0, 0);
    VerdictLog log = log("##.");
    long remembered = 2 * INTERVAL + AlertMachine.REMEMBERED_MILLIS + INTERVAL;

    assertThat(log.from(machine, 3 * INTERVAL).isEmpty()).isFalse();
    assertThat(log.from(machine, remembered + INTERVAL).isEmpty()).isTrue();
  }

  @Test
  void whatIsNoTickOrLiesBeforeTheEdgeIsRefused() {
    VerdictLog log = VerdictLog.startingAt(INTERVAL, INTERVAL);

    assertThatThrownBy(() -> log.with(0, true)).hasMessage("0 lies before the edge at 15000");
    assertThatThrownBy(() -> log.with(20_000, true))
        .hasMessage("20000 is no tick of every 15000 ms");
  }

  private static VerdictLog log(String verdicts) {
    VerdictLog log = VerdictLog.startingAt(0, INTERVAL);
    for (int i = 0; i < verdicts.length(); i++) {
      log = log.with(i * INTERVAL, verdicts.charAt(i) == '#');
    }
    return log;
  }

  private static List<Integer> shuffled(Random random) {
    List<Integer> ticks = new ArrayList<>();
    for (int tick = 0; tick < TICKS; tick++) {
      ticks.add(tick);
    }
    Collections.shuffle(ticks, random);
    return ticks;
  }

  private static long millis(String seconds) {
    return 1_000L * Integer.parseInt(seconds.substring(0, seconds.length() - 1));
  }

  private static String words(List<AlertSpan> spans) {
    List<String> words = new ArrayList<>();
    for (AlertSpan span : spans) {
      words.add(
          span.activeAt() / 1_000
              + (span.hasFired() ? " fired " + span.firedAt() / 1_000 : "")
              + (span.isOver() ? " ended " + span.endedAt() / 1_000 : ""));
    }
    return words.isEmpty() ? "none" : String.join("; ", words);
  }

  private static VerdictLog copy(VerdictLog log) throws IOException {
    VerdictLog.BinaryForm form = new VerdictLog.BinaryForm();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    form.write(log, new DataOutputStream(bytes));
    return form.read(
        form.version(), new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
  }
}
