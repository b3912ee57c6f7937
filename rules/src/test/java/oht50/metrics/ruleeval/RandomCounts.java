package oht50.metrics.ruleeval;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import oht50.metrics.model.Labels;
import oht50.metrics.model.MetricKind;
import oht50.metrics.model.SampleBatch;
import oht50.metrics.model.Series;
import oht50.metrics.model.SeriesLayout;
import oht50.metrics.rulefile.RuleGroup;
import oht50.metrics.rulefile.Rules;

/**
 * Rules that look at counts {@code d} of a small part, and the counts. The same rules can look at
 * plain series instead that say what of the counts is asked for.
 */
final class RandomCounts {
  private static final double[] COUNTS = {1, 1, 2, 3, 0.1, 0.7};

  private final Random random;
  private final List<CountQuestion> questions = new ArrayList<>();
  private final String rules;

  RandomCounts(Random random) {
    this.random = random;
    for (int i = 0; i < 3; i++) {
      questions.add(CountQuestion.any(random));
    }
    this.rules = rules();
  }

  List<CountQuestion> questions() {
    return questions;
  }

  // Rules

  List<RuleGroup> groups() {
    return groups(question -> questions.get(question).expr());
  }

  /** In which a question is the series {@code answerN}. */
  List<RuleGroup> groupsOfAnswers() {
    return groups(question -> "answer" + question);
  }

  private interface Words {
    String of(int question);
  }

  private List<RuleGroup> groups(Words words) {
    String text = rules;
    for (int i = 0; i < questions.size(); i++) {
      text = text.replace("<" + i + ">", words.of(i));
    }
    return Rules.read(text).file().groups();
  }

  private String rules() {
    StringBuilder text = new StringBuilder("groups:\n- name: g\n");
    text.append(random.nextInt(4) == 0 ? "  query_offset: 5s\n" : "");
    text.append(random.nextBoolean() ? "  interval: 30s\n" : "").append("  rules:\n");
    text.append("  - {record: 'r:0', expr: '").append(vector(1)).append("'}\n");
    text.append("  - {record: 'r:1', expr: '").append(vector(2)).append("'}\n");
    for (int alert = 0; alert < 3; alert++) {
      text.append("  - alert: A").append(alert).append("\n    expr: '");
      text.append(condition()).append("'\n");
      text.append(random.nextInt(3) == 0 ? "    for: 30s\n" : "");
      text.append(random.nextInt(4) == 0 ? "    keep_firing_for: 1m\n" : "");
    }
    return text.toString();
  }

  private String condition() {
    String compared = vector(2) + " > " + random.nextInt(5);
    return switch (random.nextInt(5)) {
      case 0 -> "(" + compared + ") and " + vector(1);
      case 1 -> "(" + compared + ") unless " + vector(1) + " > 6";
      case 2 -> vector(1) + " == 0";
      default -> compared;
    };
  }

  private String vector(int depth) {
    String question = "(<" + random.nextInt(questions.size()) + ">)";
    if (depth == 0) {
      return question;
    }
    return switch (random.nextInt(8)) {
      case 0 -> "sum by (site) (" + vector(depth - 1) + ")";
      case 1 -> "(" + vector(depth - 1) + " + on (robot_id, site) " + vector(depth - 1) + ")";
      case 2 -> "max_over_time(" + question + "[2m:15s])";
      case 3 -> "sum_over_time(" + question + "[1m:10s] offset 20s)";
      case 4 -> "(a or " + vector(depth - 1) + ")";
      case 5 -> "r:0";
      default -> question;
    };
  }

  // Counts

  /** Records as they were written, each with its own position. */
  List<SampleBatch> batches() {
    List<SampleBatch> batches = new ArrayList<>();
    for (int robot = 0; robot < 3; robot++) {
      long offset = 0;
      for (long time = RandomPart.BEGIN + random.nextInt(600) * 1_000L;
          time < RandomPart.BEGIN + RandomPart.LENGTH;
          time += 1_000L * pause()) {
        double count = COUNTS[random.nextInt(COUNTS.length)];
        batches.add(batch(robot, time, count, offset++));
        if (random.nextInt(5) == 0) {
          batches.add(batch(robot, time, count + 1, offset++));
        }
        if (random.nextInt(7) == 0) {
          batches.add(batch(robot, time, 0, offset++));
        }
      }
    }
    return batches;
  }

  /** Seconds. */
  private int pause() {
    return switch (random.nextInt(12)) {
      case 0 -> 30 + random.nextInt(300);
      case 1 -> 5 * (1 + random.nextInt(60)); // at times at which series end
      default -> 1 + random.nextInt(40);
    };
  }

  private static SampleBatch batch(int robot, long time, double count, long offset) {
    Series series =
        Series.of(
            "d", Labels.of("robot_id", "r" + robot, "site", "s" + robot / 2), MetricKind.DELTA);
    return new SampleBatch(
        SeriesLayout.of(series), new long[] {time}, new double[] {count}, 10 + robot, offset);
  }
}
