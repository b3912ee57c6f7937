package oht50.metrics.promql.eval;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CalendarFunctionsTest {
  @Test
  void agreesWithJavaOverTenThousandYears() {
    Random random = new Random(11);
    for (int i = 0; i < 20_000; i++) {
      long seconds = (random.nextLong() >> 26) / 2;
      LocalDateTime time = LocalDateTime.ofEpochSecond(seconds, 0, ZoneOffset.UTC);
      assertThat(CalendarFunctions.year(seconds)).isEqualTo(time.getYear());
      assertThat(CalendarFunctions.month(seconds)).isEqualTo(time.getMonthValue());
      assertThat(CalendarFunctions.dayOfMonth(seconds)).isEqualTo(time.getDayOfMonth());
      assertThat(CalendarFunctions.dayOfYear(seconds)).isEqualTo(time.getDayOfYear());
      assertThat(CalendarFunctions.dayOfWeek(seconds))
          .isEqualTo(time.getDayOfWeek().getValue() % 7);
      assertThat(CalendarFunctions.daysInMonth(seconds))
          .isEqualTo(time.toLocalDate().lengthOfMonth());
      assertThat(CalendarFunctions.hour(seconds)).isEqualTo(time.getHour());
      assertThat(CalendarFunctions.minute(seconds)).isEqualTo(time.getMinute());
    }
  }

  @Test
  void whatIsNoTimeIsNaN() {
    assertThat(CalendarFunctions.year(Double.NaN)).isNaN();
    assertThat(CalendarFunctions.hour(Double.POSITIVE_INFINITY)).isNaN();
    assertThat(CalendarFunctions.dayOfYear(1e19)).isNaN();
    assertThat(CalendarFunctions.year(1e18)).isGreaterThan(3e10);
  }
}
