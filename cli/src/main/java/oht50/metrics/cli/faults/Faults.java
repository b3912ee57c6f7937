package oht50.metrics.cli.faults;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import oht50.metrics.cli.local.ProcessTable;

/** Does to a stack what an action says. Every fault is over when a method returns. */
final class Faults {
  private static final Duration HIT = Duration.ofSeconds(45);
  private static final Duration UNTIL_LET_GO = Duration.ofHours(1);

  /** Something to look at while a fault is there. */
  interface Look {
    void run() throws IOException, InterruptedException;
  }

  private final CampaignStack stack;
  private final Aims aims;
  private final FullDisk disk;

  /**
   * @param disk of the checkpoints, or null
   */
  Faults(CampaignStack stack, Aims aims, FullDisk disk) {
    this.stack = stack;
    this.aims = aims;
    this.disk = disk;
  }

  /** Why an action cannot be done here, or null. */
  String impossible(FaultAction action) {
    return action.kind() == FaultKind.DISK_FULL && disk == null
        ? "a small file system is not possible here"
        : null;
  }

  /**
   * Returns what proves the hit of an aimed action, null if it did not hit; else an empty text.
   *
   * @param atItsEnd called when a fault that lasts has done so, before it is over
   */
  String inflict(FaultAction action, Look atItsEnd) throws Exception {
    if (!action.isAimed()) {
      TimeUnit.MILLISECONDS.sleep(action.delayMillis());
      inflict(action, OptionalLong.empty(), atItsEnd);
      return "";
    }
    AimPoint point = action.aim();
    aims.arm(point);
    try {
      if (point == AimPoint.RESTORE) {
        kill(stack.busyTaskManager(false));
      } else if (point == AimPoint.SAVEPOINT) {
        stack.triggerSavepoint();
      }
      OptionalLong caught = aims.awaitHit(point, HIT);
      if (caught.isEmpty()) {
        return null;
      }
      inflict(action, caught, atItsEnd);
      return "by process " + caught.getAsLong();
    } finally {
      aims.release(point);
    }
  }

  private void inflict(FaultAction action, OptionalLong caught, Look atItsEnd) throws Exception {
    Target target = action.target();
    Duration time = Duration.ofMillis((long) (action.seconds() * 1000));
    switch (action.kind()) {
      case KILL -> kill(pid(action, caught));
      case STOP -> stop(pid(action, caught), action.aim(), time, atItsEnd);
      case AWAY -> {
        stack.holdBack(target, UNTIL_LET_GO);
        kill(pid(action, caught));
        sleep(time);
        atItsEnd.run();
        stack.letGo(target);
      }
      case CUT -> {
        stack.relay(target).refuse(true);
        sleep(time);
        atItsEnd.run();
        stack.relay(target).refuse(false);
      }
      case BREAK -> stack.relay(target).breakConnections();
      case HOLD -> {
        stack.relay(target).hold(true);
        sleep(time);
        atItsEnd.run();
        stack.relay(target).hold(false);
      }
      case DISK_FULL -> {
        disk.fill();
        sleep(time);
        atItsEnd.run();
        disk.free();
      }
      case OUTAGE -> {
        killFlink(time);
        sleep(time);
      }
      case LOSE_STATE -> {
        killFlink(Duration.ofSeconds(3));
        Folders.empty(stack.data().checkpoints());
      }
      case LOSE_PAST -> {
        killFlink(Duration.ofSeconds(3));
        Folders.empty(stack.data().checkpoints());
        KafkaRecords.forget(stack.bootstrapServers(), CampaignInput.TOPICS);
      }
      case NONE -> {}
    }
  }

  private long pid(FaultAction action, OptionalLong caught)
      throws IOException, InterruptedException {
    if (action.target() != Target.TASK_MANAGER) {
      return stack.pids().get(action.target().word());
    }
    return caught.isPresent()
        ? caught.getAsLong()
        : stack.busyTaskManager(action.number() % 4 == 1);
  }

  private static void kill(long pid) {
    ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
  }

  private void stop(long pid, AimPoint point, Duration time, Look atItsEnd)
      throws IOException, InterruptedException {
    // PostgreSQL's backends go on without their postmaster: all of them are stopped.
    List<ProcessHandle> all = new ArrayList<>();
    ProcessHandle.of(pid)
        .ifPresent(
            process -> {
              all.add(process);
              process.descendants().forEach(all::add);
            });
    for (ProcessHandle process : all) {
      ProcessTable.signal(process.pid(), "STOP");
    }
    try {
      sleep(time);
      atItsEnd.run();
    } finally {
      if (point != null) {
        // Before it wakes up: then it goes on from where it was caught.
        aims.release(point);
      }
      for (ProcessHandle process : all) {
        ProcessTable.signal(process.pid(), "CONT");
      }
    }
  }

  private void killFlink(Duration time) {
    stack.holdBack(Target.JOB_MANAGER, time);
    for (Map.Entry<String, Long> process : stack.pids().entrySet()) {
      if (process.getKey().startsWith("taskManager") || process.getKey().equals("jobManager")) {
        kill(process.getValue());
      }
    }
  }

  private static void sleep(Duration time) throws InterruptedException {
    TimeUnit.MILLISECONDS.sleep(time.toMillis());
  }
}
