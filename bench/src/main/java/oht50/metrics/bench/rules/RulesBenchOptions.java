package oht50.metrics.bench.rules;

import java.util.Locale;
import java.util.Map;
import oht50.metrics.bench.BenchArguments;

/**
 * What to measure.
 *
 * @param rules which
 * @param isInOnePlace whether ours is {@link OnePlaceEngine}, not {@link PartsEngine}
 * @param isStateBytes whether state is bytes, written and read at each access
 * @param robots parts, of 40 series each
 * @param ruleCount of generated rules
 * @param intervalSeconds between two batches of a robot
 * @param minutes event time of a measured run of ours
 * @param latePercent batches that arrive up to three minutes late; none are sent late to Prometheus
 * @param horizonMinutes for how long what was said can be corrected
 * @param runs measured ones, of ours
 * @param prometheus where its program is; {@code package} for Debian's, {@code none} to leave it
 *     out
 * @param prometheusMinutes real time for which it is driven, of which the first two do not count
 */
record RulesBenchOptions(
    Rules rules,
    boolean isInOnePlace,
    boolean isStateBytes,
    int robots,
    int ruleCount,
    int intervalSeconds,
    int minutes,
    int latePercent,
    int horizonMinutes,
    int runs,
    String prometheus,
    int prometheusMinutes) {
  static final int PROMETHEUS_WARM_UP_MINUTES = 2;

  /** Which rules are evaluated. */
  enum Rules {
    /** {@link GeneratedRules} */
    GENERATED,
    /** Those of {@code deploy/rules/oht50.yml}. */
    SHIPPED,
    /** None, so that it is seen what samples alone cost. */
    NONE
  }

  private static final Map<String, String> DEFAULTS =
      Map.ofEntries(
          Map.entry("--rules", "generated"),
          Map.entry("--engine", "parts"),
          Map.entry("--state", "heap"),
          Map.entry("--robots", "100"),
          Map.entry("--rule-count", "100"),
          Map.entry("--interval-seconds", "10"),
          Map.entry("--minutes", "30"),
          Map.entry("--late-percent", "0"),
          Map.entry("--horizon-minutes", "120"),
          Map.entry("--runs", "5"),
          Map.entry("--prometheus", "package"),
          Map.entry("--prometheus-minutes", "8"));

  RulesBenchOptions {
    if (prometheusMinutes < PROMETHEUS_WARM_UP_MINUTES + 3) {
      throw new IllegalArgumentException(
          "--prometheus-minutes of at least 5: two are a warm-up, and alerts must come to fire");
    }
  }

  static RulesBenchOptions parse(String... args) {
    Map<String, String> options = BenchArguments.read(DEFAULTS, args);
    return new RulesBenchOptions(
        Rules.valueOf(options.get("--rules").toUpperCase(Locale.ROOT)),
        is(options, "--engine", "one-place", "parts"),
        is(options, "--state", "bytes", "heap"),
        number(options, "--robots"),
        number(options, "--rule-count"),
        number(options, "--interval-seconds"),
        number(options, "--minutes"),
        number(options, "--late-percent"),
        number(options, "--horizon-minutes"),
        number(options, "--runs"),
        options.get("--prometheus"),
        number(options, "--prometheus-minutes"));
  }

  private static boolean is(
      Map<String, String> options, String name, String word, String otherwise) {
    String value = options.get(name);
    if (!value.equals(word) && !value.equals(otherwise)) {
      throw new IllegalArgumentException(name + " is " + word + " or " + otherwise);
    }
    return value.equals(word);
  }

  private static int number(Map<String, String> options, String name) {
    return Integer.parseInt(options.get(name));
  }

  boolean isAgainstPrometheus() {
    return !prometheus.equals("none");
  }
}
