package oht50.metrics.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import oht50.metrics.model.Event;
import oht50.metrics.model.EventKind;
import oht50.metrics.model.Labels;
import oht50.metrics.model.MetricKind;
import oht50.metrics.model.Occurrence;
import oht50.metrics.model.Position;
import oht50.metrics.model.Rollup;
import oht50.metrics.model.SampleBatch;
import oht50.metrics.model.Series;
import oht50.metrics.model.SeriesLayout;
import oht50.metrics.model.StaleMarker;
import org.junit.jupiter.api.Test;

/** Answers that can be checked by hand. */
class OracleTest {
  private static final long MINUTE = 60_000;
  private static final long HOUR = 60 * MINUTE;

  /** 2026-10-24T00:00:00Z */
  private static final long T = 1_792_800_000_000L;

  private static final Setup UTC = new Setup(ZoneId.of("UTC"), HOUR, 30 * MINUTE, 10_000, 30_000);
  private static final Series SPEED = series("oht50_robot_speed", MetricKind.GAUGE);
  private static final Series ENERGY = series("oht50_energy", MetricKind.COUNTER);
  private static final Series MODE = series("oht50_robot_mode", MetricKind.STATE);
  private static final Series MISSIONS = series("oht50_missions", MetricKind.DELTA);

  private final List<Step> steps = new ArrayList<>();
  private long offset;

  @Test
  void pointsAreFoldedInTheOrderOfTime() {
    sample(T + 2_000, 1e16);
    sample(T + 3_000, -1e16);
    sample(T + 1_000, 1);

    assertThat(rows("1m"))
        .containsExactly(
            Answer.Row.of(
                SPEED.id(),
                "1m",
                T,
                T + MINUTE,
                true,
                3,
                (1 + 1e16) - 1e16,
                -1e16,
                1e16,
                1,
                -1e16,
                Rollup.NONE,
                Rollup.NONE,
                Rollup.NONE,
                -1,
                57_000));
  }

  @Test
  void aCounterGrowsOverTheBoundaryOfAWindowAndByWhatItSaysAfterAReset() {
    sample(ENERGY, T + 1_000, 10);
    sample(ENERGY, T + MINUTE, 15);
    sample(ENERGY, T + MINUTE + 1_000, 4);

    assertThat(rows("1m")).extracting(Answer.Row::increase).containsExactly(bits(0), bits(5 + 4));
    assertThat(rows("5m")).extracting(Answer.Row::increase).containsExactly(bits(9));
  }

  @Test
  void aStateHoldsUntilTheNextPointAndIntoTheNextWindow() {
    sample(MODE, T + 30_000, 2);
    sample(MODE, T + MINUTE + 15_000, 6);

    assertThat(rows("1m"))
        .extracting(Answer.Row::timeWeightedAvg)
        .containsExactly(bits(2), bits((2 * 15 + 6 * 45) / 60.0));
    assertThat(rows("1m")).extracting(Answer.Row::coveredMillis).containsExactly(30_000L, 60_000L);
    assertThat(rows("5m")).extracting(Answer.Row::coveredMillis).containsExactly(270_000L);
  }

  @Test
  void aLongerWindowIsFoldedOfTheSumsOfItsChildren() {
    sample(T, 0.1);
    sample(T + MINUTE, 0.2);
    sample(T + MINUTE + 1, 0.3);

    assertThat(rows("5m")).extracting(Answer.Row::sum).containsExactly(bits(0.1 + (0.2 + 0.3)));
    assertThat(rows("1d")).extracting(Answer.Row::count).containsExactly(3L);
  }

  @Test
  void ofTwoValuesForOneTimeTheOneOfTheHigherPositionStays() {
    offset = 5;
    sample(T, 7);
    offset = 1;
    sample(T, 8);

    assertThat(rows("1m")).extracting(Answer.Row::last).containsExactly(bits(7));
  }

  @Test
  void aStalenessMarkerIsAPointAndInNoAggregate() {
    sample(T, StaleMarker.VALUE);

    assertThat(rows("1m")).extracting(Answer.Row::count).containsExactly(0L);
    assertThat(answers()).contains(Answer.Point.of(SPEED.id(), T, StaleMarker.VALUE));
  }

  @Test
  void aDayHasTheHoursOfItsZone() {
    Setup berlin = new Setup(ZoneId.of("Europe/Berlin"), HOUR, 30 * MINUTE, 10_000, 30_000);
    sample(T + 36 * HOUR, 1);

    assertThat(rows(berlin, "1d"))
        .extracting(row -> row.end() - row.start())
        .containsExactly(25 * HOUR);
  }

  @Test
  void aPointThatMustBeBeyondTheHorizonIsALatePointAndInItsRows() {
    sample(T + 3 * HOUR, 1);
    steps.add(new Step.Mark(T + 3 * HOUR + MINUTE));
    sample(T, 2);

    assertThat(rows("1m")).extracting(Answer.Row::last).contains(bits(2));
    assertThat(answers()).noneMatch(each -> each.equals(Answer.Point.of(SPEED.id(), T, 2)));
    assertThat(answers())
        .contains(Answer.Late.of(SPEED.id(), T, 2, new Position("t", 0, 0).sourceId(), offset - 1));
  }

  @Test
  void aPointThatMayBeBeyondTheHorizonIsUndecided() {
    sample(T + 3 * HOUR, 1);
    sample(T, 2);

    assertThat(Admissions.of(UTC, steps).undecided).hasSize(1);
  }

  @Test
  void aFactCountsOnceInItsSecond() {
    fact(1, T);
    fact(2, T + 999);
    fact(1, T);

    assertThat(answers()).contains(Answer.Point.of(MISSIONS.id(), T, 2));
  }

  @Test
  void anAlertFiresForTheFirstStopThatNobodyAnswersInTime() {
    event("e_stop", T);
    event("e_stop", T + MINUTE);
    event("clear", T + 2 * MINUTE);
    event("e_stop", T + 3 * MINUTE);
    event("clear", T + 5 * MINUTE - 1);
    steps.add(new Step.Mark(T + HOUR));

    assertThat(answers())
        .containsExactlyInAnyOrder(
            new Answer.Alert(Setup.UNANSWERED, "R", T, T + 2 * MINUTE, T + 2 * MINUTE),
            new Answer.Alert(Setup.CRITICAL, "R", T, T, T + 2 * MINUTE),
            new Answer.Alert(
                Setup.CRITICAL, "R", T + 3 * MINUTE, T + 3 * MINUTE, T + 5 * MINUTE - 1));
  }

  @Test
  void anEventBeyondTheHorizonOfWhatWasJudgedBeforeARestartRaisesNothing() {
    steps.add(new Step.Mark(T + 3 * HOUR));
    event("clear", T + 3 * HOUR + MINUTE);
    steps.add(new Step.Snapshot());
    steps.add(new Step.Restore(1, false, UTC.zone()));
    event("e_stop", T);

    assertThat(Admissions.of(UTC, steps).undecided).isEmpty();
    assertThat(answers()).isEmpty();
  }

  private Set<Answer> answers() {
    return Oracle.answers(Admissions.of(UTC, steps));
  }

  private List<Answer.Row> rows(String interval) {
    return rows(UTC, interval);
  }

  private List<Answer.Row> rows(Setup setup, String interval) {
    return Oracle.answers(Admissions.of(setup, steps)).stream()
        .filter(answer -> answer instanceof Answer.Row row && row.interval().equals(interval))
        .map(Answer.Row.class::cast)
        .sorted(Comparator.comparingLong(Answer.Row::start))
        .toList();
  }

  private static long bits(double value) {
    return Double.doubleToLongBits(value);
  }

  private static Series series(String name, MetricKind kind) {
    return Series.of(name, Labels.of("robot_id", "R"), kind);
  }

  private void sample(long at, double value) {
    sample(SPEED, at, value);
  }

  private void sample(Series of, long at, double value) {
    take(
        SampleBatch.at(
            at, SeriesLayout.of(of), new double[] {value}, new Position("t", 0, offset++)));
  }

  private void fact(long naturalKey, long at) {
    take(new Occurrence(SeriesLayout.of(MISSIONS), naturalKey, at, 1, offset++));
  }

  private void event(String type, long at) {
    take(
        new Event(
            EventKind.SAFETY,
            "e" + offset,
            "R",
            type,
            null,
            null,
            false,
            at,
            "{}",
            new Position("t", 0, offset++)));
  }

  private void take(Object message) {
    steps.add(new Step.Take(message, ""));
  }
}
