package oht50.metrics.bench.rules;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import oht50.metrics.bench.Backend;
import oht50.metrics.model.SampleBatch;
import oht50.metrics.rulefile.RuleGroup;

/**
 * What the evaluation of rules costs, in CPU seconds per million samples; on demand beside a
 * Prometheus that gets the same samples by remote write and has the same rule file.
 *
 * <p>Ours runs as fast as it can, through event time; batches are made a minute ahead and are not
 * in the figure. Prometheus runs in real time, as it knows no other; both then get what it got, and
 * the alerts that fired, and those that fire at the end, must be the same.
 */
public final class RulesBench {
  private static final long START = 1_795_521_600_000L; // 2026-11-24T12:00:00Z
  private static final int LEAD_MINUTES = 10; // until every window is full

  private final RulesBenchOptions options;

  private RulesBench(RulesBenchOptions options) {
    this.options = options;
  }

  public static void main(String[] args) throws Exception {
    RulesBenchOptions options = RulesBenchOptions.parse(args);
    System.out.println(options);
    RulesBench bench = new RulesBench(options);
    if (options.isAgainstPrometheus()) {
      bench.againstPrometheus();
    }
    bench.ours();
  }

  /** A rule file. */
  private String rules() throws IOException {
    return switch (options.rules()) {
      case GENERATED -> GeneratedRules.text("Fleet", options.ruleCount(), 7);
      case SHIPPED -> Files.readString(Path.of("deploy/rules/oht50.yml"));
      case NONE -> "groups: []\n";
    };
  }

  private RuleEngine engine() throws Exception {
    String rules = rules();
    Duration horizon = Duration.ofMinutes(options.horizonMinutes());
    boolean isStateBytes = options.state() == RulesBenchOptions.State.BYTES;
    return switch (options.engine()) {
      case PARTS -> new PartsEngine(groups(rules), isStateBytes, horizon);
      case OPERATORS -> new OperatorsEngine(rules, backend(), horizon);
      case ONE_PLACE -> new OnePlaceEngine(groups(rules));
    };
  }

  private static List<RuleGroup> groups(String rules) {
    return RuleTexts.groups("rules.yml", rules);
  }

  private Backend backend() {
    return options.state() == RulesBenchOptions.State.ROCKSDB ? Backend.ROCKSDB : Backend.HEAP;
  }

  private RobotFleet fleet(long from, long changeAt, int latePercent) {
    Speech speech =
        options.rules() == RulesBenchOptions.Rules.SHIPPED
            ? new ShippedSpeech(options.robots(), from)
            : new GeneratedSpeech(options.robots(), from, changeAt);
    return new RobotFleet(speech, options.robots(), options.intervalSeconds(), latePercent, from);
  }

  // ours

  private void ours() throws Exception {
    measure("warm-up", Math.max(5, options.minutes() / 3));
    double[] process = new double[options.runs()];
    double[] thread = new double[options.runs()];
    for (int run = 0; run < options.runs(); run++) {
      double[] cost = measure("run " + (run + 1), options.minutes());
      process[run] = cost[0];
      thread[run] = cost[1];
    }
    if (options.runs() > 0) {
      System.out.println(line("ours, median", median(process), median(thread)));
    }
  }

  private double[] measure(String name, int minutes) throws Exception {
    long changeAt = START + Duration.ofMinutes(LEAD_MINUTES + minutes / 2).toMillis();
    RobotFleet fleet = fleet(START, changeAt, options.latePercent());
    try (RuleEngine engine = engine()) {
      for (int minute = 0; minute < LEAD_MINUTES; minute++) {
        engine.drive(fleet.now(), nextMinute(fleet));
      }
      CpuTime used = CpuTime.NONE;
      long samples = 0;
      for (int minute = 0; minute < minutes; minute++) {
        long from = fleet.now();
        List<List<SampleBatch>> seconds = nextMinute(fleet);
        CpuTime before = CpuTime.now();
        samples += engine.drive(from, seconds);
        used = used.plus(CpuTime.now().minus(before));
      }
      double process = used.process() / 1e3 / samples;
      double thread = used.thread() / 1e3 / samples;
      System.out.println(line(name, process, thread));
      System.out.println("  " + samples + " samples; " + engine.summary());
      return new double[] {process, thread};
    }
  }

  private static List<List<SampleBatch>> nextMinute(RobotFleet fleet) {
    return Stream.generate(fleet::nextSecond).limit(60).toList();
  }

  private static String line(String name, double process, double thread) {
    return String.format(
        Locale.ROOT,
        "%-14s %.3f CPU s per million samples (driving thread %.3f)",
        name,
        process,
        thread);
  }

  private static double median(double[] values) {
    Arrays.sort(values);
    int middle = values.length / 2;
    return values.length % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
  }

  // beside Prometheus

  private void againstPrometheus() throws Exception {
    Path folder = Files.createTempDirectory("oht50-rules-bench-");
    try {
      Path binary =
          options.prometheus().equals("package")
              ? PrometheusPackage.unpack(folder)
              : Path.of(options.prometheus());
      try (PrometheusServer server = PrometheusServer.start(binary, folder, rules())) {
        drive(server);
      }
    } finally {
      delete(folder);
    }
  }

  private void drive(PrometheusServer server) throws Exception {
    long now = System.currentTimeMillis() / 1_000 * 1_000;
    long from = now - Duration.ofMinutes(LEAD_MINUTES).toMillis();
    long changeAt = now + Duration.ofMinutes(options.prometheusMinutes()).toMillis() / 2;
    RealTimeFleet fleet = new RealTimeFleet(fleet(from, changeAt, 0), server);
    fleet.speakFor(LEAD_MINUTES + RulesBenchOptions.PROMETHEUS_WARM_UP_MINUTES);
    int minutes = options.prometheusMinutes() - RulesBenchOptions.PROMETHEUS_WARM_UP_MINUTES;
    double[] costs = new double[minutes];
    for (int minute = 0; minute < minutes; minute++) {
      double before = server.cpuSeconds();
      long samples = fleet.speakFor(1);
      costs[minute] = (server.cpuSeconds() - before) * 1e6 / samples;
      System.out.printf(
          Locale.ROOT, "Prometheus     %.3f CPU s per million samples%n", costs[minute]);
    }
    System.out.printf(Locale.ROOT, "Prometheus, median of minutes %.3f%n", median(costs));
    server.checkRulesAreHealthy();
    compare(server.alerts(), from, changeAt, fleet.now());
  }

  /** Gives ours what Prometheus got, and compares the alerts. */
  private void compare(FiredAlerts there, long from, long changeAt, long until) throws Exception {
    RobotFleet fleet = fleet(from, changeAt, 0);
    try (RuleEngine engine = engine()) {
      while (fleet.now() < until) {
        long second = fleet.now();
        engine.drive(second, List.of(fleet.nextSecond()));
      }
      engine.watermark(until);
      engine.alerts().checkEqual(there);
      System.out.println("the same on both sides: " + there.summary());
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path each : all.sorted((one, other) -> other.compareTo(one)).toList()) {
        Files.delete(each);
      }
    }
  }
}
