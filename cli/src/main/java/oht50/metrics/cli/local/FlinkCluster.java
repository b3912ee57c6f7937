package oht50.metrics.cli.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import oht50.metrics.cli.CommandFailure;
import oht50.metrics.cli.DataFolder;
import oht50.metrics.cli.Home;

/** How to start a JobManager and a TaskManager from flink-conf/target/flink. */
final class FlinkCluster {
  /** On the command line of every JVM that serves a data folder; finds those left behind. */
  private static final String MARK = "-Doht50.data=";

  private static final String RESULT = "BASH_JAVA_UTILS_EXEC_RESULT:";

  private final DataFolder data;
  private final Path flink;
  private final Map<String, String> environment;
  private final int rpcPort;
  private final Ports ports;
  private final List<String> overrides;
  private final List<String> agents;

  // From BashJavaUtils, which takes a JVM start: asked once.
  private List<String> taskManagerJvm;
  private List<String> taskManagerSettings;

  /**
   * @param overrides {@code key=value} over config.yaml and what is set here
   * @param agents options of each JVM, before all others
   */
  FlinkCluster(
      DataFolder data,
      Ports ports,
      int rpcPort,
      List<String> overrides,
      List<String> agents,
      Map<String, String> secrets) {
    this.overrides = overrides;
    this.agents = agents;
    this.data = data;
    this.ports = ports;
    this.rpcPort = rpcPort;
    this.flink = Home.folder().resolve("flink-conf/target/flink");
    if (!Files.isDirectory(flink.resolve("lib"))) {
      throw CommandFailure.configuration(
          flink + " is missing; build it: ./mvnw -DskipTests package in " + Home.folder());
    }
    this.environment = new LinkedHashMap<>(secrets);
    environment.put("FLINK_CONF_DIR", flink.resolve("conf").toString());
    environment.put("FLINK_PLUGINS_DIR", flink.resolve("plugins").toString());
    environment.put("FLINK_LIB_DIR", flink.resolve("lib").toString());
  }

  Path jobConfig() {
    return flink.resolve("conf/job.yaml");
  }

  static String mark(DataFolder data) {
    return MARK + data.root();
  }

  /** Processes of Flink and Kafka of this data folder that nobody looks after any more. */
  static List<ProcessHandle> leftBehind(DataFolder data) {
    return ProcessTable.withCommandLine(mark(data) + " ");
  }

  ChildProcess startJobManager() throws IOException {
    List<String> command =
        java(
            "jobmanager",
            "jobmanager",
            List.of(
                "-Xmx320m",
                "-XX:MaxMetaspaceSize=192m",
                "-Xss512k",
                // It coordinates and computes nothing: quick to start counts for more.
                "-XX:TieredStopAtLevel=1"));
    command.add("org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint");
    command.addAll(List.of("--configDir", flink.resolve("conf").toString()));
    // No operator runs there, so it has no page to serve.
    command.addAll(settings(ports.prometheus, Map.of("metrics.reporters", "prom")));
    return ChildProcess.start(command, environment, data.logs().resolve("jobmanager.out"));
  }

  /**
   * @param number from 0; decides the ports and the names of its files
   * @param resourceId under which the JobManager will know it
   */
  ChildProcess startTaskManager(int number, String resourceId)
      throws IOException, InterruptedException {
    computeTaskManagerMemory();
    String role = logName(number);
    List<String> command = java("taskmanager", role, taskManagerJvm);
    command.add("org.apache.flink.runtime.taskexecutor.TaskManagerRunner");
    command.addAll(List.of("--configDir", flink.resolve("conf").toString()));
    command.addAll(taskManagerSettings);
    command.addAll(
        settings(
            ports.prometheus + 1 + number,
            Map.of("metrics.reporter.oht50.port", Integer.toString(ports.metrics + number))));
    command.add("-Dtaskmanager.resource-id=" + resourceId);
    return ChildProcess.start(command, environment, data.logs().resolve(role + ".out"));
  }

  static String logName(int number) {
    return number == 0 ? "taskmanager" : "taskmanager" + (number + 1);
  }

  /** Safe to call early, beside other work. */
  synchronized void computeTaskManagerMemory() throws IOException, InterruptedException {
    if (taskManagerJvm != null) {
      return;
    }
    List<String> command =
        new ArrayList<>(
            List.of(javaBinary(), "-Xmx64m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("-Dlog4j.configurationFile=", "-cp", flink.resolve("lib") + "/*"));
    command.add("org.apache.flink.runtime.util.bash.BashJavaUtils");
    command.add("GET_TM_RESOURCE_PARAMS");
    command.addAll(List.of("--configDir", flink.resolve("conf").toString()));
    Path output = data.flink().resolve("taskmanager-memory.txt");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
    builder.environment().putAll(environment);
    Process process = builder.start();
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
    List<String> results =
        Files.readAllLines(output).stream()
            .filter(line -> line.startsWith(RESULT))
            .map(line -> line.substring(RESULT.length()).strip())
            .toList();
    if (results.size() < 2) {
      throw CommandFailure.configuration(
          "Flink cannot work out the TaskManager's memory from "
              + flink.resolve("conf/config.yaml")
              + "; its answer is in "
              + output);
    }
    taskManagerSettings = words(results.get(1));
    taskManagerJvm = words(results.get(0));
  }

  /**
   * JVM options given over config.yaml: Flink's own scripts, which read them, are not used here.
   */
  private List<String> askedFor(String key) {
    return overrides.stream()
        .filter(pair -> pair.startsWith(key + "="))
        .flatMap(pair -> Arrays.stream(pair.substring(key.length() + 1).split("\\s+", -1)))
        .filter(option -> !option.isEmpty())
        .toList();
  }

  private List<String> java(String process, String role, List<String> memory) {
    List<String> command = new ArrayList<>();
    command.add(javaBinary());
    command.add(mark(data));
    command.addAll(agents);
    command.addAll(memory);
    command.add("-XX:+UseSerialGC");
    command.add("-XX:+ExitOnOutOfMemoryError");
    command.add("--add-opens=java.base/java.util=ALL-UNNAMED");
    command.addAll(askedFor("env.java.opts.all"));
    command.addAll(askedFor("env.java.opts." + process));
    command.add("-Dlog.file=" + data.logs().resolve(role + ".log"));
    command.add("-Dlog4j.configurationFile=" + flink.resolve("conf/log4j2.properties").toUri());
    command.addAll(List.of("-cp", flink.resolve("lib") + "/*"));
    return command;
  }

  private List<String> settings(int prometheusPort, Map<String, String> ofProcess) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("jobmanager.rpc.address", "127.0.0.1");
    settings.put("jobmanager.bind-host", "127.0.0.1");
    settings.put("jobmanager.rpc.port", Integer.toString(rpcPort));
    settings.put("taskmanager.host", "127.0.0.1");
    settings.put("taskmanager.bind-host", "127.0.0.1");
    settings.put("rest.address", "127.0.0.1");
    settings.put("rest.bind-address", "127.0.0.1");
    settings.put("rest.port", Integer.toString(ports.flink));
    settings.put("rest.bind-port", Integer.toString(ports.flink));
    settings.put("metrics.reporter.prom.port", Integer.toString(prometheusPort));
    settings.put("execution.checkpointing.dir", data.checkpoints().toUri().toString());
    // Those made by hand: neither restored nor deleted by anybody.
    settings.put(
        "execution.checkpointing.savepoint-dir",
        data.root().resolve("savepoints-by-hand").toUri().toString());
    settings.put("io.tmp.dirs", data.flink().resolve("tmp").toString());
    settings.put("web.tmpdir", data.flink().resolve("web").toString());
    settings.putAll(ofProcess);
    List<String> arguments = new ArrayList<>();
    for (String pair : overrides) {
      int equals = pair.indexOf('=');
      settings.put(pair.substring(0, equals), pair.substring(equals + 1));
    }
    settings.forEach((key, value) -> arguments.add("-D" + key + "=" + value));
    return arguments;
  }

  static String javaBinary() {
    return ProcessHandle.current()
        .info()
        .command()
        .orElse(Path.of(System.getProperty("java.home"), "bin", "java").toString());
  }

  private static List<String> words(String line) {
    return Arrays.stream(line.split("\\s+", -1))
        .filter(word -> !word.isEmpty() && !word.equals("-D"))
        .map(word -> word.contains("=") && !word.startsWith("-") ? "-D" + word : word)
        .toList();
  }

  /** Ends what a killed supervisor left behind, Kafka included: its folder bears it. */
  static int endLeftBehind(DataFolder data) throws InterruptedException {
    List<ProcessHandle> processes = leftBehind(data);
    for (ProcessHandle process : processes) {
      // Without a supervisor nobody would take a savepoint of it: the newest checkpoint counts.
      process.destroyForcibly();
      ProcessTable.awaitEnd(process.pid(), Duration.ofSeconds(10));
    }
    return processes.size();
  }
}
