package oht50.metrics.job.scenario;

import static oht50.metrics.job.scenario.Instants.HOUR;
import static oht50.metrics.job.scenario.Instants.MIDNIGHT;
import static oht50.metrics.job.scenario.Instants.MINUTE;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import oht50.metrics.model.Cause;
import oht50.metrics.model.Position;
import oht50.metrics.model.Registration;
import oht50.metrics.model.RepairWindow;
import oht50.metrics.model.Rollup;
import oht50.metrics.model.SampleBatch;
import oht50.metrics.model.Series;
import oht50.metrics.model.SeriesInput;
import oht50.metrics.model.SeriesLayout;
import oht50.metrics.series.SeriesOptions;
import oht50.metrics.time.Interval;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A savepoint from which the job goes on with another {@code time.zone}. */
class ChangedZoneTest {
  private static final ZoneId UTC = ZoneId.of("UTC");
  private static final ZoneId HANOI = ZoneId.of("Asia/Ho_Chi_Minh");
  private static final SeriesOptions OPTIONS =
      SeriesOptions.DEFAULTS.withHorizon(Duration.ofDays(7));

  private static final Series HOST = Series.gauge("cpu", "instance", "H");
  private static final Series UNREGISTERED = Series.gauge("t", "robot_id", "U");
  private static final Series WITHOUT_ZONE = Series.gauge("t", "robot_id", "N");
  private static final Series REMOVED = Series.gauge("t", "robot_id", "R");
  private static final Series IN_BERLIN = Series.gauge("t", "robot_id", "B");
  private static final List<Series> ALL =
      List.of(HOST, UNREGISTERED, WITHOUT_ZONE, REMOVED, IN_BERLIN);

  /** A day in Asia/Ho_Chi_Minh has ended by then that has not in UTC. */
  private static final long RESTART = MIDNIGHT + 42 * HOUR;

  private final List<Object> published = new ArrayList<>();
  private long checkpoint;

  @ParameterizedTest
  @EnumSource(Way.Backend.class)
  void theDaysAreThoseThatTheyWouldHaveBeenFromTheStart(Way.Backend backend) throws Exception {
    SeriesTables straight;
    try (var job = start(backend, HANOI, 1, null, 0)) {
      speakUntilTheRestart(job);
      speakOn(job);
      straight = SeriesTables.of(published);
    }
    published.clear();
    OperatorSubtaskState snapshot;
    try (var job = start(backend, UTC, 2, null, 0)) {
      speakUntilTheRestart(job);
      snapshot = snapshot(job);
    }
    try (var job = start(backend, HANOI, 3, snapshot, 2)) {
      speakOn(job);
    }

    assertThat(SeriesTables.of(published).lines()).isEqualTo(straight.lines());
  }

  @Test
  void theCauseIsTheDefinitionAndNothingButDaysIsPublished() throws Exception {
    OperatorSubtaskState snapshot = untilTheRestart(OPTIONS);
    published.clear();
    try (var job = start(Way.Backend.HEAP, HANOI, 1, snapshot, 1)) {
      snapshot(job);
    }

    assertThat(published)
        .isNotEmpty()
        .allSatisfy(
            each -> {
              assertThat(each).isInstanceOf(Rollup.class);
              assertThat(((Rollup) each).cause()).isEqualTo(Cause.DEFINITION);
              assertThat(((Rollup) each).interval()).isEqualTo(Interval.DAY);
              assertThat(((Rollup) each).seriesId()).isNotEqualTo(IN_BERLIN.id());
            });
  }

  @Test
  void aCheckpointBeforeAnyInputHoldsTheDaysOfTheNewZone() throws Exception {
    OperatorSubtaskState snapshot = untilTheRestart(OPTIONS);
    try (var job = start(Way.Backend.HEAP, HANOI, 1, snapshot, 1)) {
      snapshot = snapshot(job);
    }
    List<String> before = SeriesTables.of(published).lines();
    published.clear();
    try (var job = start(Way.Backend.HEAP, HANOI, 2, snapshot, 1)) {
      snapshot(job);
      assertThat(published).as("are cut once").isEmpty();
    }
    try (var job = start(Way.Backend.HEAP, UTC, 1, snapshot, 1)) {
      snapshot(job);
    }
    assertThat(SeriesTables.of(published).lines()).isNotEmpty().isNotEqualTo(before);
  }

  @Test
  void aCrashBeforeTheFirstCheckpointCutsThemAgain() throws Exception {
    OperatorSubtaskState snapshot = untilTheRestart(OPTIONS);
    try (var job = start(Way.Backend.HEAP, HANOI, 1, snapshot, 1)) {
      speakOn(job);
    }
    List<String> first = SeriesTables.of(published).lines();
    try (var job = start(Way.Backend.HEAP, HANOI, 2, snapshot, 1)) {
      speakOn(job);
    }

    assertThat(SeriesTables.of(published).lines()).isEqualTo(first);
  }

  @Test
  void daysThatHaveLeftStateStayAndTheirRepairIsAskedFor() throws Exception {
    OperatorSubtaskState snapshot = untilTheRestart(SeriesOptions.DEFAULTS);
    published.clear();
    SeriesOptions options = SeriesOptions.DEFAULTS.withZone(HANOI);
    try (var job = new Subtasks<>(Subject.series(options), Way.Backend.HEAP, 1, snapshot, 1)) {
      speakOn(job);
    }

    assertThat(published)
        .contains(
            new RepairWindow(
                HOST.id(), Interval.DAY, MIDNIGHT, Cause.DEFINITION, RepairWindow.UNKNOWN));
    SeriesTables tables = SeriesTables.of(published);
    long dayAfter = MIDNIGHT + 24 * HOUR;
    Rollup rest = tables.row(HOST, Interval.DAY, dayAfter);
    assertThat(rest.windowEnd()).as("up to a midnight in Hanoi").isEqualTo(dayAfter + 17 * HOUR);
    assertThat(tables.row(HOST, Interval.DAY, rest.windowEnd()).windowEnd())
        .isEqualTo(dayAfter + 41 * HOUR);
  }

  private OperatorSubtaskState untilTheRestart(SeriesOptions options) throws Exception {
    try (var job =
        new Subtasks<>(Subject.series(options.withZone(UTC)), Way.Backend.HEAP, 1, null, 0)) {
      speakUntilTheRestart(job);
      return snapshot(job);
    }
  }

  private static Subtasks<Long, SeriesInput, Rollup> start(
      Way.Backend backend, ZoneId zone, int parallelism, OperatorSubtaskState from, int old)
      throws Exception {
    return new Subtasks<>(Subject.series(OPTIONS.withZone(zone)), backend, parallelism, from, old);
  }

  private OperatorSubtaskState snapshot(Subtasks<?, ?, ?> job) throws Exception {
    published.addAll(job.beforeSnapshot(++checkpoint));
    return job.snapshot(checkpoint);
  }

  private void speakUntilTheRestart(Subtasks<Long, SeriesInput, ?> job) throws Exception {
    take(job, registration("N", null, 0));
    take(job, registration("R", "Europe/Berlin", 1));
    take(job, registration("B", "Europe/Berlin", 2));
    speak(job, MIDNIGHT, MIDNIGHT + 20 * HOUR);
    take(job, Registration.removal("R", 1, 3));
    speak(job, MIDNIGHT + 20 * HOUR, RESTART);
  }

  private void speakOn(Subtasks<Long, SeriesInput, ?> job) throws Exception {
    speak(job, RESTART, RESTART + 30 * HOUR);
  }

  /** Every quarter of an hour, and the watermark close behind. */
  private void speak(Subtasks<Long, SeriesInput, ?> job, long from, long until) throws Exception {
    for (long time = from; time < until; time += 15 * MINUTE) {
      for (Series series : ALL) {
        Position position = new Position("topic", 0, time);
        take(job, SampleBatch.at(time, SeriesLayout.of(series), new double[] {0.5}, position));
      }
      published.addAll(job.take(Input.watermark(time + MINUTE)));
    }
  }

  private void take(Subtasks<Long, SeriesInput, ?> job, SeriesInput input) throws Exception {
    published.addAll(job.take(Input.of(input)));
  }

  private static Registration registration(String robot, String zone, long offset) {
    return new Registration(
        robot, false, null, zone, Registration.ALWAYS, Registration.NOT_SAID, 1, offset);
  }
}
