package oht50.metrics.vda;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What follows from states of VDA 5050. */
class StateCoreTest {
  static final String ROBOT = "semitec/A";

  private final Followed followed = new Followed();
  private long offset;

  @Test
  void anEmergencyStopIsAnEventWhenItLeavesNoneAndTheRobotIsClearWhenItIsOver() {
    hear("0", "1 stop=manual", "2 stop=manual", "3 stop=remote", "4", "5 stop=autoack");

    assertThat(followed.safety())
        .containsExactly(
            "0001.0 safety e_stop critical", "0004.0 safety clear -", "0005.0 safety e_stop high");
    assertThat(followed.counted()).isEqualTo(2);
    assertThat(followed.rows()).isEqualTo(3);
  }

  @Test
  void theFirstStateOfARobotOnlySaysHowThingsStand() {
    hear(
        "0 stop=manual field errors=A:FATAL order=x", "1 stop=manual field errors=A:FATAL order=x");

    assertThat(followed.facts()).isEmpty();
  }

  @Test
  void anOrderThatWasOpenFromTheFirstStateOnEndsWithoutHavingBegun() {
    hear("0 order=x", "9 order=x done");

    assertThat(followed.statuses()).containsExactly("0009.0 status semitec/A/x completed");
  }

  @Test
  void aViolatedFieldIsAnEventWhenItRises() {
    hear("0", "1 field", "2 field", "3", "4 field");

    assertThat(followed.safety())
        .containsExactly(
            "0001.0 safety zone_violation medium",
            "0003.0 safety clear -",
            "0004.0 safety zone_violation medium");
  }

  @ParameterizedTest
  @CsvSource({"WARNING,low", "URGENT,medium", "CRITICAL,high", "FATAL,critical"})
  void anErrorTypeThatWasNotActiveIsAnEvent(String level, String severity) {
    hear(
        "0 errors=A:WARNING",
        "1 errors=A:WARNING,B:" + level,
        "2 errors=B:" + level,
        "3 errors=B:" + level);

    assertThat(followed.safety()).containsExactly("0001.0 safety hardware_error " + severity);
  }

  @Test
  void twoErrorsOfOneInstantAreTwoEvents() {
    hear("0", "1 errors=A:FATAL,B:FATAL");

    assertThat(followed.safety()).hasSize(2);
    assertThat(followed.counted()).isEqualTo(2);
  }

  @Test
  void aRobotIsClearWhenNothingIsWrongAnyMore() {
    hear("0", "1 stop=manual errors=A:FATAL", "2 errors=A:FATAL", "3");

    assertThat(followed.safety()).contains("0003.0 safety clear -").hasSize(3);
  }

  @Test
  void anOrderIsCarriedOutUntilNothingOfItIsLeft() {
    hear("0", "1 order=x", "2 order=x", "3 order=x done", "4 order=x done", "5 order=y");

    assertThat(followed.statuses())
        .containsExactly(
            "0001.0 status semitec/A/x executing",
            "0003.0 status semitec/A/x completed",
            "0005.0 status semitec/A/y executing");
    assertThat(followed.facts()).filteredOn(fact -> fact.contains("mission")).hasSize(3);
  }

  @Test
  void anOrderThatIsGoneWithNothingLeftIsCompleted() {
    hear("0", "1 order=x", "2");

    assertThat(followed.statuses()).contains("0002.0 status semitec/A/x completed").hasSize(2);
  }

  @ParameterizedTest
  @CsvSource({
    "2 order=y, cancelled",
    "2 order=y done, cancelled",
    "2 order= open, cancelled",
    "2 stop=manual, cancelled",
    "2 order=x done stop=manual, cancelled",
    "2 order=x done cancel=c, cancelled",
    "2 errors=A:FATAL, failed",
    "2 order=x done errors=A:FATAL, failed",
    "2 order=x done failed, failed",
    "2 order=y errors=A:FATAL, failed",
    "2 order=y failed, cancelled",
    "2 errors=A:CRITICAL, completed",
  })
  void howAnOrderEndsIsInTheStateThatEndsIt(String last, String status) {
    hear("0", "1 order=x", last);

    assertThat(followed.statuses()).contains("0002.0 status semitec/A/x " + status);
  }

  @Test
  void aFailedActionIsRememberedWhenAnotherOrderTakesThePlace() {
    hear("0", "1 order=x", "2 order=x failed", "3 order=y");

    assertThat(followed.statuses()).contains("0003.0 status semitec/A/x failed");
  }

  @Test
  void aCancellationIsRememberedUntilTheOrderIsGone() {
    hear("0", "1 order=x", "2 order=x cancel=c", "3");

    assertThat(followed.statuses()).contains("0003.0 status semitec/A/x cancelled");
  }

  @Test
  void anActionThatCancelledTheOrderBeforeDoesNotCancelTheNext() {
    hear(
        "0",
        "1 order=x",
        "2 order=x done cancel=c",
        "3 order=y cancel=c",
        "4 order=y done cancel=c");

    assertThat(followed.statuses())
        .contains("0002.0 status semitec/A/x cancelled", "0004.0 status semitec/A/y completed");
  }

  @Test
  void theNextOrderEndsACompleteOneNotAgain() {
    hear("0", "1 order=x", "2 order=x done", "3 order=y");

    assertThat(followed.statuses()).filteredOn(fact -> fact.contains("/x ")).hasSize(2);
  }

  @Test
  void anOrderThatIsNewAndDoneIsBoth() {
    hear("0", "1 order=x done");

    assertThat(followed.statuses())
        .containsExactly(
            "0001.0 status semitec/A/x completed", "0001.0 status semitec/A/x executing");
  }

  @Test
  void whatAStateDoesNotSayIsAsItWas() {
    hear("0", "1 stop=manual order=x", "2 unknown", "3 stop=manual order=x", "4");

    assertThat(followed.facts()).filteredOn(fact -> fact.startsWith("0002")).isEmpty();
    assertThat(followed.safety())
        .containsExactly("0001.0 safety e_stop critical", "0004.0 safety clear -");
  }

  @Test
  void aLateStateTakesBackWhatNoLongerFollows() {
    hear("0", "2 stop=manual order=x", "3 stop=manual order=x");
    assertThat(followed.safety()).containsExactly("0002.0 safety e_stop critical");

    hear("1 stop=autoack order=x");

    assertThat(followed.safety()).containsExactly("0001.0 safety e_stop high");
    assertThat(followed.statuses()).containsExactly("0001.0 status semitec/A/x executing");
    assertThat(followed.withdrawals()).isEqualTo(2); // the stop and the begin
    assertThat(followed.counted()).isEqualTo(1);
    assertThat(followed.rows()).isEqualTo(2);
  }

  @Test
  void aLateStateReachesAsFarAsItIsBelieved() {
    hear("0 order=x", "300 unknown", "600 order=x done");
    assertThat(followed.statuses()).containsExactly("0600.0 status semitec/A/x completed");

    hear("60 order=x done");

    assertThat(followed.statuses()).containsExactly("0060.0 status semitec/A/x completed");
  }

  @Test
  void whatLiesBeforeTheHorizonIsCarried() {
    hear("0 order=x", "10 order=x stop=manual");
    followed.watermark(Duration.ofHours(5).toMillis());
    assertThat(followed.held()).isZero();

    hear("17999 order=x done stop=manual");

    assertThat(followed.statuses()).containsExactly("17999.0 status semitec/A/x cancelled");
    assertThat(followed.safety()).hasSize(1);
    assertThat(followed.hear(report("5 order=x"))).as("beyond the horizon").isFalse();
  }

  @Test
  void aRobotThatIsSilentForAWeekLeavesNothing() {
    hear("0 order=x");

    followed.watermark(Duration.ofDays(8).toMillis());

    assertThat(followed.isEmpty()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
  void whatFollowsIsNoMatterOfArrival(long seed) {
    Random random = new Random(seed);
    List<StateReport> reports = lifeOf(random);
    List<StateReport> sent = new ArrayList<>(reports);
    for (int i = 0; i < 30; i++) {
      sent.add(reports.get(random.nextInt(reports.size())));
    }
    Collections.shuffle(sent, random);
    for (StateReport report : sent) {
      followed.hear(at(report, offset++));
    }

    List<String> expected = StateOracle.facts(reports);
    assertThat(followed.facts()).isEqualTo(expected);
    assertThat(expected).hasSizeGreaterThan(20);
    assertThat(followed.withdrawals()).isPositive();
    long safety = expected.stream().filter(fact -> fact.contains("safety")).count();
    long clear = expected.stream().filter(fact -> fact.contains("clear")).count();
    assertThat(followed.counted()).isEqualTo((int) (safety - clear));
  }

  @ParameterizedTest
  @ValueSource(longs = {21, 22, 23, 24, 25})
  void norIsItWhileTimeGoesOnWithinTheHorizon(long seed) {
    Random random = new Random(seed);
    List<StateReport> reports = lifeOf(random); // four hours and more
    List<StateReport> sent = new ArrayList<>(reports);
    long[] delays = random.longs(reports.size(), 0, 3_600_000).toArray();
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < delays.length; i++) {
      order.add(i);
    }
    order.sort(
        (a, b) ->
            Long.compare(
                reports.get(a).timestamp() + delays[a], reports.get(b).timestamp() + delays[b]));
    for (int i : order) {
      assertThat(followed.hear(at(sent.get(i), offset++))).isTrue();
      followed.watermark(
          Math.max(Long.MIN_VALUE, reports.get(i).timestamp() + delays[i] - 3_600_000));
    }

    assertThat(followed.facts()).isEqualTo(StateOracle.facts(reports));
    assertThat(followed.held()).as("slices").isLessThan(200);
  }

  private static StateReport at(StateReport report, long offset) {
    return new StateReport(
        report.robot(), report.timestamp(), report.headerId(), report.state(), 7, offset);
  }

  /** 300 states, some of them at one instant, over about five hours. */
  private List<StateReport> lifeOf(Random random) {
    List<StateReport> reports = new ArrayList<>();
    long time = 0;
    String order = "";
    for (int i = 0; i < 300; i++) {
      time += random.nextInt(8) == 0 ? 0 : random.nextInt(120) * 1_000L;
      StringBuilder script = new StringBuilder(time / 1_000 + "");
      if (random.nextInt(3) == 0) {
        order = random.nextInt(4) == 0 ? "" : "o" + i;
      }
      script.append(" order=").append(order);
      script.append(random.nextInt(3) == 0 ? " done" : "");
      script.append(random.nextInt(15) == 0 ? " failed" : "");
      script.append(random.nextInt(15) == 0 ? " cancel=c" + random.nextInt(3) : "");
      script.append(random.nextInt(8) == 0 ? " stop=manual" : "");
      script.append(random.nextInt(12) == 0 ? " stop=autoack" : "");
      script.append(random.nextInt(8) == 0 ? " field" : "");
      script.append(random.nextInt(6) == 0 ? " errors=A:WARNING" : "");
      script.append(random.nextInt(12) == 0 ? " errors=A:FATAL,B:URGENT" : "");
      script.append(random.nextInt(10) == 0 ? " unknown" : "");
      StateReport report = report(script.toString());
      reports.add(new StateReport(ROBOT, time, i, report.state(), 7, i));
    }
    return reports;
  }

  private void hear(String... scripts) {
    Arrays.stream(scripts).map(this::report).forEach(followed::hear);
  }

  private StateReport report(String script) {
    return StateScript.report(script, offset++);
  }
}
