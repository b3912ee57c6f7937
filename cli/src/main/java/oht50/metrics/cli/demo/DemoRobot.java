package oht50.metrics.cli.demo;

import java.util.SplittableRandom;

/**
 * One robot on its rail: drives to where its mission takes it, drains its battery, charges at a
 * dock, stands still under an e-stop. One step is one second.
 */
final class DemoRobot {
  private static final double TOP_SPEED_MMS = 800;
  private static final double ACCELERATION_MMS2 = 200;
  private static final double DRAIN_MOVING = 0.02;
  private static final double DRAIN_IDLE = 0.004;
  private static final double CHARGE = 0.25;
  private static final double LOW_BATTERY = 25;

  /** What it does; the words are those of the telemetry's status.state. */
  enum Activity {
    IDLE("idle"),
    NAVIGATING("navigating"),
    DOCKED("dock"),
    ESTOP("estop");

    private final String word;

    Activity(String word) {
      this.word = word;
    }

    String word() {
      return word;
    }
  }

  final String id;
  private final SplittableRandom random;

  double positionMm;
  double velocityMms;
  double accelerationMms2;
  double batteryPercent;
  double temperatureC;
  double cpuPercent = 35;
  double memoryPercent = 52;
  long encoderCount;
  boolean cargo;
  Station target;
  Activity activity = Activity.IDLE;
  private double startMm;
  private boolean stopped;

  DemoRobot(String id, SplittableRandom random) {
    this.id = id;
    this.random = random;
    this.positionMm = Station.ALL[random.nextInt(Station.ALL.length)].positionMm();
    this.batteryPercent = 40 + 55 * random.nextDouble();
    this.temperatureC = 34 + 6 * random.nextDouble();
  }

  boolean isFree() {
    return activity == Activity.IDLE && target == null && batteryPercent > LOW_BATTERY;
  }

  boolean hasArrived() {
    return target == null;
  }

  boolean isStopped() {
    return stopped;
  }

  void driveTo(Station station) {
    target = station;
    startMm = positionMm;
  }

  void emergencyStop(boolean on) {
    stopped = on;
  }

  /** 0 to 100. */
  double progressPercent() {
    double whole = target == null ? 0 : Math.abs(target.positionMm() - startMm);
    return whole == 0
        ? 100
        : Math.min(100, Math.max(0, 100 * Math.abs(positionMm - startMm) / whole));
  }

  double distanceToTargetMm() {
    return target == null ? 0 : Math.abs(target.positionMm() - positionMm);
  }

  void step() {
    double before = velocityMms;
    if (stopped) {
      velocityMms = 0;
      activity = Activity.ESTOP;
    } else if (target != null) {
      drive();
    } else {
      rest();
    }
    accelerationMms2 = velocityMms - before;
    wear();
  }

  private void drive() {
    activity = Activity.NAVIGATING;
    double distance = target.positionMm() - positionMm;
    // As fast as it may be and still stop in time.
    double limit = Math.min(TOP_SPEED_MMS, Math.sqrt(2 * ACCELERATION_MMS2 * Math.abs(distance)));
    double speed = Math.min(limit, Math.abs(velocityMms) + ACCELERATION_MMS2);
    if (Math.abs(distance) <= Math.max(10, speed)) {
      positionMm = target.positionMm();
      velocityMms = 0;
      target = null;
      activity = Activity.IDLE;
      return;
    }
    velocityMms = Math.signum(distance) * speed;
    positionMm += velocityMms;
    encoderCount += Math.round(speed * 10);
  }

  private void rest() {
    velocityMms = 0;
    Station here = stationHere();
    boolean charging = activity == Activity.DOCKED && batteryPercent < 95;
    if (here != null && here.charges() && (charging || batteryPercent <= LOW_BATTERY)) {
      activity = Activity.DOCKED;
      return;
    }
    activity = Activity.IDLE;
    if (batteryPercent <= LOW_BATTERY) {
      driveTo(nearestDock());
    }
  }

  private void wear() {
    double drain = activity == Activity.NAVIGATING ? DRAIN_MOVING : DRAIN_IDLE;
    double change = activity == Activity.DOCKED ? CHARGE : -drain;
    batteryPercent = Math.min(100, Math.max(5, batteryPercent + change));
    double goal = 34 + Math.abs(velocityMms) / 50 + (activity == Activity.DOCKED ? 4 : 0);
    temperatureC += 0.03 * (goal - temperatureC) + 0.1 * (random.nextDouble() - 0.5);
    cpuPercent = wander(cpuPercent, 25 + Math.abs(velocityMms) / 25);
    memoryPercent = wander(memoryPercent, 55);
  }

  private double wander(double value, double goal) {
    double next = value + 0.1 * (goal - value) + 3 * (random.nextDouble() - 0.5);
    return Math.min(99, Math.max(1, next));
  }

  Station stationHere() {
    for (Station station : Station.ALL) {
      if (Math.abs(station.positionMm() - positionMm) < 1) {
        return station;
      }
    }
    return null;
  }

  private Station nearestDock() {
    Station nearest = null;
    for (Station station : Station.ALL) {
      if (station.charges()
          && (nearest == null
              || Math.abs(station.positionMm() - positionMm)
                  < Math.abs(nearest.positionMm() - positionMm))) {
        nearest = station;
      }
    }
    return nearest;
  }
}
