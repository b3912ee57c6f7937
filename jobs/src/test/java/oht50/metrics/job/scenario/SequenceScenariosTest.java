package oht50.metrics.job.scenario;

import static oht50.metrics.job.scenario.Instants.HOUR;
import static oht50.metrics.job.scenario.Instants.MINUTE;
import static oht50.metrics.job.scenario.Instants.NOON;
import static oht50.metrics.job.scenario.Instants.SECOND;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import oht50.metrics.model.AlertState;
import oht50.metrics.model.AlertTransition;
import oht50.metrics.model.Labels;
import org.junit.jupiter.api.Test;

/** The sequence operator with the shipped sequences, in every way to run it. */
class SequenceScenariosTest {
  private static final String UNACKNOWLEDGED = "SafetyEventUnacknowledged";
  private static final String CRITICAL = "SafetyEventCritical";
  private static final String ROBOT = "OHT-1";
  private static final String OTHER = "OHT-2";
  private static final long T = NOON;
  private static final long WITHIN = 120_000;

  @Test
  void aStopThatNobodyAcknowledgesFires() throws Exception {
    AlertTable table =
        new SequenceScenario()
            .eStop(ROBOT, T)
            .watermark(T + SECOND)
            .watermark(T + WITHIN - 1)
            .watermark(T + WITHIN)
            .watermark(T + HOUR)
            .run()
            .of(UNACKNOWLEDGED);

    assertThat(table.alerts()).containsExactly(firing(ROBOT, T));
    assertThat(table.published()).hasSize(1);
  }

  @Test
  void anAcknowledgementOneMillisecondBeforeTheDeadlineLeavesNoAlert() throws Exception {
    AlertTable table =
        new SequenceScenario()
            .eStop(ROBOT, T)
            .watermark(T + MINUTE)
            .acknowledgement(ROBOT, T + 119_999)
            .watermark(T + 10 * MINUTE)
            .silence(T + 10 * MINUTE)
            .run()
            .of(UNACKNOWLEDGED);

    assertThat(table.published()).isEmpty();
  }

  @Test
  void anAcknowledgementAtTheDeadlineEndsTheAlert() throws Exception {
    AlertTable table =
        new SequenceScenario()
            .eStop(ROBOT, T)
            .watermark(T + MINUTE)
            .acknowledgement(ROBOT, T + 120_000)
            .watermark(T + 10 * MINUTE)
            .silence(T + 10 * MINUTE)
            .run()
            .of(UNACKNOWLEDGED);

    assertThat(table.alerts()).containsExactly(ended(ROBOT, T, T + 120_000));
  }

  @Test
  void aStopThatArrivesThirtyMinutesLateFiresWithItsTrueTimes() throws Exception {
    AlertTable table =
        new SequenceScenario()
            .acknowledgement(OTHER, T)
            .watermark(T + 30 * MINUTE)
            .eStop(ROBOT, T)
            .watermark(T + 31 * MINUTE)
            .run()
            .of(UNACKNOWLEDGED);

    assertThat(table.alerts()).containsExactly(firing(ROBOT, T));
  }

  @Test
  void anAcknowledgementThatArrivesThreeSecondsAfterTheAlertWithdrawsIt() throws Exception {
    AlertTable table =
        new SequenceScenario()
            .eStop(ROBOT, T)
            .eStop(OTHER, T)
            .watermark(T + WITHIN)
            .watermark(T + WITHIN + 3 * SECOND)
            .acknowledgement(ROBOT, T + MINUTE)
            .watermark(T + WITHIN + 4 * SECOND)
            .acknowledgement(OTHER, T + 5 * MINUTE)
            .watermark(T + 6 * MINUTE)
            .silence(T + 6 * MINUTE)
            .run()
            .of(UNACKNOWLEDGED);

    assertThat(table.alerts()).containsExactly(ended(OTHER, T, T + 5 * MINUTE));
    assertThat(table.published())
        .filteredOn(AlertTransition::withdrawn)
        .extracting(AlertTransition::alertId)
        .containsExactly(id(ROBOT, T));
  }

  @Test
  void repeatedEventsChangeNothing() throws Exception {
    AlertTable table =
        new SequenceScenario()
            .eStop(ROBOT, T)
            .repeat()
            .watermark(T + 3 * MINUTE)
            .eStop(ROBOT, T)
            .acknowledgement(ROBOT, T + 4 * MINUTE)
            .repeat()
            .watermark(T + 5 * MINUTE)
            .acknowledgement(ROBOT, T + 4 * MINUTE)
            .watermark(T + 6 * MINUTE)
            .silence(T + 6 * MINUTE)
            .run()
            .of(UNACKNOWLEDGED);

    assertThat(table.alerts()).containsExactly(ended(ROBOT, T, T + 4 * MINUTE));
    assertThat(table.published()).hasSize(2);
  }

  @Test
  void aStopBeyondTheHorizonIsNotJudged() throws Exception {
    AlertTable table =
        new SequenceScenario()
            .eStop(OTHER, T)
            .watermark(T + 3 * HOUR)
            .eStop(ROBOT, T)
            .acknowledgement(OTHER, T + 3 * HOUR + SECOND)
            .watermark(T + 3 * HOUR + MINUTE)
            .silence(T + 4 * HOUR)
            .run()
            .of(UNACKNOWLEDGED);

    assertThat(table.alerts()).containsExactly(ended(OTHER, T, T + 3 * HOUR + SECOND));
  }

  @Test
  void anEarlierStopThatComesLateMovesTheAlert() throws Exception {
    AlertTable table =
        new SequenceScenario()
            .eStop(ROBOT, T + MINUTE)
            .watermark(T + 10 * MINUTE)
            .eStop(ROBOT, T)
            .watermark(T + 11 * MINUTE)
            .acknowledgement(ROBOT, T + 30 * SECOND)
            .watermark(T + 12 * MINUTE)
            .acknowledgement(ROBOT, T + 12 * MINUTE)
            .watermark(T + 13 * MINUTE)
            .silence(T + 13 * MINUTE)
            .run()
            .of(UNACKNOWLEDGED);

    assertThat(table.alerts()).containsExactly(ended(ROBOT, T + MINUTE, T + 12 * MINUTE));
  }

  @Test
  void manyRobotsAreJudgedEachForItself() throws Exception {
    SequenceScenario scenario = new SequenceScenario();
    for (int robot = 0; robot < 10; robot++) {
      scenario.eStop("OHT-" + robot, T + robot * SECOND);
      if (robot % 2 == 0) {
        scenario.acknowledgement("OHT-" + robot, T + robot * SECOND + MINUTE);
      }
    }
    AlertTable table =
        scenario.watermark(T + MINUTE).watermark(T + 10 * MINUTE).run().of(UNACKNOWLEDGED);

    assertThat(table.alerts())
        .containsExactly(
            firing("OHT-1", T + SECOND),
            firing("OHT-3", T + 3 * SECOND),
            firing("OHT-5", T + 5 * SECOND),
            firing("OHT-7", T + 7 * SECOND),
            firing("OHT-9", T + 9 * SECOND));
  }

  @Test
  void aWatermarkLowerThanBeforeTheRestartTakesNoAlertBack() throws Exception {
    SequenceScenario scenario = new SequenceScenario().eStop(ROBOT, T).watermark(T + WITHIN);
    scenario.eStop(ROBOT, T + 30 * SECOND).watermark(T + MINUTE).watermark(T + 3 * MINUTE);

    AlertTable table = scenario.run(Way.restartedAfter(2)).of(UNACKNOWLEDGED);

    assertThat(table.alerts()).containsExactly(firing(ROBOT, T));
    assertThat(table.published()).hasSize(1);
  }

  @Test
  void aRepeatOfALongForgottenStopAfterARestartRaisesNothing() throws Exception {
    SequenceScenario scenario =
        new SequenceScenario()
            .eStop(ROBOT, T)
            .acknowledgement(ROBOT, T + MINUTE)
            .watermark(T + 4 * HOUR)
            .watermark(T + 5 * HOUR)
            .eStop(ROBOT, T)
            .watermark(T + 5 * HOUR + MINUTE)
            .silence(T + 6 * HOUR);

    assertThat(scenario.run().of(UNACKNOWLEDGED).published()).isEmpty();
    assertThat(scenario.run(Way.restartedAfter(4)).of(UNACKNOWLEDGED).published()).isEmpty();
  }

  @Test
  void aCriticalEventIsAnAlertWhenItArrivesAndOverWhenItIsAnswered() throws Exception {
    AlertTable table =
        new SequenceScenario()
            .watermark(T - MINUTE)
            .eStop(ROBOT, T)
            .eStop(OTHER, T)
            .acknowledgement(ROBOT, T + MINUTE)
            .run()
            .of(CRITICAL);

    assertThat(table.published()).extracting(AlertTransition::turn).containsExactly(1, 1, 2);
    assertThat(table.alerts())
        .extracting(AlertTable.Alert::startsAt, AlertTable.Alert::endsAt)
        .containsExactlyInAnyOrder(tuple(T, T + MINUTE), tuple(T, AlertTransition.OPEN));
  }

  @Test
  void criticalEventsInAnyOrderOfArrivalAreTheSameAlerts() throws Exception {
    AlertTable table =
        new SequenceScenario()
            .eStop(ROBOT, T + 5 * SECOND)
            .eStop(ROBOT, T)
            .acknowledgement(ROBOT, T + 20 * SECOND)
            .eStop(ROBOT, T + 30 * SECOND)
            .watermark(T + MINUTE)
            .acknowledgement(ROBOT, T + 3 * SECOND)
            .acknowledgement(ROBOT, T + 40 * SECOND)
            .watermark(T + 2 * MINUTE)
            .silence(T + 2 * MINUTE)
            .run()
            .of(CRITICAL);

    assertThat(table.alerts())
        .extracting(AlertTable.Alert::activeAt, AlertTable.Alert::endsAt)
        .containsExactly(
            tuple(T, T + 3 * SECOND),
            tuple(T + 5 * SECOND, T + 20 * SECOND),
            tuple(T + 30 * SECOND, T + 40 * SECOND));
  }

  private static AlertTable.Alert firing(String robot, long activeAt) {
    return new AlertTable.Alert(
        id(robot, activeAt), AlertState.FIRING, activeAt, activeAt + WITHIN, AlertTransition.OPEN);
  }

  private static AlertTable.Alert ended(String robot, long activeAt, long endsAt) {
    return new AlertTable.Alert(
        id(robot, activeAt), AlertState.INACTIVE, activeAt, activeAt + WITHIN, endsAt);
  }

  private static String id(String robot, long activeAt) {
    return AlertTransition.alertId(
        UNACKNOWLEDGED,
        Labels.of("alertname", UNACKNOWLEDGED, "robot_id", robot, "severity", "critical"),
        activeAt);
  }
}
