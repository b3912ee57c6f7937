package oht50.metrics.simulation.rule;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Rule files, and what becomes of them. Names of rules are unique in a file. */
final class RandomRules {
  private static final List<String> INTERVALS = List.of("", "", "10s", "30s", "1m");
  private static final List<String> HOLDS = List.of("", "", "15s", "30s", "1m", "90s");
  private static final List<String> KEEPS = List.of("", "", "", "30s", "2m");

  private final Random random;
  private final List<String> recorded = new ArrayList<>(); // names
  private final RandomExpressions expressions;
  private int names;

  RandomRules(Random random) {
    this.random = random;
    int records = random.nextInt(4);
    for (int i = 0; i < records; i++) {
      recorded.add("r:" + i);
    }
    this.expressions = new RandomExpressions(random, recorded);
  }

  private <T> T oneOf(List<T> some) {
    return some.get(random.nextInt(some.size()));
  }

  List<GroupText> file() {
    List<String> left = new ArrayList<>(recorded);
    List<GroupText> groups = new ArrayList<>();
    boolean areShifted = random.nextInt(6) == 0;
    int count = 1 + random.nextInt(3);
    for (int group = 0; group < count; group++) {
      boolean isShifted = areShifted && random.nextInt(3) > 0;
      List<RuleText> rules = new ArrayList<>();
      for (int i = random.nextInt(3); i >= 0; i--) {
        if (!left.isEmpty() && random.nextInt(3) > 0) {
          rules.add(RuleText.record(left.remove(left.size() - 1), expressions.vector(2)));
        }
        rules.add(alert());
      }
      groups.add(new GroupText("g" + group, oneOf(INTERVALS), isShifted ? "7s" : "", rules));
    }
    return groups;
  }

  private RuleText alert() {
    return new RuleText(true, "A" + names++, expressions.condition(), oneOf(HOLDS), oneOf(KEEPS));
  }

  /**
   * Other rules here and there: some go, some come, some say something else or wait otherwise; some
   * groups come in another order.
   */
  List<GroupText> changed(List<GroupText> before) {
    List<GroupText> after = new ArrayList<>();
    for (GroupText group : before) {
      List<RuleText> rules = new ArrayList<>();
      for (RuleText rule : group.rules()) {
        switch (random.nextInt(8)) {
          case 0 -> {} // it goes
          case 1 -> rules.add(otherwise(rule));
          case 2 -> rules.add(waitingOtherwise(rule));
          case 3 -> {
            rules.add(rule);
            rules.add(alert());
          }
          default -> rules.add(rule);
        }
      }
      if (rules.isEmpty()) {
        rules.add(alert());
      }
      if (random.nextInt(4) == 0) {
        Collections.shuffle(rules, random);
      }
      after.add(group.with(rules));
    }
    return after;
  }

  private RuleText otherwise(RuleText rule) {
    return rule.withExpr(rule.isAlert() ? expressions.condition() : expressions.vector(2));
  }

  private RuleText waitingOtherwise(RuleText rule) {
    return rule.isAlert() ? rule.withWaits(oneOf(HOLDS), oneOf(KEEPS)) : rule;
  }

  /**
   * The same rules, but that some go, some wait otherwise, and some groups come in another order;
   * the same if none can go.
   */
  List<GroupText> fewer(List<GroupText> before) {
    List<GroupText> after = new ArrayList<>();
    for (GroupText group : before) {
      List<RuleText> rules = new ArrayList<>();
      for (RuleText rule : group.rules()) {
        if (random.nextInt(4) > 0) {
          rules.add(random.nextInt(3) == 0 ? waitingOtherwise(rule) : rule);
        }
      }
      if (random.nextInt(4) == 0) {
        Collections.shuffle(rules, random);
      }
      after.add(rules.isEmpty() ? group : group.with(rules));
    }
    return after;
  }
}
