package oht50.metrics.cli.rules;

import java.util.ArrayList;
import java.util.SortedMap;
import java.util.TreeMap;
import oht50.metrics.job.ruleload.ToldRules;
import oht50.metrics.rulefile.RuleFileReader;

/**
 * A rule set as it is listed.
 *
 * @param effectiveFrom ms; null for since ever, or unknown
 * @param arrivedAt ms
 * @param files name -> text
 * @param state accepted, refused, or {@link #WAITS}
 */
record ListedRules(
    long version,
    Long effectiveFrom,
    long arrivedAt,
    SortedMap<String, String> files,
    String state) {
  static final String ACCEPTED = "accepted";
  static final String REFUSED = "refused";

  /** The job has not looked at it yet. */
  static final String WAITS = "waits";

  /** A record of which the table says nothing: the job notes those only that have files. */
  static ListedRules of(ToldRules told) {
    return told.set() == null
        ? new ListedRules(told.version(), null, told.arrivedAt(), new TreeMap<>(), REFUSED)
        : new ListedRules(
            told.version(),
            told.set().effectiveFrom(),
            told.arrivedAt(),
            told.set().files(),
            WAITS);
  }

  boolean isAccepted() {
    return state.equals(ACCEPTED);
  }

  boolean isEffectiveAt(long instant) {
    return effectiveFrom == null || effectiveFrom <= instant;
  }

  long rules() {
    return files.entrySet().stream()
        .mapToLong(
            file ->
                RuleFileReader.read(file.getKey(), file.getValue(), false, new ArrayList<>())
                    .file()
                    .ruleCount())
        .sum();
  }
}
