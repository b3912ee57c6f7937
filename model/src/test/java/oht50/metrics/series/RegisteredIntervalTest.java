package oht50.metrics.series;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import oht50.metrics.model.Labels;
import oht50.metrics.model.MetricKind;
import oht50.metrics.model.Position;
import oht50.metrics.model.Registration;
import oht50.metrics.model.SampleBatch;
import oht50.metrics.model.Series;
import oht50.metrics.model.SeriesEntry;
import oht50.metrics.model.SeriesLayout;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How often a series is expected to speak, as the catalog is told. */
class RegisteredIntervalTest {
  private static final long NOON = Instant.parse("2026-11-24T12:00:00Z").toEpochMilli();
  private static final long SECOND = 1_000;
  private static final long HOUR = 3_600_000;
  private static final String ZONE = "Asia/Ho_Chi_Minh";

  private static final Series BATTERY =
      Series.gauge("oht50_robot_battery_percent", "robot_id", "R");
  private static final Series MOTOR = Series.gauge("oht50_motor_celsius", "robot_id", "R");

  private final SeriesCore core = new SeriesCore(SeriesOptions.DEFAULTS);
  private final Tables tables = new Tables();
  private MapSeriesStore store = new MapSeriesStore();
  private long offset;

  @ParameterizedTest
  @CsvSource({
    "oht50_robot_battery_percent, GAUGE,   robot_id, 100",
    "oht50_robot_mode,            STATE,   robot_id, 100",
    "oht50_navigation_progress,   GAUGE,   robot_id, 100",
    "oht50_dock_distance,         GAUGE,   robot_id, 100",
    "oht50_telemetry_bytes,       COUNTER, robot_id, 100",
    "oht50_motor_celsius,         GAUGE,   robot_id, 30000",
    "oht50_robot_missions,        DELTA,   robot_id, -1",
    "oht50_robot_battery_percent, GAUGE,   instance, 1000",
  })
  void theRegistrysHoldsForWhatARobotSendsWithItsTelemetry(
      String metric, MetricKind kind, String label, long expected) {
    Series series = Series.of(metric, Labels.of(label, "R"), kind);
    register(100);
    speak(series, NOON);

    assertThat(told()).containsExactly(metric + " " + expected);
  }

  @Test
  void aSeriesThatIsKnownAlreadyIsToldOfAgainWithNothingElseChanged() {
    speak(BATTERY, NOON);
    speak(BATTERY, NOON - 5 * SECOND);
    speak(MOTOR, NOON);
    register(100);

    assertThat(told())
        .containsExactly(
            "oht50_robot_battery_percent 1000",
            "oht50_motor_celsius 30000",
            "oht50_robot_battery_percent 100");
    SeriesEntry first = tables.series.get(0);
    assertThat(tables.series.get(2))
        .isEqualTo(
            new SeriesEntry(BATTERY, first.incarnation(), first.firstTimestamp(), 100, 0, 0));
  }

  @Test
  void theNewestRegistrationCounts() {
    speak(BATTERY, NOON);
    register(100);
    register(500);

    assertThat(told())
        .containsExactly(
            "oht50_robot_battery_percent 1000",
            "oht50_robot_battery_percent 100",
            "oht50_robot_battery_percent 500");
  }

  @Test
  void aRegistrationWithoutOneBringsTheConfiguredOneBack() {
    register(100);
    speak(BATTERY, NOON);
    register(Registration.NOT_SAID);

    assertThat(told())
        .containsExactly("oht50_robot_battery_percent 100", "oht50_robot_battery_percent 1000");
  }

  @Test
  void aRemovalBringsTheConfiguredOneBack() {
    register(100);
    speak(BATTERY, NOON);
    core.onRegistration(Registration.removal("R", 1, offset++), store, tables);

    assertThat(told())
        .containsExactly("oht50_robot_battery_percent 100", "oht50_robot_battery_percent 1000");
  }

  @Test
  void whatIsSaidAgainTellsNothing() {
    speak(BATTERY, NOON);
    Registration registration = registration(100);
    core.onRegistration(registration, store, tables);
    tables.series.clear();

    core.onRegistration(registration, store, tables);
    register(100);

    assertThat(tables.series).isEmpty();
  }

  @Test
  void aRestartForgetsNeitherWhatWasSaidNorOfWhom() throws IOException {
    register(100);
    speak(BATTERY, NOON);
    store = store.copy();
    tables.series.clear();
    Series speed = Series.gauge("oht50_robot_speed", "robot_id", "R");
    speak(speed, NOON);
    store = store.copy();
    register(200);

    assertThat(told())
        .containsExactly(
            "oht50_robot_speed 100", "oht50_robot_battery_percent 200", "oht50_robot_speed 200");
  }

  @Test
  void aSeriesThatHasLeftStateIsToldOfWhenItComesBack() {
    speak(BATTERY, NOON);
    watermark(NOON + 72 * HOUR);
    assertThat(store.isEmpty()).isTrue();
    tables.series.clear();
    register(100);
    assertThat(tables.series).isEmpty();

    speak(BATTERY, NOON + 72 * HOUR);
    assertThat(told()).containsExactly("oht50_robot_battery_percent 100");
  }

  @ParameterizedTest
  @CsvSource({
    "node_load1,      dock-1, node, 15000", // as often as its job is scraped
    "oht50_robot_cpu, dock-1, node, 15000", // whatever its name begins with
    "oht50_robot_cpu, dock-1, else, 1000",
    "node_load1,      dock-1, else, 30000",
  })
  void whatIsScrapedSpeaksAsOftenAsItIsScraped(
      String metric, String instance, String job, long expected) {
    speak(scraping(), Series.gauge(metric, "instance", instance, "job", job), NOON);

    assertThat(told()).containsExactly(metric + " " + expected);
  }

  @Test
  void theRegistrysHoldsForARobotThatIsScraped() {
    register(100);
    speak(scraping(), Series.gauge("oht50_robot_cpu", "robot_id", "R", "job", "node"), NOON);

    assertThat(told()).containsExactly("oht50_robot_cpu 100");
  }

  private static SeriesCore scraping() {
    SeriesOptions defaults = SeriesOptions.DEFAULTS;
    return new SeriesCore(
        new SeriesOptions(
            defaults.horizon(),
            defaults.horizonPoints(),
            defaults.earlyCadence(),
            defaults.chunkCadence(),
            defaults.idle(),
            defaults.expiry(),
            defaults.expectedIntervals().withScraped(Map.of("node", Duration.ofSeconds(15))),
            defaults.zone()));
  }

  @Test
  void chunksDoNotDependOnIt() {
    register(Duration.ofMinutes(1).toMillis());
    speak(BATTERY, NOON);
    watermark(NOON + HOUR);

    long configured =
        ExpectedIntervals.DEFAULTS.chunkSpan(BATTERY.name(), SeriesOptions.DEFAULTS.horizon());
    assertThat(tables.chunks.values())
        .allSatisfy(
            chunk -> assertThat(chunk.chunkEnd() - chunk.chunkStart()).isEqualTo(configured))
        .isNotEmpty();
  }

  private void register(long intervalMillis) {
    core.onRegistration(registration(intervalMillis), store, tables);
  }

  private Registration registration(long intervalMillis) {
    return new Registration(
        "R", false, null, ZONE, Registration.ALWAYS, intervalMillis, 1, offset++);
  }

  private void speak(Series series, long timestamp) {
    speak(core, series, timestamp);
  }

  private void speak(SeriesCore hearing, Series series, long timestamp) {
    SampleBatch batch =
        SampleBatch.at(
            timestamp,
            SeriesLayout.of(series),
            new double[] {1},
            new Position("topic", 0, offset++));
    hearing.onBatch(batch, Long.MIN_VALUE, store, tables);
  }

  private void watermark(long last) {
    for (long reached = NOON; reached <= last; reached += HOUR) {
      while (!store.wakeUps.isEmpty() && store.wakeUps.first() <= reached) {
        store.wakeUps.pollFirst();
        core.onWatermark(reached, store, tables);
      }
    }
  }

  /** One line each. */
  private List<String> told() {
    return tables.series.stream()
        .map(entry -> entry.series().name() + " " + entry.expectedIntervalMillis())
        .toList();
  }
}
