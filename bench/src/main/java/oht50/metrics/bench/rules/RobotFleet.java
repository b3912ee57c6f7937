package oht50.metrics.bench.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import oht50.metrics.model.Position;
import oht50.metrics.model.SampleBatch;

/** Robots that send a batch at every interval, each at a moment of its own. */
final class RobotFleet {
  private static final int MOST_SECONDS_LATE = 180;
  private static final long SEED = 43;

  private final Speech speech;
  private final int robots;
  private final int intervalSeconds;
  private final int latePercent;
  private final long from;
  private final SplittableRandom random = new SplittableRandom(SEED);
  private final List<List<SampleBatch>> delayed = new ArrayList<>(); // second of arrival, as a ring
  private int second;
  private long offset;

  /**
   * @param from time of the first batch, ms
   */
  RobotFleet(Speech speech, int robots, int intervalSeconds, int latePercent, long from) {
    this.speech = speech;
    this.robots = robots;
    this.intervalSeconds = intervalSeconds;
    this.latePercent = latePercent;
    this.from = from;
    for (int i = 0; i <= MOST_SECONDS_LATE; i++) {
      delayed.add(new ArrayList<>());
    }
  }

  /** The second that comes next, ms. */
  long now() {
    return from + second * 1_000L;
  }

  /** What arrives in the next second, in order. */
  List<SampleBatch> nextSecond() {
    List<SampleBatch> due = delayed.get(second % delayed.size());
    List<SampleBatch> arrivals = new ArrayList<>(due);
    due.clear();
    for (int robot = second % intervalSeconds; robot < robots; robot += intervalSeconds) {
      SampleBatch batch = batch(robot);
      if (random.nextInt(100) < latePercent) {
        int lateness = 1 + random.nextInt(MOST_SECONDS_LATE);
        delayed.get((second + lateness) % delayed.size()).add(batch);
      } else {
        arrivals.add(batch);
      }
    }
    second++;
    return arrivals;
  }

  private SampleBatch batch(int robot) {
    long time = now() + Math.floorMod(robot * 37, 1_000);
    return SampleBatch.at(
        time, speech.layout(robot), speech.values(robot, time), new Position("bench", 0, offset++));
  }
}
