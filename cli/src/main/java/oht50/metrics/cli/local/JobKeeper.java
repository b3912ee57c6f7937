package oht50.metrics.cli.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps exactly one job running.
 *
 * <ul>
 *   <li>A job starts from the newest complete checkpoint or savepoint, from nothing only if there
 *       is none.
 *   <li>One that cannot be restored is passed over for the next older; after the oldest the newest
 *       is tried again, never an empty start.
 *   <li>Nothing is submitted while a job is alive.
 * </ul>
 */
final class JobKeeper {
  private static final Logger LOG = LoggerFactory.getLogger(JobKeeper.class);
  private static final Duration FIRST_DELAY = Duration.ofSeconds(1);
  private static final Duration LONGEST_DELAY = Duration.ofSeconds(30);
  // What Flink says when state on disk is at fault rather than something around it.
  private static final List<String> RESTORE_FAILURES =
      List.of(
          "Could not restore",
          "BackendBuildingException",
          "Checkpoints.loadAndValidateCheckpoint",
          "Checkpoints.loadCheckpointMetadata");

  private final FlinkRest rest;
  private final CheckpointFinder checkpoints;
  private final JobRequest request;

  private final Set<Checkpoint> unusable = new HashSet<>();
  private String jar;
  private String job;
  private String askedForCheckpoint;
  private Checkpoint restoredFrom;
  private Duration delay = FIRST_DELAY;
  private long notBeforeNanos = System.nanoTime();

  JobKeeper(FlinkRest rest, CheckpointFinder checkpoints, JobRequest request) {
    this.rest = rest;
    this.checkpoints = checkpoints;
    this.request = request;
  }

  String job() {
    return job;
  }

  Optional<Checkpoint> restoredFrom() {
    return Optional.ofNullable(restoredFrom);
  }

  /** The cluster is a new one: it knows neither jar nor job. */
  void clusterIsNew() {
    jar = null;
    job = null;
    notBeforeNanos = System.nanoTime();
    delay = FIRST_DELAY;
  }

  /** Submits if no job is alive. */
  void submit() throws IOException, InterruptedException, FlinkRefusal {
    Optional<FlinkRest.Job> live = rest.liveJob();
    if (live.isPresent()) {
      // An answer that got lost: the job of an earlier call runs after all.
      job = live.get().id();
      return;
    }
    if (jar == null) {
      jar = rest.upload(request.jar());
    }
    job = runFromNewestUsable();
    LOG.info(
        "Job {} submitted, from {}", job, restoredFrom == null ? "nothing" : restoredFrom.path());
  }

  private String runFromNewestUsable() throws IOException, InterruptedException, FlinkRefusal {
    while (true) {
      restoredFrom = newestUsable();
      String from = restoredFrom == null ? null : restoredFrom.path();
      try {
        return rest.run(jar, request, from);
      } catch (FlinkRefusal e) {
        if (from == null || !isRestoreFailure(e.trace())) {
          throw e;
        }
        LOG.warn("{} cannot be restored ({}); trying an older one", from, e.getMessage());
        unusable.add(restoredFrom);
        if (unusable.containsAll(checkpoints.newestFirst())) {
          throw e;
        }
      }
    }
  }

  /** Looks after the job; to be called every second or so. */
  void tend() throws IOException, InterruptedException {
    Optional<FlinkRest.Job> live = rest.liveJob();
    if (live.isPresent()) {
      job = live.get().id();
      tendLive(live.get());
      return;
    }
    if (System.nanoTime() - notBeforeNanos < 0) {
      return;
    }
    if (job != null) {
      LOG.warn("Job {} is over: {}", job, FlinkAnswer.reason(rest.lastFailure(job)));
      passOverIfUnusable(job);
      job = null;
    }
    try {
      submit();
    } catch (FlinkRefusal e) {
      LOG.warn("The job was refused, again in {} s: {}", delay.toSeconds(), e.getMessage());
    }
    notBeforeNanos = System.nanoTime() + delay.toNanos();
    Duration next = delay.multipliedBy(2);
    delay = next.compareTo(LONGEST_DELAY) > 0 ? LONGEST_DELAY : next;
  }

  private void tendLive(FlinkRest.Job live) throws IOException, InterruptedException {
    if (live.state().equals("INITIALIZING")) {
      return;
    }
    if (rest.latestCheckpoint(live.id()).isPresent()) {
      delay = FIRST_DELAY;
      unusable.clear();
      return;
    }
    if (live.state().equals("RUNNING") && !live.id().equals(askedForCheckpoint)) {
      askForCheckpoint(live.id());
    }
    // Flink would try the same broken checkpoint for ever.
    if (live.state().equals("RESTARTING")
        && restoredFrom != null
        && isRestoreFailure(rest.lastFailure(live.id()))) {
      LOG.warn("{} cannot be restored; cancelling the job", restoredFrom.path());
      try {
        rest.cancel(live.id());
      } catch (FlinkRefusal e) {
        LOG.warn("The job cannot be cancelled: {}", e.getMessage());
      }
    }
  }

  /**
   * The first one comes at once instead of after the interval: until then a crash goes far back.
   */
  private void askForCheckpoint(String running) throws IOException, InterruptedException {
    try {
      rest.triggerCheckpoint(running);
      askedForCheckpoint = running;
    } catch (FlinkRefusal e) {
      LOG.debug("No checkpoint yet: {}", e.getMessage());
    }
  }

  private void passOverIfUnusable(String ended) throws IOException, InterruptedException {
    if (restoredFrom != null && rest.latestCheckpoint(ended).isEmpty()) {
      LOG.warn("No checkpoint since the start from {}; trying an older one", restoredFrom.path());
      unusable.add(restoredFrom);
    }
  }

  private static boolean isRestoreFailure(String trace) {
    return RESTORE_FAILURES.stream().anyMatch(trace::contains);
  }

  private Checkpoint newestUsable() {
    List<Checkpoint> all;
    try {
      all = checkpoints.newestFirst();
    } catch (IOException e) {
      // Unreadable is not empty: an empty start would forget everything.
      throw new UncheckedIOException("cannot list the checkpoints", e);
    }
    if (!all.isEmpty() && unusable.containsAll(all)) {
      unusable.clear();
    }
    return all.stream().filter(each -> !unusable.contains(each)).findFirst().orElse(null);
  }
}
