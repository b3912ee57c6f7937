package oht50.metrics.simulation;

import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * What the operators live through: a scenario's steps with restarts spelled out. Watermarks only
 * rise between two restores, and after a crash the messages since the newest snapshot come again.
 */
final class History {
  private final List<Step> lived = new ArrayList<>();
  private List<Step> sinceSnapshot = new ArrayList<>();
  private long watermark = Long.MIN_VALUE; // of this attempt
  private ZoneId zone; // configured

  private History(ZoneId zone) {
    this.zone = zone;
  }

  static List<Step> of(Scenario scenario) {
    History history = new History(scenario.setup().zone());
    history.snapshot();
    for (Step step : scenario.steps()) {
      history.live(step);
    }
    return history.lived;
  }

  private void live(Step step) {
    if (step instanceof Step.Snapshot) {
      snapshot();
    } else if (step instanceof Step.Stop stop) {
      snapshot();
      zone = stop.zone() == null ? zone : stop.zone();
      restore(stop.parallelism(), false);
    } else if (step instanceof Step.Crash crash) {
      List<Step> again = replay(sinceSnapshot, new SplittableRandom(crash.seed()));
      restore(crash.parallelism(), true);
      sinceSnapshot = new ArrayList<>();
      again.forEach(this::add);
    } else {
      add(step);
    }
  }

  private void add(Step step) {
    if (step instanceof Step.Mark mark) {
      if (mark.watermark() <= watermark) {
        return;
      }
      watermark = mark.watermark();
    }
    lived.add(step);
    sinceSnapshot.add(step);
  }

  private void snapshot() {
    lived.add(new Step.Snapshot());
    sinceSnapshot = new ArrayList<>();
  }

  private void restore(int parallelism, boolean afterCrash) {
    lived.add(new Step.Restore(parallelism, afterCrash, zone));
    watermark = Long.MIN_VALUE;
  }

  /** Keys change places, some watermarks are not seen again. */
  private static List<Step> replay(List<Step> steps, SplittableRandom random) {
    Map<Long, Deque<Step>> byKey = new LinkedHashMap<>();
    List<Step> marks = new ArrayList<>();
    for (Step step : steps) {
      if (step instanceof Step.Take take) {
        byKey.computeIfAbsent(take.key(), key -> new ArrayDeque<>()).add(take);
      } else if (step instanceof Step.Mark && random.nextInt(3) > 0) {
        marks.add(step);
      }
    }
    List<Step> again = new ArrayList<>();
    List<Deque<Step>> left = new ArrayList<>(byKey.values());
    int takes = left.stream().mapToInt(Deque::size).sum();
    int marksGiven = 0;
    for (int taken = 0; taken < takes; ) {
      // Time passes about as fast as it did, never before half of its messages have come.
      if (marksGiven < marks.size()
          && (marksGiven + 1) * takes <= taken * marks.size()
          && random.nextInt(2) == 0) {
        again.add(marks.get(marksGiven++));
        continue;
      }
      Deque<Step> next = left.get(random.nextInt(left.size()));
      again.add(next.remove());
      taken++;
      if (next.isEmpty()) {
        left.remove(next);
      }
    }
    while (marksGiven < marks.size()) {
      again.add(marks.get(marksGiven++));
    }
    return again;
  }
}
