package oht50.metrics.cli.faults;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import oht50.metrics.cli.CommandFailure;
import oht50.metrics.cli.DataFolder;
import oht50.metrics.cli.Home;
import oht50.metrics.cli.Password;
import oht50.metrics.cli.RootCause;
import oht50.metrics.cli.SupervisorLock;
import oht50.metrics.cli.Topics;
import oht50.metrics.cli.local.FlinkRefusal;
import oht50.metrics.cli.local.FlinkRest;
import oht50.metrics.cli.local.HeldBack;
import oht50.metrics.cli.local.KafkaListeners;
import oht50.metrics.cli.local.LeftBehind;
import oht50.metrics.cli.local.PortCheck;
import oht50.metrics.cli.local.Ports;
import oht50.metrics.cli.local.Steps;
import oht50.metrics.cli.local.Supervisor;
import oht50.metrics.cli.local.UpSettings;

/**
 * Everything of {@code up} with two TaskManagers, in a folder of its own. The job reaches Kafka and
 * PostgreSQL through a relay each; whoever watches goes there directly.
 */
final class CampaignStack implements AutoCloseable {
  /** How many ports it takes, from the first one on. */
  static final int PORTS = 12;

  private static final String RULES = "campaign.yml";

  private final DataFolder data;
  private final SupervisorLock lock;
  private final Relay kafkaRelay;
  private final Relay postgresRelay;
  private final HeldBack heldBack = new HeldBack();
  private final Supervisor supervisor;
  private final FlinkRest rest;
  private final Thread watch;
  private String jdbcUrl;

  private CampaignStack(DataFolder data, int firstPort, int transactionTimeout, List<String> agents)
      throws IOException, InterruptedException {
    this.data = data;
    lock = SupervisorLock.tryTake(data.lockFile());
    if (lock == null) {
      throw CommandFailure.unavailable("another campaign runs in " + data.root().getParent());
    }
    LeftBehind.end(data);
    for (int port = firstPort; port < firstPort + PORTS; port++) {
      if (!PortCheck.isFree(port)) {
        throw CommandFailure.unavailable(
            "port " + port + " is taken; choose others with --first-port PORT");
      }
    }
    KafkaListeners kafka =
        new KafkaListeners(firstPort, firstPort + 1, firstPort + 2, firstPort + 3);
    Ports ports =
        Ports.of(
            firstPort, firstPort + 1, firstPort + 4, firstPort + 6, firstPort + 7, firstPort + 10);
    kafkaRelay = Relay.start(kafka.relayPort(), kafka.relayedPort());
    postgresRelay = Relay.start(firstPort + 5, firstPort + 4);
    supervisor =
        new Supervisor(
            data,
            new UpSettings(
                ports,
                false,
                false,
                false,
                List.of(),
                List.of(
                    "kafka.bootstrap-servers=127.0.0.1:" + kafkaRelay.port(),
                    "postgres.url=jdbc:postgresql://127.0.0.1:" + postgresRelay.port() + "/oht50",
                    // The file decides what time it is: no partition may be left behind.
                    "time.max-trailing=3650d",
                    "time.idle-after=1s",
                    "kafka.properties.transaction.timeout.ms=" + transactionTimeout * 1_000L,
                    "alerts.reconcile.interval=5s",
                    "rules.folder=" + rules(data)),
                List.of(
                    "execution.checkpointing.interval=2s",
                    // Each costs a little at each checkpoint.
                    "pipeline.max-parallelism=128",
                    // What starts again and again is quick to start rather than quick to compute.
                    "env.java.opts.taskmanager=-XX:TieredStopAtLevel=1",
                    "env.java.opts.jobmanager=-XX:TieredStopAtLevel=1",
                    // What is read again after a restart is judged at many times, not at one.
                    "pipeline.auto-watermark-interval=20ms",
                    "taskmanager.load-balance.mode=SLOTS"),
                Home.folder().resolve("jobs/target/oht50-metrics-job.jar"),
                kafka,
                2,
                agents),
            new Steps(new PrintWriter(Writer.nullWriter())),
            heldBack);
    rest = new FlinkRest("http://127.0.0.1:" + (firstPort + 6));
    watch = new Thread(this::watch, "supervisor");
  }

  /** The folder of the rules that are judged over the input. */
  private static Path rules(DataFolder data) throws IOException {
    Path folder = Files.createDirectories(data.root().resolve("rules"));
    try (InputStream in = CampaignStack.class.getResourceAsStream("/oht50/faults/" + RULES)) {
      Files.copy(in, folder.resolve(RULES), StandardCopyOption.REPLACE_EXISTING);
    }
    return folder;
  }

  /**
   * @param transactionTimeout of the alerts topic, seconds
   * @param agents options of the Flink processes
   */
  static CampaignStack start(
      DataFolder data, int firstPort, int transactionTimeout, List<String> agents)
      throws Exception {
    CampaignStack stack = new CampaignStack(data, firstPort, transactionTimeout, agents);
    try {
      stack.supervisor.start();
      stack.jdbcUrl =
          stack.supervisor.state().jdbcUrl()
              + "?user="
              + stack.supervisor.state().jdbcUser()
              + "&password="
              + Password.read(data.passwordFile())
              + "&connectTimeout=5&socketTimeout=60";
      stack.watch.start();
      return stack;
    } catch (Exception e) {
      stack.close();
      throw e instanceof CommandFailure known
          ? known
          : CommandFailure.unavailable("the stack does not start: " + RootCause.of(e), e);
    }
  }

  private void watch() {
    try {
      supervisor.watch();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  Relay relay(Target target) {
    return target == Target.KAFKA ? kafkaRelay : postgresRelay;
  }

  void holdBack(Target target, Duration time) {
    heldBack.holdBack(target.word(), time);
  }

  /** Of a process that was held back. */
  void letGo(Target target) {
    heldBack.letGo(target.word());
  }

  List<Long> taskManagers() {
    return pids().entrySet().stream()
        .filter(process -> process.getKey().startsWith(Target.TASK_MANAGER.word()))
        .map(Map.Entry::getValue)
        .toList();
  }

  Map<String, Long> pids() {
    return supervisor.state().pids();
  }

  /** Of the one that works; of two that do, the even or the odd one. */
  long busyTaskManager(boolean even) throws IOException, InterruptedException {
    List<String> names = new ArrayList<>();
    for (String id : rest.busyTaskManagers()) {
      names.add(id.substring(0, id.lastIndexOf('-')));
    }
    names.sort(null);
    String name = names.isEmpty() ? "taskManager" : names.get(even ? 0 : names.size() - 1);
    return pids().get(name);
  }

  String bootstrapServers() {
    return supervisor.state().bootstrapServers();
  }

  String jdbcUrl() {
    return jdbcUrl;
  }

  DataFolder data() {
    return data;
  }

  FlinkRest rest() {
    return rest;
  }

  void triggerSavepoint() throws Exception {
    Path folder = data.root().resolve("savepoints-by-hand");
    rest.triggerSavepoint(rest.liveJob().orElseThrow().id(), folder);
  }

  /** Ends the job and forgets all it knew, wrote and read: what follows begins from nothing. */
  void beginAnew() throws Exception {
    heldBack.holdBack("job", Duration.ofHours(1));
    endJob();
    Folders.empty(data.checkpoints());
    KafkaRecords.forget(bootstrapServers(), Topics.ALL);
    String tables =
        rows("SELECT string_agg(quote_ident(tablename), ', ') FROM pg_tables"
                + " WHERE schemaname = 'public' AND tablename NOT LIKE 'flyway%'")
            .get(0);
    try (Connection connection = DriverManager.getConnection(jdbcUrl);
        Statement statement = connection.createStatement()) {
      statement.execute("TRUNCATE " + tables);
    }
    heldBack.letGo("job");
  }

  // Also one that was being submitted when the job was held back.
  private void endJob() throws InterruptedException {
    long quietSince = System.nanoTime();
    while (System.nanoTime() - quietSince < TimeUnit.SECONDS.toNanos(2)) {
      try {
        Optional<FlinkRest.Job> job = rest.liveJob();
        if (job.isPresent()) {
          quietSince = System.nanoTime();
          rest.cancel(job.get().id());
        }
      } catch (IOException | FlinkRefusal notYet) {
        quietSince = System.nanoTime();
      }
      TimeUnit.MILLISECONDS.sleep(100);
    }
  }

  /** Rows as text, columns separated by |. */
  List<String> rows(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(jdbcUrl);
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      List<String> rows = new ArrayList<>();
      int columns = result.getMetaData().getColumnCount();
      while (result.next()) {
        StringBuilder row = new StringBuilder();
        for (int column = 1; column <= columns; column++) {
          row.append(column == 1 ? "" : "|").append(result.getString(column));
        }
        rows.add(row.toString());
      }
      return rows;
    }
  }

  /** Ends all processes at once; the data stays. */
  @Override
  public void close() throws IOException, InterruptedException {
    supervisor.requestStop();
    watch.join();
    kafkaRelay.close();
    postgresRelay.close();
    LeftBehind.end(data);
    lock.close();
  }
}
