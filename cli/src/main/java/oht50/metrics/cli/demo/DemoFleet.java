package oht50.metrics.cli.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * Eight robots, DEMO-001 to DEMO-008. Time is told to it, once per second; the same seed and the
 * same times give the same messages.
 *
 * <p>What always happens: DEMO-003 is stopped by an e-stop 90 s after the start that nobody sees to
 * for 4 minutes, so that an alert shows after 2.
 */
public final class DemoFleet {
  static final int ROBOTS = 8;
  static final int STAGED_STOP_SECOND = 90;
  static final int STAGED_CLEAR_SECOND = STAGED_STOP_SECOND + 240;

  private static final int STAGED_ROBOT = 2;
  private static final int ACKNOWLEDGED_WITHIN_SECONDS = 40;
  private static final String[] TYPES = {"transport", "move_to", "patrol"};
  private static final String[] PRIORITIES = {"low", "normal", "normal", "high", "critical"};

  private final SplittableRandom random;
  private final List<Crew> crews = new ArrayList<>();
  private final long startMillis;
  private int second;
  private int missions;

  /** A robot with what occupies it. */
  private static final class Crew {
    private final DemoRobot robot;
    private DemoMission mission;
    private int executesAt;
    private int clearsAt = -1;
    private boolean executing;

    private Crew(DemoRobot robot) {
      this.robot = robot;
    }
  }

  /**
   * @param startMillis of the first second; part of the missions' ids, so that no two runs share
   *     one
   */
  public DemoFleet(long seed, long startMillis) {
    this.random = new SplittableRandom(seed);
    this.startMillis = startMillis;
    for (int i = 1; i <= ROBOTS; i++) {
      crews.add(
          new Crew(new DemoRobot(String.format(Locale.ROOT, "DEMO-%03d", i), random.split())));
    }
  }

  /** One second passes; what the fleet says about it, each robot's messages in order. */
  public List<DemoMessage> next(long timeMillis) {
    List<DemoMessage> messages = new ArrayList<>();
    for (int i = 0; i < crews.size(); i++) {
      // Robots do not speak all in the same millisecond.
      long time = timeMillis + i * 7L;
      safety(crews.get(i), i, time, messages);
      mission(crews.get(i), time, messages);
      crews.get(i).robot.step();
      DemoMission mission = crews.get(i).mission;
      messages.add(
          TelemetryMessage.of(crews.get(i).robot, mission == null ? null : mission.id(), time));
    }
    second++;
    return messages;
  }

  private void safety(Crew crew, int index, long time, List<DemoMessage> messages) {
    boolean staged = index == STAGED_ROBOT && second <= STAGED_CLEAR_SECOND;
    // Drawn in any case: what one robot lives through must not change the others.
    double chance = random.nextDouble();
    if (index == STAGED_ROBOT && second == STAGED_STOP_SECOND) {
      stop(crew, STAGED_CLEAR_SECOND, time, messages);
    } else if (crew.clearsAt == second) {
      crew.robot.emergencyStop(false);
      crew.clearsAt = -1;
      messages.add(SafetyMessage.clear(crew.robot.id, time));
    } else if (!staged && !crew.robot.isStopped() && chance < 0.0002) {
      stop(crew, second + 10 + random.nextInt(ACKNOWLEDGED_WITHIN_SECONDS), time, messages);
    } else if (chance > 0.999) {
      messages.add(SafetyMessage.zoneViolation(crew.robot.id, time));
    }
  }

  private static void stop(Crew crew, int clearsAt, long time, List<DemoMessage> messages) {
    crew.robot.emergencyStop(true);
    crew.clearsAt = clearsAt;
    messages.add(SafetyMessage.emergencyStop(crew.robot.id, time));
  }

  private void mission(Crew crew, long time, List<DemoMessage> messages) {
    if (crew.mission == null) {
      if (crew.robot.isFree() && random.nextInt(8) == 0) {
        crew.mission = newMission(crew.robot);
        crew.executesAt = second + 1 + random.nextInt(6);
        crew.executing = false;
        messages.add(crew.mission.record("queued", time));
      }
    } else if (!crew.executing) {
      if (second >= crew.executesAt && !crew.robot.isStopped()) {
        crew.executing = true;
        crew.robot.cargo = crew.mission.type().equals("transport");
        crew.robot.driveTo(crew.mission.target());
        messages.add(crew.mission.record("executing", time));
      }
    } else if (crew.robot.hasArrived()) {
      String end = random.nextInt(20) == 0 ? "failed" : "completed";
      messages.add(crew.mission.record(end, time));
      crew.robot.cargo = false;
      crew.mission = null;
    }
  }

  private DemoMission newMission(DemoRobot robot) {
    Station target = Station.ALL[random.nextInt(Station.ALL.length)];
    if (target.equals(robot.stationHere())) {
      target = Station.ALL[(List.of(Station.ALL).indexOf(target) + 1) % Station.ALL.length];
    }
    missions++;
    return new DemoMission(
        String.format(Locale.ROOT, "demo-%d-%05d", startMillis / 1000, missions),
        TYPES[random.nextInt(TYPES.length)],
        PRIORITIES[random.nextInt(PRIORITIES.length)],
        robot.id,
        target);
  }
}
