package oht50.metrics.alerting;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import oht50.metrics.model.AlertState;
import org.junit.jupiter.api.Test;

class AlertMachineTest {
  private static final long MINUTE = 60_000;

  @Test
  void firesAtTheTickAtWhichItHasHeldAsLongAsItMust() {
    AlertMachine machine = new AlertMachine(5 * MINUTE, 0);
    assertThat(states(machine, "111111100")).isEqualTo("PPPPPFF--");
    assertThat(states(machine, "1110111111")).isEqualTo("PPP-PPPPPF");
    assertThat(states(new AlertMachine(0, 0), "0110")).isEqualTo("-FF-");
    assertThat(states(new AlertMachine(90_000, 0), "1111")).isEqualTo("PPFF");
  }

  @Test
  void firesOnForAWhile() {
    AlertMachine machine = new AlertMachine(MINUTE, 2 * MINUTE);
    assertThat(states(machine, "1100000")).isEqualTo("PFFF---");
    assertThat(states(machine, "110010000")).isEqualTo("PFFFFFF--");
    assertThat(states(machine, "10000")).isEqualTo("P----");
  }

  @Test
  void keepsItsTimes() {
    AlertMachine machine = new AlertMachine(MINUTE, 2 * MINUTE);
    AlertStatus status = run(machine, AlertStatus.NONE, "110000", 0);

    assertThat(status)
        .isEqualTo(new AlertStatus(AlertState.INACTIVE, 0, MINUTE, 4 * MINUTE, 2 * MINUTE));
  }

  @Test
  void isForgottenAfterAQuarterOfAnHour() {
    AlertMachine machine = new AlertMachine(0, 0);
    AlertStatus ended = run(machine, AlertStatus.NONE, "10", 0);

    assertThat(machine.step(ended, MINUTE + AlertMachine.REMEMBERED_MILLIS, false))
        .isEqualTo(ended);
    assertThat(machine.step(ended, MINUTE + AlertMachine.REMEMBERED_MILLIS + 1, false))
        .isEqualTo(AlertStatus.NONE);
    AlertStatus again = machine.step(ended, 2 * MINUTE, true);
    assertThat(again.activeAt()).isEqualTo(2 * MINUTE);
    assertThat(again.resolvedAt()).isEqualTo(AlertStatus.NEVER);
  }

  @Test
  void waitsAgainWhenItMustHoldLonger() {
    AlertStatus firing = run(new AlertMachine(MINUTE, 0), AlertStatus.NONE, "111", 0);
    AlertStatus waiting = new AlertMachine(10 * MINUTE, 0).step(firing, 3 * MINUTE, true);

    assertThat(waiting).isEqualTo(AlertStatus.pendingSince(0));
  }

  /** The states of random verdicts are those that the definition, read aloud, gives. */
  @Test
  void isWhatItsDefinitionSays() {
    Random random = new Random(7);
    for (int run = 0; run < 2_000; run++) {
      int forTicks = random.nextInt(5);
      int keepTicks = random.nextInt(4);
      StringBuilder verdicts = new StringBuilder();
      for (int tick = 0; tick < 30; tick++) {
        verdicts.append(random.nextInt(10) < 7 ? '1' : '0');
      }
      AlertMachine machine = new AlertMachine(forTicks * MINUTE, keepTicks * MINUTE);
      assertThat(states(machine, verdicts.toString()))
          .as("%s for %d keep %d", verdicts, forTicks, keepTicks)
          .isEqualTo(defined(verdicts.toString(), forTicks, keepTicks));
    }
  }

  /** A state at any tick, kept as bytes, and the verdicts behind it give the later states again. */
  @Test
  void goesOnFromAnyState() throws IOException {
    Random random = new Random(11);
    AlertMachine machine = new AlertMachine(2 * MINUTE, 3 * MINUTE);
    StringBuilder verdicts = new StringBuilder();
    for (int tick = 0; tick < 200; tick++) {
      verdicts.append(random.nextInt(10) < 6 ? '1' : '0');
    }
    AlertStatus last = run(machine, AlertStatus.NONE, verdicts.toString(), 0);
    for (int edge = 0; edge < verdicts.length(); edge++) {
      AlertStatus kept =
          throughBytes(run(machine, AlertStatus.NONE, verdicts.substring(0, edge), 0));
      assertThat(run(machine, kept, verdicts.substring(edge), edge)).isEqualTo(last);
    }
  }

  private static AlertStatus throughBytes(AlertStatus status) throws IOException {
    AlertStatus.BinaryForm form = new AlertStatus.BinaryForm();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    form.write(status, new DataOutputStream(bytes));
    return form.read(
        form.version(), new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
  }

  /**
   * Tick by tick from the beginning: an episode begins with a 1 when nothing is going on; it fires
   * at its first held tick that is {@code for} after its begin; before that a 0 ends it; after that
   * the first 0 that is {@code keep} after the first of its run of 0s does.
   */
  private static String defined(String verdicts, int forTicks, int keepTicks) {
    StringBuilder states = new StringBuilder();
    int begin = -1;
    boolean isFiring = false;
    for (int tick = 0; tick < verdicts.length(); tick++) {
      boolean holds = verdicts.charAt(tick) == '1';
      if (holds && begin < 0) {
        begin = tick;
      }
      isFiring |= holds && tick - begin >= forTicks;
      if (!holds && begin >= 0) {
        int lastHeld = verdicts.lastIndexOf('1', tick);
        boolean isKept = isFiring && keepTicks > 0 && tick - (lastHeld + 1) < keepTicks;
        begin = isKept ? begin : -1;
        isFiring &= isKept;
      }
      states.append(begin < 0 ? '-' : isFiring ? 'F' : 'P');
    }
    return states.toString();
  }

  private static AlertStatus run(
      AlertMachine machine, AlertStatus from, String verdicts, int firstTick) {
    AlertStatus status = from;
    for (int i = 0; i < verdicts.length(); i++) {
      status = machine.step(status, (firstTick + i) * MINUTE, verdicts.charAt(i) == '1');
    }
    return status;
  }

  private static String states(AlertMachine machine, String verdicts) {
    List<String> states = new ArrayList<>();
    AlertStatus status = AlertStatus.NONE;
    for (int i = 0; i < verdicts.length(); i++) {
      status = machine.step(status, i * MINUTE, verdicts.charAt(i) == '1');
      states.add(
          switch (status.state()) {
            case INACTIVE -> "-";
            case PENDING -> "P";
            case FIRING -> "F";
          });
    }
    return String.join("", states);
  }
}
