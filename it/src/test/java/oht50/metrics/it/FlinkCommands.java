package oht50.metrics.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Flink without {@code ./oht50}: its command line, a JobManager and a TaskManager from the folder
 * of flink-conf, with a configuration and ports of their own.
 */
final class FlinkCommands implements AutoCloseable {
  private static final Path FLINK = Oht50.HOME.resolve("flink-conf/target/flink");
  private static final Path JAR = Oht50.HOME.resolve("jobs/target/oht50-metrics-job.jar");
  private static final String MEMORY = "BASH_JAVA_UTILS_EXEC_RESULT:";
  private static final Duration GRACE = Duration.ofSeconds(15);

  private final Path folder;
  private final String rest;
  private final Map<String, String> environment;
  private final List<Process> processes = new ArrayList<>();

  /**
   * @param firstPort of four
   */
  FlinkCommands(Path folder, int firstPort, String databasePassword) throws IOException {
    this.folder = folder;
    this.rest = "http://localhost:" + firstPort;
    Files.createDirectories(conf());
    Files.createDirectories(folder.resolve("tmp"));
    for (String file : List.of("log4j2.properties", "job.yaml")) {
      Files.copy(FLINK.resolve("conf").resolve(file), conf().resolve(file));
    }
    String config = Files.readString(FLINK.resolve("conf/config.yaml"));
    config = replaced(config, "port: 8081", "port: " + firstPort);
    config = replaced(config, "port: 6123", "port: " + (firstPort + 1));
    config = replaced(config, "9249-9259", (firstPort + 2) + "-" + (firstPort + 3));
    config = replaced(config, "9260-9269", "0");
    config = replaced(config, "file:///var/lib/oht50/", folder.toUri().toString());
    Files.writeString(conf().resolve("config.yaml"), config);
    this.environment = new LinkedHashMap<>();
    environment.put("FLINK_CONF_DIR", conf().toString());
    environment.put("FLINK_PLUGINS_DIR", FLINK.resolve("plugins").toString());
    environment.put("FLINK_LIB_DIR", FLINK.resolve("lib").toString());
    environment.put("OHT50_POSTGRES_PASSWORD", databasePassword);
  }

  static Path jar() {
    return JAR;
  }

  /** A copy of flink-conf/job.yaml. */
  Path jobYaml() {
    return conf().resolve("job.yaml");
  }

  Path savepoints() {
    return folder.resolve("savepoints");
  }

  void startCluster() throws IOException {
    start(
        "jobmanager",
        List.of("-Xmx320m", "-XX:MaxMetaspaceSize=192m"),
        "org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint",
        List.of());
    List<String> memory =
        java(
                "memory",
                List.of("-Xmx64m"),
                "org.apache.flink.runtime.util.bash.BashJavaUtils",
                List.of("GET_TM_RESOURCE_PARAMS", "--configDir", conf().toString()),
                Duration.ofMinutes(1))
            .expectSuccess()
            .out()
            .lines()
            .filter(line -> line.startsWith(MEMORY))
            .map(line -> line.substring(MEMORY.length()).strip())
            .toList();
    start(
        "taskmanager",
        Arrays.asList(memory.get(0).split(" ")),
        "org.apache.flink.runtime.taskexecutor.TaskManagerRunner",
        Arrays.asList(memory.get(1).split(" ")));
  }

  /** {@code flink ...}; fails if it has not ended after the time. */
  Oht50.Result flink(Duration atMost, String... arguments) {
    return java(
        "client",
        List.of("-Xmx512m"),
        "org.apache.flink.client.cli.CliFrontend",
        Arrays.asList(arguments),
        atMost);
  }

  /** What the cluster's REST interface answers. */
  JsonNode get(String path) {
    try {
      HttpRequest request = HttpRequest.newBuilder(URI.create(rest + path)).build();
      return new ObjectMapper()
          .readTree(
              HttpClient.newHttpClient()
                  .send(request, HttpResponse.BodyHandlers.ofString())
                  .body());
    } catch (IOException e) {
      throw new AssertionError(path, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private void start(String role, List<String> memory, String main, List<String> settings)
      throws IOException {
    List<String> arguments = new ArrayList<>(List.of("--configDir", conf().toString()));
    arguments.addAll(settings);
    ProcessBuilder builder = new ProcessBuilder(command(role, memory, main, arguments));
    builder.environment().putAll(environment);
    processes.add(
        builder
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve(role + ".out").toFile())
            .start());
  }

  private Oht50.Result java(
      String role, List<String> memory, String main, List<String> arguments, Duration atMost) {
    return Oht50.run(command(role, memory, main, arguments), environment, atMost);
  }

  private List<String> command(
      String role, List<String> memory, String main, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(memory);
    command.add("-XX:+UseSerialGC");
    command.add("-XX:TieredStopAtLevel=1");
    command.add("--add-opens=java.base/java.util=ALL-UNNAMED");
    command.add("-Djava.io.tmpdir=" + folder.resolve("tmp"));
    command.add("-Dlog.file=" + folder.resolve(role + ".log"));
    command.add("-Dlog4j.configurationFile=" + conf().resolve("log4j2.properties").toUri());
    command.addAll(List.of("-cp", FLINK.resolve("lib") + "/*", main));
    command.addAll(arguments);
    return command;
  }

  private Path conf() {
    return folder.resolve("conf");
  }

  private static String replaced(String text, String old, String by) {
    if (!text.contains(old)) {
      throw new AssertionError("config.yaml no longer says " + old);
    }
    return text.replace(old, by);
  }

  /** Ends the cluster. */
  @Override
  public void close() {
    processes.forEach(Process::destroy);
    for (Process process : processes) {
      try {
        if (!process.waitFor(GRACE.toSeconds(), TimeUnit.SECONDS)) {
          process.destroyForcibly();
        }
      } catch (InterruptedException e) {
        process.destroyForcibly();
        Thread.currentThread().interrupt();
      }
    }
  }

  /** The password of a stack's database. */
  static String databasePassword(Stack stack) {
    try {
      return Files.readString(stack.data().resolve("postgres-password")).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
