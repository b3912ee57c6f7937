package oht50.metrics.ruleplan;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Expressions over the metrics {@code a}, {@code b} and {@code h_bucket} of a small fleet. */
public final class RandomRules {
  public static final List<String> LABELS = List.of("robot", "site", "le");
  private static final String[] FOLDS = {
    "sum", "avg", "min", "max", "count", "group", "stddev", "topk(1, ", "quantile(0.5, "
  };
  private static final String[] RANGES = {
    "rate", "increase", "max_over_time", "count_over_time", "changes", "deriv", "last_over_time"
  };
  private static final String[] ELEMENTS = {"abs", "-", "sort", "timestamp", "sgn", "hour"};
  private static final String[] OPERATORS = {
    "+", "/", ">", "== bool", "!=", "and", "or", "unless", "and", "unless"
  };

  private final Random random;

  public RandomRules(long seed) {
    this.random = new Random(seed);
  }

  public String vector(int depth) {
    if (depth == 0) {
      return selector();
    }
    return switch (random.nextInt(14)) {
      case 0, 1, 2 -> aggregation(depth);
      case 3 ->
          "%s(%s[%dm]%s)".formatted(oneOf(RANGES), selector(), 1 + random.nextInt(5), shift());
      case 4, 5, 6 -> binary(depth);
      case 7 -> oneOf(ELEMENTS) + "(" + vector(depth - 1) + ")";
      case 8 -> "histogram_quantile(0.9, " + vector(depth - 1) + ")";
      case 9 ->
          "label_replace(%s, \"%s\", \"$1x\", \"%s\", \"(.*)\")"
              .formatted(vector(depth - 1), oneOf(LABELS), oneOf(LABELS));
      case 10 -> "max_over_time((" + vector(depth - 1) + ")[3m:1m])";
      case 11 -> constantOrAbsent(depth);
      case 12 -> "clamp_max(" + vector(depth - 1) + ", scalar(" + vector(depth - 1) + "))";
      default -> selector() + shift();
    };
  }

  private String shift() {
    return oneOf(List.of("", "", " offset 1m", " @ end()"));
  }

  private String constantOrAbsent(int depth) {
    return switch (random.nextInt(4)) {
      case 0 -> "vector(" + random.nextInt(3) + ")";
      case 1 -> "minute()";
      case 2 -> "absent(" + selector() + ")";
      default -> "count_values(\"" + oneOf(LABELS) + "\", " + vector(depth - 1) + ")" + by();
    };
  }

  private String selector() {
    String condition = random.nextInt(3) == 0 ? "{site=\"s" + random.nextInt(2) + "\"}" : "";
    return switch (random.nextInt(7)) {
      case 0 -> "{__name__=~\"a|b\"}";
      case 1 -> "h_bucket";
      case 2, 3 -> "b" + condition;
      default -> "a" + condition;
    };
  }

  private String aggregation(int depth) {
    String fold = oneOf(FOLDS);
    String inner = vector(depth - 1) + ")";
    return (fold.contains("(") ? fold : fold + "(") + inner + (random.nextInt(4) > 0 ? by() : "");
  }

  private String by() {
    return (random.nextBoolean() ? " by (" : " without (") + names() + ")";
  }

  private String names() {
    List<String> names = new ArrayList<>(LABELS);
    Collections.shuffle(names, random);
    return String.join(", ", names.subList(0, random.nextInt(names.size())));
  }

  private String binary(int depth) {
    String operator = oneOf(OPERATORS);
    if (random.nextInt(3) == 0 && !Character.isLetter(operator.charAt(0))) {
      return "(%s) %s %d".formatted(vector(depth - 1), operator, random.nextInt(4));
    }
    boolean isSet = List.of("and", "or", "unless").contains(operator);
    String matching = random.nextBoolean() ? " on (" : " ignoring (";
    String grouping = isSet ? "" : oneOf(List.of("", " group_left ()", " group_right (site)"));
    String names = names();
    boolean isTwice =
        grouping.contains("site") && matching.contains("on") && names.contains("site");
    String matched =
        isTwice || (random.nextInt(3) == 0 && grouping.isEmpty())
            ? ""
            : matching + names + ")" + grouping;
    return "(%s) %s%s (%s)".formatted(vector(depth - 1), operator, matched, vector(depth - 1));
  }

  private String oneOf(String[] words) {
    return words[random.nextInt(words.length)];
  }

  private String oneOf(List<String> words) {
    return words.get(random.nextInt(words.size()));
  }
}
