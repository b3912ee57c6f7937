package oht50.metrics.promql.eval;

/**
 * Parts of times in UTC, given in seconds since the epoch; fractions of a second are cut off
 * towards zero. What no time can be, NaN and what does not fit into 64 bits, is NaN.
 */
final class CalendarFunctions {
  private static final long DAY = 86_400;
  private static final int DAYS_OF_ERA = 146_097; // 400 years
  private static final int DAYS_BEFORE_EPOCH = 719_468; // from March 1st of year 0
  private static final int[] DAYS_BEFORE_MONTH = {
    0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334
  };

  private CalendarFunctions() {}

  private static boolean isTime(double seconds) {
    return Math.abs(seconds) < 0x1p63;
  }

  private static long days(double seconds) {
    return Math.floorDiv((long) seconds, DAY);
  }

  private static long secondOfDay(double seconds) {
    return Math.floorMod((long) seconds, DAY);
  }

  static double minute(double seconds) {
    return isTime(seconds) ? secondOfDay(seconds) / 60 % 60 : Double.NaN;
  }

  static double hour(double seconds) {
    return isTime(seconds) ? secondOfDay(seconds) / 3600 : Double.NaN;
  }

  /** 0 on Sundays. */
  static double dayOfWeek(double seconds) {
    return isTime(seconds) ? Math.floorMod(days(seconds) + 4, 7L) : Double.NaN;
  }

  static double dayOfMonth(double seconds) {
    return isTime(seconds) ? Date.of(days(seconds)).day : Double.NaN;
  }

  static double dayOfYear(double seconds) {
    if (!isTime(seconds)) {
      return Double.NaN;
    }
    Date date = Date.of(days(seconds));
    boolean isAfterLeapDay = date.month > 2 && date.isInLeapYear();
    return DAYS_BEFORE_MONTH[date.month - 1] + date.day + (isAfterLeapDay ? 1 : 0);
  }

  static double daysInMonth(double seconds) {
    if (!isTime(seconds)) {
      return Double.NaN;
    }
    Date date = Date.of(days(seconds));
    if (date.month == 2) {
      return date.isInLeapYear() ? 29 : 28;
    }
    int next = date.month == 12 ? 365 : DAYS_BEFORE_MONTH[date.month];
    return next - DAYS_BEFORE_MONTH[date.month - 1];
  }

  static double month(double seconds) {
    return isTime(seconds) ? Date.of(days(seconds)).month : Double.NaN;
  }

  static double year(double seconds) {
    return isTime(seconds) ? Date.of(days(seconds)).year : Double.NaN;
  }

  /** A day of the Gregorian calendar; unlike java.time it has no first and no last one. */
  private record Date(long year, int month, int day) {
    /**
     * @param days since the epoch. Years are counted from March, so that a leap day is the last one
     */
    static Date of(long days) {
      long shifted = days + DAYS_BEFORE_EPOCH;
      long era = Math.floorDiv(shifted, DAYS_OF_ERA);
      int dayOfEra = (int) Math.floorMod(shifted, (long) DAYS_OF_ERA);
      int yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
      int dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
      int monthFromMarch = (5 * dayOfYear + 2) / 153;
      int day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1;
      int month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
      return new Date(era * 400 + yearOfEra + (month <= 2 ? 1 : 0), month, day);
    }

    boolean isInLeapYear() {
      return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    }
  }
}
