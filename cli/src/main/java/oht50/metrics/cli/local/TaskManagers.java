package oht50.metrics.cli.local;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import oht50.metrics.cli.CommandFailure;
import oht50.metrics.cli.DataFolder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The TaskManagers of a cluster. One that died, or that the JobManager has lost, is replaced. */
final class TaskManagers {
  private static final Logger LOG = LoggerFactory.getLogger(TaskManagers.class);

  private final FlinkCluster cluster;
  private final HeldBack heldBack;
  private final List<Member> members = new ArrayList<>();

  private static final class Member {
    private final int number;
    private int starts;
    private volatile ChildProcess process;
    private final Presence presence = new Presence();

    private Member(int number) {
      this.number = number;
    }

    private String name() {
      return number == 0 ? "taskManager" : "taskManager" + (number + 1);
    }

    // Of each start: a stopped process that wakes up is told from its successor.
    private String resourceId() {
      return name() + "-" + starts;
    }
  }

  TaskManagers(FlinkCluster cluster, int count, HeldBack heldBack) {
    this.cluster = cluster;
    this.heldBack = heldBack;
    for (int number = 0; number < count; number++) {
      members.add(new Member(number));
    }
  }

  void start() throws IOException, InterruptedException {
    for (Member member : members) {
      start(member);
    }
  }

  /** Those that no call before has started. */
  void startMissing() throws IOException, InterruptedException {
    for (Member member : members) {
      if (member.process == null) {
        start(member);
      }
    }
  }

  private void start(Member member) throws IOException, InterruptedException {
    member.starts++;
    member.process = cluster.startTaskManager(member.number, member.resourceId());
    member.presence.started(System.nanoTime());
  }

  /**
   * Starts anew what is dead or lost; true if there was any.
   *
   * @param registered resource ids that the JobManager knows
   */
  boolean tend(Set<String> registered) throws IOException, InterruptedException {
    boolean changed = false;
    for (Member member : members) {
      if (registered.contains(member.resourceId())) {
        member.presence.seen(System.nanoTime());
      }
      boolean lost = member.presence.isLost(System.nanoTime());
      if ((!member.process.isAlive() || lost) && heldBack.mayStart(member.name())) {
        LOG.warn("The {} is gone; starting a new one", member.name());
        member.process.kill();
        start(member);
        changed = true;
      }
    }
    return changed;
  }

  boolean areIn(Set<String> registered) {
    boolean all = true;
    for (Member member : members) {
      if (registered.contains(member.resourceId())) {
        member.presence.seen(System.nanoTime());
      } else {
        all = false;
      }
    }
    return all;
  }

  void requireAlive(DataFolder data) {
    for (Member member : members) {
      if (!member.process.isAlive()) {
        throw CommandFailure.unavailable(
            "the TaskManager ended at its start; see "
                + FlinkCluster.logName(member.number)
                + ".log and .out in "
                + data.logs());
      }
    }
  }

  void kill() throws InterruptedException {
    for (Member member : members) {
      member.process.kill();
    }
  }

  void stop(Duration grace) throws InterruptedException {
    for (Member member : members) {
      if (member.process != null) {
        member.process.stop(grace);
      }
    }
  }

  void addPids(Map<String, Long> pids) {
    for (Member member : members) {
      if (member.process != null) {
        pids.put(member.name(), member.process.pid());
      }
    }
  }
}
