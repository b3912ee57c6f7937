package oht50.metrics.bench.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * Rules over the metrics of {@link FleetMetrics} in the mix that public collections of alerts have,
 * as text of rule files; the same for the same seed. Thresholds lie where {@link GeneratedSpeech}
 * never comes near, so each alert surely fires or does not.
 */
final class GeneratedRules {
  private static final int RULES_OF_A_GROUP = 20;
  private static final int PERCENT_OF_FLEET = 6;
  private static final List<String> SET_OPERATORS = List.of("and", "unless");
  private static final List<String> SEVERITIES = List.of("info", "warning", "critical");

  private final SplittableRandom random;
  private final StringBuilder text = new StringBuilder("groups:\n");
  private final String file;
  private int groups;
  private int rules;

  private GeneratedRules(String file, long seed) {
    this.file = file;
    this.random = new SplittableRandom(seed);
  }

  /**
   * The text of a rule file.
   *
   * @param file in the names of groups and rules
   * @param count of rules, of which 6 % are over all robots together and the rest about each
   */
  static String text(String file, int count, long seed) {
    GeneratedRules generated = new GeneratedRules(file, seed);
    int ofRobots = count - count * PERCENT_OF_FLEET / 100;
    while (generated.rules < ofRobots) {
      generated.addOfRobot(ofRobots - generated.rules);
    }
    while (generated.rules < count) {
      generated.addOfFleet();
    }
    return generated.text.toString();
  }

  private void addOfRobot(int left) {
    int percent = random.nextInt(100);
    if (percent < 24) {
      alert("%s > 50", of(gauge(), one()));
    } else if (percent < 34) {
      alert("%s > 50", gauge());
    } else if (percent < 44) {
      alert("rate(%s[5m]) > 4", of(counter(), random.nextBoolean() ? one() : some()));
    } else if (percent < 52) {
      alert("increase(%s[5m]) > 1000", of(counter(), one()));
    } else if (percent < 60) {
      String function = pick(List.of("avg_over_time", "max_over_time", "min_over_time"));
      alert("%s(%s[5m]) > 50", function, of(steady(), one()));
    } else if (percent < 64) {
      alert("avg by (robot_id) (%s) > %d", gauge(), 30 + 15 * random.nextInt(2));
    } else if (percent < 68) {
      alert("max without (subsystem) (%s) > 50", gauge());
    } else if (percent < 73) {
      alert("sum by (robot_id) (rate(%s[5m])) > %d", counter(), 8 + 7 * random.nextInt(2));
    } else if (percent < 80) {
      alert(
          "rate(%1$s{%3$s}[5m]) / rate(%2$s{%3$s}[5m]) > 3",
          "fleet_errors_total", "fleet_messages_total", some());
    } else if (percent < 84) {
      alert("%s / on (robot_id, subsystem) %s > 2", steady(), steady());
    } else if (percent < 88) {
      alert("%s > 50 %s on (robot_id) %s > 50", gauge(), pick(SET_OPERATORS), of(steady(), one()));
    } else if (percent < 90) {
      String metric = of(steady(), one());
      alert("abs(%1$s - %1$s offset 5m) > 50", metric);
    } else if (percent < 92) {
      alert("count by (robot_id) (%s > 50) >= 2", gauge());
    } else if (left >= 2) {
      recordingAndAlert();
    }
  }

  /** A rule that records, and an alert that looks at what it did. */
  private void recordingAndAlert() {
    String metric = counter();
    String name = "robot:%s_%d:rate5m".formatted(metric, rules);
    begin("record: " + name);
    line("expr: sum by (robot_id) (rate(%s[5m]))".formatted(metric));
    alert("%s > 8", name);
  }

  private void addOfFleet() {
    switch (random.nextInt(4)) {
      case 0 -> alert("sum(rate(%s[5m])) > 0.5", of(counter(), one()));
      case 1 -> alert("count(%s) > 0", gauge());
      case 2 -> alert("sum by (subsystem) (rate(%s[5m])) > 0.5", counter());
      default -> alert("avg(%s) > 10", of(steady(), some()));
    }
  }

  private void alert(String expression, Object... parts) {
    String what = expression.formatted(parts);
    begin("alert: %s%d".formatted(file, rules));
    line("expr: " + what);
    int seconds = List.of(0, 0, 30, 30, 60, 3_600).get(random.nextInt(6));
    if (seconds > 0) {
      line("for: " + seconds + "s");
    }
    line("labels: {severity: %s}".formatted(pick(SEVERITIES)));
    line("annotations:");
    line("  summary: \"{{ $labels.robot_id }} {{ $labels.subsystem }} is out of range\"");
    line("  description: \"it is {{ $value | printf \\\"%.1f\\\" }} for too long\"");
  }

  private void begin(String first) {
    if (rules % RULES_OF_A_GROUP == 0) {
      text.append("  - name: ").append(file.toLowerCase(Locale.ROOT)).append(groups++);
      text.append("\n    rules:\n");
    }
    rules++;
    text.append("      - ").append(first).append('\n');
  }

  private void line(String line) {
    text.append("        ").append(line).append('\n');
  }

  private String gauge() {
    List<String> all = new ArrayList<>(FleetMetrics.SWITCHING);
    all.addAll(FleetMetrics.STEADY);
    return pick(all);
  }

  private String steady() {
    return pick(FleetMetrics.STEADY);
  }

  private String counter() {
    return pick(FleetMetrics.COUNTERS);
  }

  private static String of(String metric, String matchers) {
    return metric + "{" + matchers + "}";
  }

  private String one() {
    return "subsystem=\"" + pick(FleetMetrics.SUBSYSTEMS) + "\"";
  }

  private String some() {
    return "subsystem=~\"%s|%s\""
        .formatted(pick(FleetMetrics.SUBSYSTEMS), pick(FleetMetrics.SUBSYSTEMS));
  }

  private <T> T pick(List<T> all) {
    return all.get(random.nextInt(all.size()));
  }
}
