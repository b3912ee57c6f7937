package oht50.metrics.ruleeval;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import oht50.metrics.model.Labels;
import oht50.metrics.model.MetricKind;
import oht50.metrics.model.SampleBatch;
import oht50.metrics.model.Series;
import oht50.metrics.model.SeriesLayout;
import oht50.metrics.model.StaleMarker;
import oht50.metrics.rulefile.RuleGroup;
import oht50.metrics.rulefile.Rules;

/** Rules and samples of a small part: gauges {@code a} and {@code b}, a counter {@code c}. */
final class RandomPart {
  static final long BEGIN = 1_795_546_200_000L;
  static final long LENGTH = 25 * 60_000;

  private static final String[] WAITS = {"", "", "15s", "30s", "1m", "90s"};
  private static final String[] KEEPS = {"", "", "30s", "2m"};

  private final Random random;
  private final boolean isOfFleet; // with rules over everything, and none that fail
  private final List<String> recorded = new ArrayList<>(); // names

  RandomPart(Random random, boolean isOfFleet) {
    this.random = random;
    this.isOfFleet = isOfFleet;
  }

  // Rules

  List<RuleGroup> groups() {
    int records = random.nextInt(4);
    for (int i = 0; i < records; i++) {
      recorded.add("r:" + i);
    }
    StringBuilder text = new StringBuilder("groups:\n");
    int left = records;
    int groups = 1 + random.nextInt(2);
    String offset = random.nextInt(5) == 0 ? "  query_offset: 7s\n" : "";
    for (int group = 0; group < groups; group++) {
      text.append("- name: g").append(group).append('\n').append(offset);
      text.append(random.nextBoolean() ? "" : "  interval: " + (random.nextBoolean() ? 30 : 10))
          .append(text.charAt(text.length() - 1) == '0' ? "s\n" : "")
          .append("  rules:\n");
      int rules = 1 + random.nextInt(3);
      for (int rule = 0; rule < rules; rule++) {
        if (left > 0 && random.nextBoolean()) {
          left--;
          text.append("  - {record: 'r:").append(left).append("', expr: '");
          text.append(vector(2)).append("'}\n");
        }
        alert(text, group + "" + rule);
      }
    }
    return Rules.read(text.toString()).file().groups();
  }

  private void alert(StringBuilder text, String name) {
    text.append("  - alert: A").append(name).append("\n    expr: '");
    text.append(condition()).append("'\n");
    String waits = WAITS[random.nextInt(WAITS.length)];
    String keeps = KEEPS[random.nextInt(KEEPS.length)];
    text.append(waits.isEmpty() ? "" : "    for: " + waits + "\n");
    text.append(keeps.isEmpty() ? "" : "    keep_firing_for: " + keeps + "\n");
    text.append("    annotations: {says: '{{ $value }}'}\n");
  }

  private String condition() {
    String compared = vector(2) + " > " + random.nextInt(4);
    if (isOfFleet && random.nextInt(3) == 0) {
      return ofFleet(vector(1), compared);
    }
    return switch (random.nextInt(6)) {
      case 0 -> "(" + compared + ") and " + vector(1);
      case 1 -> "(" + compared + ") unless " + vector(1);
      case 2 -> "(" + compared + ") or " + vector(1) + " < 1";
      default -> compared;
    };
  }

  private String ofFleet(String vector, String compared) {
    return switch (random.nextInt(8)) {
      case 0 -> "absent(" + selector() + ")";
      case 1 -> "absent(" + compared + ")";
      case 2 -> "count(" + compared + ") > 1";
      case 3 -> vector + " > on () group_left () avg(" + selector() + ")";
      case 4 -> "topk(1, " + vector + ") > 2";
      case 5 -> vector + " >= scalar(max(" + selector() + "))";
      case 6 -> "(count(" + vector + ") or vector(0)) < 2";
      default -> "absent_over_time(" + selector() + "[1m])";
    };
  }

  private String vector(int depth) {
    if (isOfFleet && random.nextInt(5) == 0) {
      return switch (random.nextInt(5)) {
        case 0 -> "sum without (robot_id) (" + selector() + ")";
        case 1 -> "max_over_time(sum by (site) (" + selector() + ")[1m:15s])";
        case 2 -> "bottomk(2, " + selector() + ")";
        case 3 -> "count_values by (site) (\"n\", " + selector() + ")";
        default -> "min(" + selector() + ")";
      };
    }
    if (depth == 0 || random.nextInt(4) == 0) {
      return selector();
    }
    return switch (random.nextInt(isOfFleet ? 7 : 11)) {
      case 0, 1 -> "rate(c[1m])*10";
      case 2 -> "increase(c[45s])";
      case 3, 4 -> "max_over_time(" + selector() + "[1m])";
      case 5, 6 -> "sum by (site) (" + vector(depth - 1) + ")";
      case 7 -> "(" + vector(depth - 1) + " + on (robot_id, site) " + vector(depth - 1) + ")";
      // Two robots of a site are too many on the right: the rule fails.
      case 8 -> "(a + on (site) group_left () " + selector() + ")";
      case 9 -> "label_replace(" + selector() + ", \"robot_id\", \"\", \"robot_id\", \".*[12]\")";
      default -> "avg_over_time(" + selector() + "[90s])";
    };
  }

  private String selector() {
    String site = random.nextInt(3) == 0 ? "{site=\"s0\"}" : "";
    if (!recorded.isEmpty() && random.nextInt(2) == 0) {
      return recorded.get(random.nextInt(recorded.size())) + site;
    }
    return (random.nextBoolean() ? "a" : "b") + site;
  }

  // Samples

  /** Records as their sources wrote them, each with its own position. */
  List<SampleBatch> batches() {
    List<SampleBatch> batches = new ArrayList<>();
    for (int robot = 0; robot < 3; robot++) {
      long offset = 0;
      double[] values = new double[3];
      boolean isSilent = false;
      for (long time = BEGIN; time < BEGIN + LENGTH; time += 5_000 + random.nextInt(25_000)) {
        isSilent = random.nextInt(isSilent ? 4 : 12) == 0 ? !isSilent : isSilent;
        if (isSilent) {
          continue;
        }
        step(values);
        batches.add(batch(robot, time, values, offset++));
        if (random.nextInt(10) == 0) { // the same times again, of a later position
          step(values);
          batches.add(batch(robot, time, values, offset++));
        }
      }
    }
    return batches;
  }

  private void step(double[] values) {
    for (int i = 0; i < 2; i++) {
      values[i] = random.nextInt(4) == 0 ? random.nextInt(5) : values[i];
    }
    values[2] = random.nextInt(20) == 0 ? 0 : values[2] + random.nextInt(3);
  }

  private SampleBatch batch(int robot, long time, double[] values, long offset) {
    List<Series> series = new ArrayList<>();
    List<Long> times = new ArrayList<>();
    List<Double> said = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      if (random.nextInt(8) > 0) {
        series.add(series(i, robot));
        times.add(time + random.nextInt(3) * 500L);
        said.add(random.nextInt(25) == 0 ? StaleMarker.VALUE : values[i]);
      }
    }
    if (series.isEmpty()) {
      return batch(robot, time, values, offset);
    }
    return new SampleBatch(
        SeriesLayout.of(series),
        times.stream().mapToLong(each -> each).toArray(),
        said.stream().mapToDouble(each -> each).toArray(),
        robot,
        offset);
  }

  static Series series(int metric, int robot) {
    return Series.of(
        List.of("a", "b", "c").get(metric),
        Labels.of("robot_id", "r" + robot, "site", "s" + robot / 2),
        metric == 2 ? MetricKind.COUNTER : MetricKind.GAUGE);
  }

  // Arrival

  /**
   * A record on its way.
   *
   * @param at by the newest event time of the stream
   */
  record Arrival(SampleBatch batch, long at) {}

  /** In the order of arrival; each at least once, not later than {@code latest} after its time. */
  List<Arrival> arrivals(List<SampleBatch> batches, long latest) {
    List<Arrival> arrivals = new ArrayList<>();
    for (SampleBatch batch : batches) {
      int times = random.nextInt(6) == 0 ? 2 : 1;
      for (int i = 0; i < times; i++) {
        boolean isLate = random.nextInt(6) == 0;
        long most = random.nextBoolean() ? latest : 60_000;
        long delay = isLate ? latest - (long) (random.nextDouble() * most) : random.nextInt(4_000);
        arrivals.add(new Arrival(batch, batch.timestamp(0) + delay));
      }
    }
    arrivals.sort(Comparator.comparingLong(Arrival::at));
    return arrivals;
  }
}
