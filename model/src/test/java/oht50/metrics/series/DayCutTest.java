package oht50.metrics.series;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import oht50.metrics.model.Cause;
import oht50.metrics.model.Position;
import oht50.metrics.model.Registration;
import oht50.metrics.model.RepairWindow;
import oht50.metrics.model.Rollup;
import oht50.metrics.model.SampleBatch;
import oht50.metrics.model.Series;
import oht50.metrics.model.SeriesLayout;
import oht50.metrics.time.Interval;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DayCutTest {
  private static final long SECOND = 1_000;
  private static final long MINUTE = 60 * SECOND;
  private static final long QUARTER = 15 * MINUTE;
  private static final long HOUR = 60 * MINUTE;
  private static final double VALUE = 0.5;

  private static final Series TEMPERATURE = Series.gauge("t", "robot_id", "R");

  private final MapSeriesStore store = new MapSeriesStore();
  private final Tables tables = new Tables();
  private SeriesCore core = coreThatHolds(Duration.ofDays(7));
  private long watermark = Long.MIN_VALUE;
  private long offset;

  private static SeriesCore coreThatHolds(Duration horizon) {
    return new SeriesCore(SeriesOptions.DEFAULTS.withHorizon(horizon));
  }

  /** One sample of 0.5 each quarter of an hour, so count is the length in quarters. */
  @ParameterizedTest
  @CsvSource({
    "UTC,                 2026-11-24T00:00:00Z, 2026-11-25T00:00:00Z,  96, 48.0",
    "Asia/Ho_Chi_Minh,    2026-11-23T17:00:00Z, 2026-11-24T17:00:00Z,  96, 48.0",
    "Europe/Berlin,       2026-03-27T23:00:00Z, 2026-03-28T23:00:00Z,  96, 48.0",
    "Europe/Berlin,       2026-03-28T23:00:00Z, 2026-03-29T22:00:00Z,  92, 46.0",
    "Europe/Berlin,       2026-03-29T22:00:00Z, 2026-03-30T22:00:00Z,  96, 48.0",
    "Europe/Berlin,       2026-10-24T22:00:00Z, 2026-10-25T23:00:00Z, 100, 50.0",
    "Europe/Berlin,       2026-10-25T23:00:00Z, 2026-10-26T23:00:00Z,  96, 48.0",
    "Australia/Lord_Howe, 2026-04-04T13:00:00Z, 2026-04-05T13:30:00Z,  98, 49.0",
    "Australia/Lord_Howe, 2026-04-05T13:30:00Z, 2026-04-06T13:30:00Z,  96, 48.0",
    "Australia/Lord_Howe, 2026-10-02T13:30:00Z, 2026-10-03T13:30:00Z,  96, 48.0",
    "Australia/Lord_Howe, 2026-10-03T13:30:00Z, 2026-10-04T13:00:00Z,  94, 47.0",
    "Australia/Lord_Howe, 2026-10-04T13:00:00Z, 2026-10-05T13:00:00Z,  96, 48.0",
  })
  void aDayIsThatOfTheZoneWheneverTheZoneBecomesKnown(
      String zone, Instant start, Instant end, long count, double sum) {
    for (int registeredAfterHours : new int[] {0, 20, 48, 72}) {
      DayCutTest run = new DayCutTest();
      long begin = start.toEpochMilli() - 30 * HOUR;
      run.speak(begin, begin + registeredAfterHours * HOUR);
      run.register(zone, Registration.ALWAYS);
      run.speak(begin + registeredAfterHours * HOUR, end.toEpochMilli() + 30 * HOUR);

      Rollup row = run.tables.row(TEMPERATURE, Interval.DAY, start.toEpochMilli());
      assertThat(Instant.ofEpochMilli(row.windowEnd())).isEqualTo(end);
      assertThat(row.count()).isEqualTo(count);
      assertThat(row.sum()).isEqualTo(sum);
      assertThat(row.isFinal()).isTrue();
      run.assertDaysHoldEverySampleOnce();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "Europe/Berlin,       2026-03-28T23:00:00Z, 2026-03-29T22:00:00Z",
    "Europe/Berlin,       2026-10-24T22:00:00Z, 2026-10-25T23:00:00Z",
    "Australia/Lord_Howe, 2026-04-04T13:00:00Z, 2026-04-05T13:30:00Z",
    "Australia/Lord_Howe, 2026-10-03T13:30:00Z, 2026-10-04T13:00:00Z",
    "Asia/Ho_Chi_Minh,    2026-11-23T17:00:00Z, 2026-11-24T17:00:00Z",
  })
  void aDayHoldsItsFirstMillisecondAndItsLast(String zone, Instant start, Instant end) {
    send(start.toEpochMilli() - 1, 1);
    send(start.toEpochMilli(), 10);
    send(end.toEpochMilli() - 1, 100);
    send(end.toEpochMilli(), 1_000);
    register(zone, Registration.ALWAYS);
    watermark(end.toEpochMilli() + 30 * HOUR);

    assertThat(tables.row(TEMPERATURE, Interval.DAY, start.toEpochMilli()).sum()).isEqualTo(110);
  }

  @Test
  void aChangedZoneCutsTheDaysAnewBecauseOfTheDefinition() {
    speak("2026-11-23T00:00:00Z", "2026-11-24T18:00:00Z");
    assertThat(days())
        .containsExactly(
            "2026-11-23T00:00:00Z 2026-11-24T00:00:00Z 96 48.0 final on_time",
            "2026-11-24T00:00:00Z 2026-11-25T00:00:00Z 72 36.0 early on_time");

    register("Asia/Ho_Chi_Minh", Registration.ALWAYS);

    assertThat(days())
        .containsExactly(
            "2026-11-22T17:00:00Z 2026-11-23T17:00:00Z 68 34.0 final definition",
            "2026-11-23T17:00:00Z 2026-11-24T17:00:00Z 96 48.0 final definition",
            "2026-11-24T17:00:00Z 2026-11-25T17:00:00Z 4 2.0 early definition");
    assertThat(tables.repairs).isEmpty();
  }

  @Test
  void aZoneCountsFromItsFirstMidnightOnAndTheDayBeforeEndsThere() {
    register("Asia/Ho_Chi_Minh", Registration.ALWAYS);
    speak("2026-11-23T17:00:00Z", "2026-11-26T00:00:00Z");
    register("Europe/Berlin", "2026-11-24T10:00:00Z");

    assertThat(days())
        .containsExactly(
            "2026-11-23T17:00:00Z 2026-11-24T17:00:00Z 96 48.0 final on_time",
            "2026-11-24T17:00:00Z 2026-11-24T23:00:00Z 24 12.0 final definition",
            "2026-11-24T23:00:00Z 2026-11-25T23:00:00Z 96 48.0 final definition",
            "2026-11-25T23:00:00Z 2026-11-26T23:00:00Z 4 2.0 early definition");
  }

  @Test
  void aMoveToANeighbourThatStartsItsDayAtTheSameInstantMovesTheEndOnly() {
    register("Africa/Johannesburg", Registration.ALWAYS);
    speak("2026-10-24T22:00:00Z", "2026-10-25T22:30:00Z");
    register("Europe/Berlin", Registration.ALWAYS);

    assertThat(days())
        .containsExactly("2026-10-24T22:00:00Z 2026-10-25T23:00:00Z 98 49.0 early definition");

    speak("2026-10-25T22:30:00Z", "2026-10-26T00:00:00Z");
    assertThat(days())
        .containsExactly(
            "2026-10-24T22:00:00Z 2026-10-25T23:00:00Z 100 50.0 final on_time",
            "2026-10-25T23:00:00Z 2026-10-26T23:00:00Z 4 2.0 early on_time");
  }

  @Test
  void theFirstRegistrationHoldsForAllThePast() {
    register("Asia/Ho_Chi_Minh", "2027-01-01T00:00:00Z");
    speak("2026-11-23T17:00:00Z", "2026-11-24T17:00:00Z");

    assertThat(days())
        .containsExactly("2026-11-23T17:00:00Z 2026-11-24T17:00:00Z 96 48.0 final on_time");
  }

  @Test
  void anUnregisteredRobotHasTheConfiguredDaysAgain() {
    speak("2026-11-23T00:00:00Z", "2026-11-24T18:00:00Z");
    List<String> before = days();
    register("Asia/Ho_Chi_Minh", Registration.ALWAYS);
    core.onRegistration(Registration.removal("R", 1, offset++), store, tables);

    assertThat(days()).hasSize(2);
    assertThat(days().get(0)).isEqualTo(before.get(0).replace("on_time", "definition"));
    assertThat(days().get(1)).isEqualTo(before.get(1).replace("on_time", "definition"));
  }

  @Test
  void aRegistrationThatCameBeforeChangesNothing() {
    Registration berlin = registration("Europe/Berlin", Registration.ALWAYS);
    Registration hanoi = registration("Asia/Ho_Chi_Minh", Registration.ALWAYS);
    speak("2026-11-23T00:00:00Z", "2026-11-24T18:00:00Z");
    core.onRegistration(berlin, store, tables);
    core.onRegistration(hanoi, store, tables);
    tables.published.clear();

    core.onRegistration(berlin, store, tables);
    core.onRegistration(hanoi, store, tables);

    assertThat(tables.published).isEmpty();
  }

  @Test
  void aLateSampleCorrectsTheDayThatItIsInNow() {
    speak("2026-11-23T00:00:00Z", "2026-11-24T18:00:00Z");
    register("Asia/Ho_Chi_Minh", Registration.ALWAYS);
    send(at("2026-11-23T20:00:01Z"), VALUE);
    watermark(at("2026-11-24T18:00:01Z"));

    assertThat(days())
        .contains("2026-11-23T17:00:00Z 2026-11-24T17:00:00Z 97 48.5 final late")
        .hasSize(3);
  }

  @Test
  void daysThatHaveLeftStateStayAndTheirRepairIsAskedFor() {
    core = coreThatHolds(Duration.ofHours(2));
    speak("2026-11-22T00:00:00Z", "2026-11-24T10:00:00Z");
    register("Asia/Ho_Chi_Minh", Registration.ALWAYS);
    speak("2026-11-24T10:00:00Z", "2026-11-24T18:00:00Z");

    assertThat(days())
        .containsExactly(
            "2026-11-22T00:00:00Z 2026-11-23T00:00:00Z 96 48.0 final on_time",
            "2026-11-23T00:00:00Z 2026-11-24T00:00:00Z 96 48.0 final on_time",
            "2026-11-24T00:00:00Z 2026-11-24T17:00:00Z 68 34.0 final on_time",
            "2026-11-24T17:00:00Z 2026-11-25T17:00:00Z 4 2.0 early on_time");
    assertThat(tables.repairs)
        .containsExactly(
            new RepairWindow(
                TEMPERATURE.id(),
                Interval.DAY,
                at("2026-11-23T00:00:00Z"),
                Cause.DEFINITION,
                RepairWindow.UNKNOWN));
    assertDaysHoldEverySampleOnce();
  }

  @Test
  void aRobotThatWasSilentGoesOnWhereItsLastDayEnded() throws Exception {
    core = coreThatHolds(Duration.ofHours(2));
    register("Europe/Berlin", Registration.ALWAYS);
    speak("2026-11-23T23:00:00Z", "2026-11-24T20:00:00Z");
    for (int hours = 1; hours < 30; hours++) {
      watermark(at("2026-11-24T20:00:00Z") + hours * HOUR);
    }
    assertThat(store.isEmpty()).isTrue();
    register("Asia/Ho_Chi_Minh", Registration.ALWAYS);
    speak("2026-11-26T08:00:00Z", "2026-11-26T09:00:00Z");

    assertThat(days())
        .containsExactly(
            "2026-11-23T23:00:00Z 2026-11-24T23:00:00Z 84 42.0 final on_time",
            "2026-11-25T17:00:00Z 2026-11-26T17:00:00Z 4 2.0 early on_time");
  }

  /** The quarter of its last sample stays for another series. */
  @Test
  void aSeriesThatWasForgottenGoesOnWhereItsLastDayEnded() {
    core = coreThatHolds(Duration.ofHours(2));
    Series other = Series.gauge("other", "robot_id", "R");
    send(at("2026-10-24T03:35:00Z"), VALUE);
    watermark(at("2026-10-24T03:36:00Z"));
    watermark(at("2026-10-24T11:30:00Z"));
    send(other, at("2026-10-24T07:52:00Z"));
    register("America/Los_Angeles", Registration.ALWAYS);
    watermark(at("2026-10-24T12:05:00Z"));
    send(at("2026-10-24T11:10:00Z"), VALUE);
    register("UTC", Registration.ALWAYS);
    watermark(at("2026-10-24T12:10:00Z"));

    assertThat(days(TEMPERATURE))
        .containsExactly(
            "2026-10-23T07:00:00Z 2026-10-24T07:00:00Z 1 0.5 final definition",
            "2026-10-24T07:00:00Z 2026-10-25T00:00:00Z 1 0.5 early on_time");
    assertThat(tables.repairs).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Asia/Ho_Chi_Minh", "Australia/Lord_Howe", "America/Los_Angeles"})
  void aRestoredStateGoesOnWithTheSameDays(String zone) throws Exception {
    speak("2026-11-23T00:00:00Z", "2026-11-24T18:00:00Z");
    register(zone, Registration.ALWAYS);
    MapSeriesStore restored = store.copy();
    speak("2026-11-24T18:00:00Z", "2026-11-26T18:00:00Z");

    DayCutTest other = new DayCutTest();
    other.tables.rollups.putAll(tables.rollups);
    other.offset = offset;
    other.speak(restored, at("2026-11-24T18:00:00Z"), at("2026-11-26T18:00:00Z"));
    assertThat(other.days()).isEqualTo(days());
  }

  private static long at(String instant) {
    return Instant.parse(instant).toEpochMilli();
  }

  private Registration registration(String zone, long effectiveFrom) {
    return new Registration(
        "R", false, "fab-1", zone, effectiveFrom, Registration.NOT_SAID, 1, offset++);
  }

  private void register(String zone, long effectiveFrom) {
    core.onRegistration(registration(zone, effectiveFrom), store, tables);
  }

  private void register(String zone, String effectiveFrom) {
    register(zone, at(effectiveFrom));
  }

  private void speak(String from, String to) {
    speak(at(from), at(to));
  }

  private void speak(long from, long to) {
    speak(store, from, to);
  }

  /** A sample each quarter of an hour, and the watermark close behind; at last up to the end. */
  private void speak(MapSeriesStore to, long from, long until) {
    for (long time = from; time < until; time += QUARTER) {
      send(to, time, VALUE);
      watermark(to, time + MINUTE);
    }
    if (from < until) {
      watermark(to, until);
    }
  }

  private void send(long timestamp, double value) {
    send(store, timestamp, value);
  }

  private void send(MapSeriesStore to, long timestamp, double value) {
    core.onBatch(batch(TEMPERATURE, timestamp, value), watermark, to, tables);
  }

  private void send(Series series, long timestamp) {
    core.onBatch(batch(series, timestamp, VALUE), watermark, store, tables);
  }

  private SampleBatch batch(Series series, long timestamp, double value) {
    return SampleBatch.at(
        timestamp,
        SeriesLayout.of(series),
        new double[] {value},
        new Position("topic", 0, offset++));
  }

  private void watermark(long reached) {
    watermark(store, reached);
  }

  private void watermark(MapSeriesStore of, long reached) {
    watermark = reached;
    while (!of.wakeUps.isEmpty() && of.wakeUps.first() <= reached) {
      of.wakeUps.pollFirst();
      core.onWatermark(reached, of, tables);
    }
  }

  /** What a reader sees of days, in the order of time. */
  private List<Rollup> dayRows() {
    return tables.rollups.values().stream()
        .filter(row -> row.interval() == Interval.DAY && row.count() > 0)
        .toList();
  }

  private List<String> days() {
    return days(TEMPERATURE);
  }

  private List<String> days(Series series) {
    return dayRows().stream()
        .filter(row -> row.seriesId() == series.id())
        .map(
            row ->
                "%s %s %d %s %s %s"
                    .formatted(
                        Instant.ofEpochMilli(row.windowStart()),
                        Instant.ofEpochMilli(row.windowEnd()),
                        row.count(),
                        row.sum(),
                        row.isFinal() ? "final" : "early",
                        row.cause().word()))
        .toList();
  }

  private void assertDaysHoldEverySampleOnce() {
    long end = Long.MIN_VALUE;
    long count = 0;
    for (Rollup row : dayRows()) {
      assertThat(row.windowStart()).isGreaterThanOrEqualTo(end);
      end = row.windowEnd();
      count += row.count();
    }
    long quarters =
        tables.rollups.values().stream()
            .filter(row -> row.interval() == Interval.QUARTER)
            .mapToLong(Rollup::count)
            .sum();
    assertThat(count).isEqualTo(quarters);
  }

  @Test
  void everyInstantIsInOneDayWhateverZonesFollowEachOther() {
    java.util.SplittableRandom random = new java.util.SplittableRandom(7);
    String[] zones = ZoneId.getAvailableZoneIds().stream().sorted().toArray(String[]::new);
    for (int round = 0; round < 500; round++) {
      long from = at("2026-01-01T00:00:00Z") + random.nextLong(365L * 24) * HOUR;
      KeySettings history = KeySettings.of(null);
      for (int change = 0; change < 1 + random.nextInt(5); change++) {
        long since =
            random.nextInt(3) == 0 ? Registration.ALWAYS : from + random.nextLong(4 * HOUR * 24);
        long held = random.nextInt(3) == 0 ? from + random.nextLong(96) * QUARTER : Long.MIN_VALUE;
        Registration next = registration(zones[random.nextInt(zones.length)], since);
        history = history.with(next, held, ZoneId.of("UTC"));
      }
      var calendar = KeySettings.calendar(history, null, ZoneId.of("UTC"));
      long day = calendar.start(Interval.DAY, from - 48 * HOUR);
      while (day < from + 8 * 24 * HOUR) {
        long end = calendar.end(Interval.DAY, day);
        assertThat(end - day).isBetween(QUARTER, 26 * HOUR);
        assertThat(calendar.start(Interval.DAY, day + random.nextLong(end - day))).isEqualTo(day);
        assertThat(calendar.start(Interval.DAY, end)).isEqualTo(end);
        day = end;
      }
    }
  }
}
