package oht50.metrics.job.config;

import java.util.List;

/**
 * A key that the job asks for.
 *
 * @param key dotted
 * @param otherwise its value when nothing is said; null for none
 * @param words that it may have; empty for any
 */
record KnownKey(String key, Form form, boolean isRequired, String otherwise, List<String> words) {
  /** Whether it is of another format, and only stands for one of the job's, if for any. */
  boolean isForeign() {
    return otherwise == null && !isRequired;
  }

  /** What its value looks like. */
  enum Form {
    /** Whatever: it is not used. */
    ANY,
    TEXT,
    /** A text which is a name of one of the zones of the tz database. */
    ZONE,
    DURATION,
    /** A duration above 0. */
    POSITIVE_DURATION,
    /** A whole number of seconds, or a duration. */
    SECONDS,
    /** A whole number above 0. */
    POSITIVE_INT,
    BOOLEAN,
    /** A list of texts. */
    LIST,
    /** A map with free keys. */
    TEXTS,
    /** A map of durations with free keys. */
    DURATIONS
  }
}
