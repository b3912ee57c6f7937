package oht50.metrics.time;

/** The lengths of rollup windows. Codes and words are persisted. */
public enum Interval {
  MINUTE(1, "1m", 60_000L),
  FIVE_MINUTES(2, "5m", 300_000L),
  /** Internal: the level from which hours and days of any zone are folded; in no view. */
  QUARTER(3, "15m", 900_000L),
  HOUR(4, "1h", 3_600_000L),
  /** The calendar day of the site's zone: 23 to 25 hours. */
  DAY(5, "1d", 86_400_000L);

  private final int code;
  private final String word;
  private final long millis;

  Interval(int code, String word, long millis) {
    this.code = code;
    this.word = word;
    this.millis = millis;
  }

  public int code() {
    return code;
  }

  public String word() {
    return word;
  }

  /** Length in ms; of a day the nominal one. */
  public long millis() {
    return millis;
  }

  public static Interval ofCode(int code) {
    for (Interval interval : values()) {
      if (interval.code == code) {
        return interval;
      }
    }
    throw new IllegalArgumentException("unknown interval code " + code);
  }

  public static Interval ofWord(String word) {
    for (Interval interval : values()) {
      if (interval.word.equals(word)) {
        return interval;
      }
    }
    throw new IllegalArgumentException("unknown interval " + word);
  }
}
