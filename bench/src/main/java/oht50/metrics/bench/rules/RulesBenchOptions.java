package oht50.metrics.bench.rules;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import oht50.metrics.bench.BenchArguments;

/**
 * What to measure.
 *
 * @param rules which
 * @param engine ours
 * @param state where it keeps what it knows
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
    Engine engine,
    State state,
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

  /** What evaluates them. */
  enum Engine {
    /** {@link PartsEngine} */
    PARTS(EnumSet.of(State.HEAP, State.BYTES)),
    /** {@link OperatorsEngine} */
    OPERATORS(EnumSet.of(State.HEAP, State.ROCKSDB)),
    /** {@link OnePlaceEngine} */
    ONE_PLACE(EnumSet.of(State.HEAP));

    private final Set<State> states;

    Engine(Set<State> states) {
      this.states = states;
    }
  }

  /** Where the state of parts is. */
  enum State {
    HEAP,
    /** On the heap, but written and read at each access. */
    BYTES,
    ROCKSDB
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
    if (!engine.states.contains(state)) {
      throw new IllegalArgumentException(
          "--state of --engine " + engine + " is one of " + engine.states);
    }
    if (prometheusMinutes < PROMETHEUS_WARM_UP_MINUTES + 3) {
      throw new IllegalArgumentException(
          "--prometheus-minutes of at least 5: two are a warm-up, and alerts must come to fire");
    }
  }

  static RulesBenchOptions parse(String... args) {
    Map<String, String> options = BenchArguments.read(DEFAULTS, args);
    return new RulesBenchOptions(
        word(Rules.class, options, "--rules"),
        word(Engine.class, options, "--engine"),
        word(State.class, options, "--state"),
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

  private static <E extends Enum<E>> E word(
      Class<E> words, Map<String, String> options, String name) {
    return Enum.valueOf(words, options.get(name).toUpperCase(Locale.ROOT).replace('-', '_'));
  }

  private static int number(Map<String, String> options, String name) {
    return Integer.parseInt(options.get(name));
  }

  boolean isAgainstPrometheus() {
    return !prometheus.equals("none");
  }
}
