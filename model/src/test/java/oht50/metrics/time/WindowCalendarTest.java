package oht50.metrics.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WindowCalendarTest {
  @ParameterizedTest
  @CsvSource({
    "UTC,                 2026-11-24T18:50:00Z, 2026-11-24T00:00:00Z, 24.0",
    "Asia/Ho_Chi_Minh,    2026-11-24T18:50:00Z, 2026-11-24T17:00:00Z, 24.0",
    "Europe/Berlin,       2026-03-29T12:00:00Z, 2026-03-28T23:00:00Z, 23.0",
    "Europe/Berlin,       2026-10-25T12:00:00Z, 2026-10-24T22:00:00Z, 25.0",
    "Australia/Lord_Howe, 2026-04-04T20:00:00Z, 2026-04-04T13:00:00Z, 24.5",
    "Australia/Lord_Howe, 2026-10-03T20:00:00Z, 2026-10-03T13:30:00Z, 23.5",
  })
  void dayIsTheCalendarDayOfTheZone(String zone, Instant instant, Instant start, double hours) {
    WindowCalendar calendar = new WindowCalendar(ZoneId.of(zone));

    long dayStart = calendar.start(Interval.DAY, instant.toEpochMilli());

    assertThat(Instant.ofEpochMilli(dayStart)).isEqualTo(start);
    assertThat((calendar.end(Interval.DAY, dayStart) - dayStart) / 3_600_000.0).isEqualTo(hours);
  }

  @Test
  void windowsBeforeTheEpochStartBeforeTheirInstants() {
    assertThat(WindowCalendar.UTC.start(Interval.MINUTE, -1)).isEqualTo(-60_000);
  }
}
