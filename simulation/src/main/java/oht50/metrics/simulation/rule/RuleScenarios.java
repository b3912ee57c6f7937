package oht50.metrics.simulation.rule;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.LongStream;
import oht50.metrics.model.Position;
import oht50.metrics.model.RuleSet;
import oht50.metrics.ruleset.InvalidRules;
import oht50.metrics.ruleset.RuleFiles;

/** The scenario of a seed. */
final class RuleScenarios {
  private static final String FILE = "rules.yml";
  private static final int TRIES = 100;

  private final long seed;
  private final Random random;
  private final RandomRules rules;
  private final List<RuleStep> steps = new ArrayList<>();
  private final Admitted admitted = new Admitted();
  private final List<RuleSet> sets = new ArrayList<>();
  private List<GroupText> groups;
  private int parallelism = 1;
  private long newest = Long.MIN_VALUE; // of all samples that have arrived

  private RuleScenarios(long seed) {
    this.seed = seed;
    this.random = new Random(seed * 0x9e3779b97f4a7c15L);
    this.rules = new RandomRules(random);
  }

  static RuleScenario of(long seed) {
    return new RuleScenarios(seed).scenario();
  }

  private RuleScenario scenario() {
    chooseRules();
    RuleSet configured = set(RuleSet.ALWAYS, "configuration");
    sets.add(configured);
    boolean isSlow = random.nextInt(4) == 0; // a watermark that goes in leaps
    List<RuleFleet.Arrival> arrivals = new RuleFleet(random).arrivals();
    int changes = random.nextInt(3) > 0 ? 0 : 1 + random.nextInt(2);
    int rescaledAt = random.nextInt(arrivals.size());
    admitted.add(new RuleStep.Mark(RuleSetup.BEGIN));
    for (int i = 0; i < arrivals.size(); i++) {
      RuleFleet.Arrival arrival = arrivals.get(i);
      if (random.nextInt(isSlow ? 60 : 3) == 0) {
        add(new RuleStep.Mark(Math.min(RuleSetup.END, arrival.at() - random.nextInt(5_000))));
      }
      if (!admitted.isUndecided(arrival.batch())) {
        add(new RuleStep.Take(arrival.batch()));
        newest = Math.max(newest, LongStream.of(arrival.batch().timestamps()).max().orElseThrow());
      }
      if (i == rescaledAt) {
        add(new RuleStep.Restart(parallelism = parallelism % 3 + 1));
      }
      if (changes > 0 && i > arrivals.size() / 5 && random.nextInt(arrivals.size() / 4) == 0) {
        changes--;
        changeRules();
      }
      mayFail();
    }
    return new RuleScenario(seed, configured, steps, RuleSetup.END);
  }

  private void add(RuleStep step) {
    steps.add(step);
    admitted.add(step);
  }

  private void mayFail() {
    switch (random.nextInt(100)) {
      case 0, 1, 2, 3 -> add(new RuleStep.Checkpoint());
      case 4 -> add(new RuleStep.Restart(parallelism = 1 + random.nextInt(3)));
      case 5 -> add(new RuleStep.Crash(parallelism = 1 + random.nextInt(3)));
      case 6, 7 -> add(new RuleStep.Standstill());
      default -> {}
    }
  }

  private void chooseRules() {
    for (int i = 0; i < TRIES; i++) {
      groups = rules.file();
      if (isInOrder(set(RuleSet.ALWAYS, ""))) {
        return;
      }
    }
    throw new IllegalStateException("no rules for seed " + seed);
  }

  private RuleSet set(long effectiveFrom, String topic) {
    SortedMap<String, String> files = new TreeMap<>();
    files.put(FILE, GroupText.file(groups));
    return new RuleSet(effectiveFrom, files, new Position(topic, 0, sets.size()));
  }

  private static boolean isInOrder(RuleSet set) {
    try {
      RuleFiles.check(set.files(), RuleSetup.SETTINGS);
      return true;
    } catch (InvalidRules e) {
      return false; // as by a selector of what is recorded with another query_offset
    }
  }

  /**
   * The next rules are known before any sample, and the watermark, of the time from which on they
   * are valid; sometimes only after it, but then they look at nothing new.
   */
  private void changeRules() {
    List<GroupText> before = groups;
    boolean isLate = random.nextInt(4) == 0;
    long last = sets.get(sets.size() - 1).effectiveFrom();
    for (int i = 0; i < TRIES; i++) {
      groups = isLate ? rules.fewer(before) : rules.changed(before);
      long reached = Math.max(newest, admitted.watermark());
      long effectiveFrom =
          isLate
              ? admitted.watermark() - random.nextInt(180_000)
              : reached + random.nextInt(90_000);
      RuleSet set = set(Math.max(effectiveFrom, last + 1), "oht50.rules");
      if (isInOrder(set) && (!isLate || RuleHistories.bringsNothingNew(sets, set))) {
        sets.add(set);
        add(new RuleStep.Load(set));
        return;
      }
    }
    groups = before;
  }
}
