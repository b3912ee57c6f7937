package oht50.metrics.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Everything of {@code ./oht50 up}, in a data folder and on ports of its own. */
final class Stack implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int PORTS_PER_STACK = 10;
  private static final int METRICS_PORT_FROM_FIRST = 1_000;

  private final Path data;
  private final int firstPort;
  private final String[] ports;
  private String jdbcUrl;

  private boolean isSerial;

  private Stack(Path data, int firstPort) {
    this.data = data;
    this.firstPort = firstPort;
    this.ports =
        new String[] {
          "--kafka-port=" + firstPort,
          "--kafka-controller-port=" + (firstPort + 1),
          "--postgres-port=" + (firstPort + 2),
          "--flink-port=" + (firstPort + 3),
          "--prometheus-port=" + (firstPort + 4),
          "--metrics-port=" + (firstPort + METRICS_PORT_FROM_FIRST)
        };
  }

  /**
   * A stack that is not up yet.
   *
   * @param number of its own in all tests
   */
  static Stack at(int number) throws IOException {
    return new Stack(Files.createTempDirectory("oht50-it"), 23_000 + number * PORTS_PER_STACK);
  }

  /** One task of each operator, which starts sooner, for tests that are not about their number. */
  Stack serial() {
    isSerial = true;
    return this;
  }

  Stack up(String... options) {
    tryUp(options).expectSuccess();
    Oht50.run("status", "--wait", "300", "--data", data.toString());
    jdbcUrl = status().path("jdbcUrl").asText();
    return this;
  }

  /** Whatever comes of it. */
  Oht50.Result tryUp(String... options) {
    List<String> arguments = new ArrayList<>(List.of("up", "--detach", "--data", data.toString()));
    arguments.addAll(Arrays.asList(ports));
    arguments.addAll(List.of("--set-flink", "execution.checkpointing.interval=2s"));
    // Quick to start counts for more in a test than quick to compute.
    arguments.addAll(List.of("--set-flink", "env.java.opts.taskmanager=-XX:TieredStopAtLevel=1"));
    // Each key group costs a little at each checkpoint, and these come every two seconds.
    arguments.addAll(List.of("--set-flink", "pipeline.max-parallelism=128"));
    if (isSerial) {
      arguments.addAll(List.of("--set-flink", "parallelism.default=1"));
    }
    // A process that only gets no time is not lost; one that ended is noticed at once.
    arguments.addAll(List.of("--set-flink", "heartbeat.timeout=60000"));
    arguments.addAll(List.of("--set-flink", "pekko.ask.timeout=60s"));
    arguments.addAll(Arrays.asList(options));
    return Oht50.run(arguments.toArray(new String[0]));
  }

  Oht50.Result down() {
    return Oht50.run("down", "--data", data.toString());
  }

  JsonNode status() {
    try {
      return JSON.readTree(command("status", "--json").out());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  long pid(String process) {
    return status().path("pids").path(process).asLong();
  }

  /** Runs a command of the command line against this stack. */
  Oht50.Result command(String... arguments) {
    List<String> all = new ArrayList<>(Arrays.asList(arguments));
    all.add("--data");
    all.add(data.toString());
    return Oht50.runHere(all.toArray(new String[0]));
  }

  /** Sends lines of {@code {topic, key, value}}. */
  void send(List<String> lines, String... options) {
    try {
      Path file = Files.createTempFile(data, "send", ".jsonl");
      Files.write(file, lines);
      List<String> arguments = new ArrayList<>(List.of("replay", file.toString()));
      arguments.addAll(Arrays.asList(options));
      command(arguments.toArray(new String[0])).expectSuccess();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Rows as text, columns separated by |. */
  List<String> rows(String sql) {
    try (Connection connection = DriverManager.getConnection(jdbcUrl);
        ResultSet result = connection.createStatement().executeQuery(sql)) {
      List<String> rows = new ArrayList<>();
      int columns = result.getMetaData().getColumnCount();
      while (result.next()) {
        StringBuilder row = new StringBuilder();
        for (int i = 1; i <= columns; i++) {
          row.append(i == 1 ? "" : "|").append(result.getString(i));
        }
        rows.add(row.toString());
      }
      return rows;
    } catch (SQLException e) {
      throw new AssertionError(sql, e);
    }
  }

  void execute(String sql) {
    try (Connection connection = DriverManager.getConnection(jdbcUrl)) {
      connection.createStatement().execute(sql);
    } catch (SQLException e) {
      throw new AssertionError(sql, e);
    }
  }

  String value(String sql) {
    return rows(sql).get(0);
  }

  Path data() {
    return data;
  }

  /** Kafka's; the others follow, and the last four of the ten are not used. */
  int firstPort() {
    return firstPort;
  }

  /** The supervisor first: it would start the others again. */
  private void kill() {
    Path state = data.resolve("state.json");
    if (!Files.exists(state)) {
      return;
    }
    try {
      JsonNode pids = JSON.readTree(state.toFile()).path("pids");
      List<String> processes = new ArrayList<>(List.of("supervisor"));
      pids.fieldNames().forEachRemaining(processes::add);
      for (String process : processes) {
        Optional<ProcessHandle> running =
            pids.has(process) ? ProcessHandle.of(pids.path(process).asLong()) : Optional.empty();
        // PostgreSQL, killed outright, would leave its children behind.
        running.ifPresent(process.equals("postgres") ? Stack::shutDownAtOnce : Stack::kill);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void kill(ProcessHandle process) {
    process.destroyForcibly();
    process.onExit().join();
  }

  private static void shutDownAtOnce(ProcessHandle postgres) {
    try {
      new ProcessBuilder("kill", "-QUIT", Long.toString(postgres.pid())).start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    postgres.onExit().join();
  }

  /** Ends it without ceremony, which tests of {@code down} have. */
  @Override
  public void close() {
    kill();
    try (Stream<Path> files = Files.walk(data)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
