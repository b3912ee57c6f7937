package oht50.metrics.cli.local;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import oht50.metrics.cli.CommandFailure;
import oht50.metrics.cli.DataFolder;
import oht50.metrics.cli.DurationText;
import oht50.metrics.cli.Password;
import oht50.metrics.cli.RootCause;
import oht50.metrics.cli.RunState;
import oht50.metrics.cli.Topics;
import oht50.metrics.cli.Transactions;
import oht50.metrics.cli.demo.DemoFeed;
import oht50.metrics.job.config.InvalidConfig;
import oht50.metrics.job.config.JobConfig;
import org.apache.kafka.clients.admin.Admin;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts everything, starts again what dies, and stops everything in order. Kafka, PostgreSQL,
 * JobManager and TaskManagers are its children.
 */
public final class Supervisor {
  private static final Logger LOG = LoggerFactory.getLogger(Supervisor.class);
  private static final Duration FLINK_START = Duration.ofSeconds(90);
  private static final Duration SAVEPOINT = Duration.ofSeconds(40);
  private static final Duration SETTLE = Duration.ofSeconds(10);
  private static final Duration GRACE = Duration.ofSeconds(8);
  private static final Duration KAFKA_GRACE = Duration.ofSeconds(20);
  // A living JobManager that has not answered for so long is as good as dead.
  private static final Duration LOST = Duration.ofSeconds(40);

  private final DataFolder data;
  private final UpSettings settings;
  private final Steps steps;
  private final HeldBack heldBack;
  private final CountDownLatch stopRequested = new CountDownLatch(1);

  private String password;
  private KafkaProcess kafka;
  private PostgresServer postgres;
  private FlinkCluster cluster;
  private FlinkRest rest;
  private ChildProcess jobManager;
  private TaskManagers taskManagers;
  private JobKeeper job;
  private CheckpointCleaner cleaner;
  private DemoFeed demo;
  private volatile RunState state;
  private long jobManagerSeenNanos;

  Supervisor(DataFolder data, UpSettings settings, Steps steps) {
    this(data, settings, steps, new HeldBack());
  }

  /**
   * @param heldBack what is not to be started again yet
   */
  public Supervisor(DataFolder data, UpSettings settings, Steps steps, HeldBack heldBack) {
    this.data = data;
    this.settings = settings;
    this.steps = steps;
    this.heldBack = heldBack;
  }

  /** From another thread: start or watch end soon, then everything stops. */
  public void requestStop() {
    stopRequested.countDown();
  }

  /** Throws if something does not start; stop() is due in any case. */
  public void start() throws Exception {
    requireJobJar();
    password = Password.readOrCreate(data.passwordFile());
    cluster =
        new FlinkCluster(
            data,
            settings.ports(),
            PortCheck.anyFree(),
            settings.flinkOverrides(),
            settings.agents(),
            Map.of(JobArguments.PASSWORD_VARIABLE, password));
    taskManagers = new TaskManagers(cluster, settings.taskManagers(), heldBack);
    rest = new FlinkRest("http://127.0.0.1:" + settings.ports().flink);
    state = initialState();
    saveState();
    // Flink takes longest and needs nobody until the job is there: it starts beside the others.
    jobManager = cluster.startJobManager();
    kafka = KafkaProcess.start(data, settings.kafka());
    CompletableFuture<Void> early = CompletableFuture.runAsync(this::startTaskManagersEarly);
    try {
      steps.step("PostgreSQL", this::startPostgres);
      steps.step("schema", this::migrate);
      steps.step("Kafka", this::startKafka);
      steps.step("topics", this::createTopics);
    } finally {
      // Nothing of it may begin after a failure here has stopped all the rest.
      early.handle((nothing, failure) -> null).join();
    }
    steps.step("Flink", this::startFlink);
    steps.step("job", this::startJob);
    if (settings.demo()) {
      demo = DemoFeed.start(kafka.bootstrapServers());
      steps.say("  demo fleet     DEMO-001 to DEMO-008, one message a second each");
    }
    state = state.withPhase(RunState.UP);
    state.write(data.stateFile());
  }

  /** Returns when a stop is requested. */
  public void watch() throws InterruptedException {
    while (!stopRequested.await(1, TimeUnit.SECONDS)) {
      try {
        tend();
      } catch (InterruptedException e) {
        throw e;
      } catch (Exception e) {
        // Whatever it was, the next round tries again: nobody else would.
        LOG.warn("Not healed yet: {}", RootCause.of(e));
      }
    }
  }

  /** Stops what runs, in order; the job with a savepoint from which the next start goes on. */
  public void stop() throws InterruptedException {
    if (state != null) {
      state = state.withPhase(RunState.STOPPING);
      trySaveState();
    }
    if (demo != null) {
      demo.close();
    }
    stopJob();
    if (taskManagers != null) {
      taskManagers.stop(GRACE);
    }
    if (jobManager != null) {
      jobManager.stop(GRACE);
    }
    if (kafka != null) {
      kafka.stop(KAFKA_GRACE);
    }
    if (postgres != null) {
      attempt("PostgreSQL", postgres::close);
    }
    attempt("state file", () -> Files.deleteIfExists(data.stateFile()));
  }

  public RunState state() {
    return state;
  }

  private interface Action {
    void run() throws Exception;
  }

  private void attempt(String what, Action action) {
    try {
      action.run();
    } catch (Exception e) {
      steps.say("warning: " + what + ": " + RootCause.of(e));
    }
  }

  private RunState initialState() {
    Ports ports = settings.ports();
    return new RunState(
        RunState.STARTING,
        Instant.now().toString(),
        pids(),
        ports.byOption(),
        "jdbc:postgresql://127.0.0.1:" + ports.postgres + "/" + PostgresServer.DATABASE,
        PostgresServer.USER,
        "127.0.0.1:" + ports.kafka,
        "http://127.0.0.1:" + ports.flink,
        List.of(metricsUrl(ports.prometheus), metricsUrl(ports.prometheus + 1)),
        metricsUrl(ports.metrics),
        null,
        data.checkpoints().toString(),
        settings.clock());
  }

  private static String metricsUrl(int port) {
    return "http://127.0.0.1:" + port + "/metrics";
  }

  private void startTaskManagersEarly() {
    try {
      taskManagers.start();
    } catch (IOException | CommandFailure e) {
      LOG.warn("The TaskManagers are not started yet", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void requireJobJar() {
    if (!Files.isReadable(settings.jobJar())) {
      throw CommandFailure.configuration(
          "the job's jar "
              + settings.jobJar()
              + " is missing; build it: ./mvnw -DskipTests package");
    }
  }

  private String startPostgres() throws Exception {
    requireNotStopped();
    postgres = PostgresServer.start(data, settings.ports().postgres, password);
    saveState();
    return postgres.jdbcUrl();
  }

  private String migrate() {
    Migrations.Outcome outcome =
        Migrations.migrate(postgres.jdbcUrl(), PostgresServer.USER, password);
    return outcome.scripts() == 0
        ? "version " + outcome.to() + ", up to date"
        : "version " + outcome.to() + ", " + outcome.scripts() + " scripts";
  }

  private String startKafka() throws Exception {
    requireNotStopped();
    kafka.awaitAnswer();
    saveState();
    return kafka.bootstrapServers();
  }

  private String createTopics() throws Exception {
    requireNotStopped();
    try (Admin admin =
        Admin.create(Map.of("bootstrap.servers", (Object) kafka.bootstrapServers()))) {
      List<String> created = Topics.createMissing(admin, Topics.ALL);
      return created.isEmpty() ? "all there" : created.size() + " created";
    }
  }

  private String startFlink() throws Exception {
    taskManagers.startMissing();
    awaitTaskManagers();
    saveState();
    return state.flinkUi();
  }

  private String startJob() throws Exception {
    CheckpointFinder checkpoints = new CheckpointFinder(data.checkpoints(), data.savepoints());
    cleaner = new CheckpointCleaner(data.checkpoints(), data.savepoints());
    job = new JobKeeper(rest, checkpoints, jobRequest());
    if (checkpoints.newestFirst().isEmpty()) {
      abortOrphans();
    }
    try {
      job.submit();
    } catch (FlinkRefusal e) {
      throw CommandFailure.configuration(
          "Flink refused the job: " + e.getMessage() + "; more in " + data.logs());
    }
    saveState();
    String from = job.restoredFrom().map(each -> ", from " + each.name()).orElse("");
    return job.job().substring(0, 8) + from;
  }

  /** A job that starts from nothing knows nothing of the transactions of one before it. */
  private void abortOrphans() throws Exception {
    try (Admin admin =
        Admin.create(Map.of("bootstrap.servers", (Object) kafka.bootstrapServers()))) {
      List<String> aborted = new Transactions(admin).abort(Transactions.OF_THE_JOB);
      aborted.forEach(id -> LOG.warn("Transaction {} of an earlier job was aborted", id));
    }
  }

  private JobRequest jobRequest() {
    List<String> arguments =
        JobArguments.of(cluster.jobConfig(), settings, state.bootstrapServers(), state.jdbcUrl());
    try {
      JobConfig config = JobConfig.load(arguments.toArray(new String[0]));
      return new JobRequest(
          settings.jobJar(), arguments, !config.host().enabled() || !config.clock().enabled());
    } catch (InvalidConfig e) {
      throw CommandFailure.configuration(e.getMessage());
    }
  }

  private void tend() throws Exception {
    tendPostgres();
    if (!kafka.isAlive() && heldBack.mayStart("kafka")) {
      LOG.warn("Kafka is gone; starting it again");
      kafka = KafkaProcess.start(data, settings.kafka());
      saveState();
    }
    if (!jobManager.isAlive()) {
      replaceJobManager();
    } else if (taskManagers.tend(registered())) {
      saveState();
    }
    if (heldBack.mayStart("job")) {
      job.tend();
    }
    cleaner.clean(job.job());
    saveState();
  }

  private void tendPostgres() throws Exception {
    if (postgres.pid().isEmpty() && heldBack.mayStart("postgres")) {
      LOG.warn("PostgreSQL is gone; starting it again");
      postgres.close();
      postgres = PostgresServer.start(data, settings.ports().postgres, password);
    }
  }

  private void replaceJobManager() throws Exception {
    // Its tasks would go on writing until heartbeats time out, beside those of the new job.
    taskManagers.kill();
    if (!heldBack.mayStart("jobManager")) {
      return;
    }
    LOG.warn("The JobManager is gone; starting a new one");
    jobManager = cluster.startJobManager();
    taskManagers.start();
    job.clusterIsNew();
    saveState();
    awaitTaskManagers();
  }

  private Set<String> registered() throws IOException, InterruptedException {
    try {
      Set<String> registered = rest.taskManagers();
      jobManagerSeenNanos = System.nanoTime();
      return registered;
    } catch (IOException e) {
      if (System.nanoTime() - jobManagerSeenNanos > LOST.toNanos()) {
        LOG.warn("The JobManager lives and does not answer; ending it");
        jobManager.kill();
      }
      throw e;
    }
  }

  private void awaitTaskManagers() throws InterruptedException {
    long deadline = System.nanoTime() + FLINK_START.toNanos();
    while (System.nanoTime() < deadline) {
      requireNotStopped();
      requireAlive(jobManager, "JobManager", "jobmanager");
      taskManagers.requireAlive(data);
      try {
        if (taskManagers.areIn(rest.taskManagers())) {
          jobManagerSeenNanos = System.nanoTime();
          return;
        }
      } catch (IOException notYet) {
        LOG.debug("Flink does not answer yet", notYet);
      }
      Thread.sleep(200);
    }
    throw CommandFailure.unavailable(
        "Flink was not ready after "
            + DurationText.print(FLINK_START)
            + "; see jobmanager.log and taskmanager.log in "
            + data.logs());
  }

  private void requireAlive(ChildProcess process, String name, String log) {
    if (!process.isAlive()) {
      throw CommandFailure.unavailable(
          "the " + name + " ended at its start; see " + log + ".log and .out in " + data.logs());
    }
  }

  private void requireNotStopped() {
    if (stopRequested.getCount() == 0) {
      throw CommandFailure.problems("stopped before everything was up");
    }
  }

  private void stopJob() throws InterruptedException {
    if (job == null || !jobManager.isAlive()) {
      return;
    }
    long deadline = System.nanoTime() + SETTLE.toNanos();
    while (true) {
      String reason;
      try {
        FlinkRest.Job live = rest.liveJob().orElse(null);
        if (live == null) {
          return;
        }
        if (live.state().equals("RUNNING")) {
          String place = rest.stopWithSavepoint(live.id(), data.savepoints(), SAVEPOINT);
          steps.say("the job stopped with savepoint " + place);
          return;
        }
        reason = "the job is " + live.state();
      } catch (IOException | FlinkRefusal e) {
        reason = RootCause.of(e);
      }
      // A job that has just started, or just failed, may be ready in a moment.
      if (System.nanoTime() > deadline) {
        steps.say(
            "no savepoint (" + reason + "); next time the job goes on from its newest checkpoint");
        return;
      }
      Thread.sleep(500);
    }
  }

  private Map<String, Long> pids() {
    Map<String, Long> pids = new LinkedHashMap<>();
    pids.put("supervisor", ProcessHandle.current().pid());
    if (jobManager != null) {
      pids.put("jobManager", jobManager.pid());
    }
    if (taskManagers != null) {
      taskManagers.addPids(pids);
    }
    if (kafka != null) {
      pids.put("kafka", kafka.pid());
    }
    if (postgres != null) {
      postgres.pid().ifPresent(pid -> pids.put("postgres", pid));
    }
    return pids;
  }

  private void saveState() throws IOException {
    RunState changed = state.withProcesses(pids(), job == null ? null : job.job());
    if (!changed.equals(state) || !Files.exists(data.stateFile())) {
      state = changed;
      state.write(data.stateFile());
    }
  }

  private void trySaveState() {
    attempt("state file", () -> state.write(data.stateFile()));
  }
}
