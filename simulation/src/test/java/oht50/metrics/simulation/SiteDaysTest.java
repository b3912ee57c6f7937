package oht50.metrics.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import oht50.metrics.model.Registration;
import org.junit.jupiter.api.Test;

class SiteDaysTest {
  private static final ZoneId UTC = ZoneId.of("UTC");

  private static Registration in(String zone, String from) {
    long effectiveFrom = from == null ? Registration.ALWAYS : Instant.parse(from).toEpochMilli();
    return new Registration("R", false, null, zone, effectiveFrom, Registration.NOT_SAID, 1, 1);
  }

  private static String day(SiteDays days, String at) {
    long instant = Instant.parse(at).toEpochMilli();
    return Instant.ofEpochMilli(days.start(instant))
        + " "
        + Instant.ofEpochMilli(days.end(instant));
  }

  @Test
  void anUnknownRobotHasTheConfiguredDays() {
    SiteDays days = new SiteDays(List.of(), UTC);

    assertThat(day(days, "2026-10-25T12:00:00Z"))
        .isEqualTo("2026-10-25T00:00:00Z 2026-10-26T00:00:00Z");
  }

  @Test
  void aZoneCutsFromItsFirstMidnightOnAndTheDayBeforeEndsThere() {
    SiteDays days =
        new SiteDays(
            List.of(in("Asia/Ho_Chi_Minh", null), in("Europe/Berlin", "2026-10-24T10:00:00Z")),
            UTC);

    assertThat(day(days, "2026-10-24T16:59:59Z"))
        .isEqualTo("2026-10-23T17:00:00Z 2026-10-24T17:00:00Z");
    assertThat(day(days, "2026-10-24T17:00:00Z"))
        .isEqualTo("2026-10-24T17:00:00Z 2026-10-24T22:00:00Z");
    assertThat(day(days, "2026-10-24T22:00:00Z"))
        .isEqualTo("2026-10-24T22:00:00Z 2026-10-25T23:00:00Z");
  }

  @Test
  void whatIsSaidLaterCountsFromItsInstantOn() {
    SiteDays days =
        new SiteDays(
            List.of(
                in("Asia/Ho_Chi_Minh", null),
                in("Europe/Berlin", "2026-10-24T10:00:00Z"),
                in(null, "2026-10-20T00:00:00Z")),
            UTC);

    assertThat(day(days, "2026-10-24T22:00:00Z"))
        .isEqualTo("2026-10-24T00:00:00Z 2026-10-25T00:00:00Z");
    assertThat(day(days, "2026-10-19T18:00:00Z"))
        .isEqualTo("2026-10-19T17:00:00Z 2026-10-20T00:00:00Z");
  }

  @Test
  void theEndOfARegistrationBringsTheConfiguredDaysBack() {
    SiteDays days =
        new SiteDays(
            List.of(in("Asia/Ho_Chi_Minh", null), Registration.removal("R", 1, 2)),
            ZoneId.of("Europe/Berlin"));

    assertThat(day(days, "2026-10-25T12:00:00Z"))
        .isEqualTo("2026-10-24T22:00:00Z 2026-10-25T23:00:00Z");
  }
}
