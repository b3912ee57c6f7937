package oht50.metrics.cli.local;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import oht50.metrics.cli.CommandFailure;
import oht50.metrics.cli.DataFolder;
import oht50.metrics.cli.DurationText;
import org.apache.kafka.clients.admin.Admin;

/** Kafka as a process of its own. Its folder outlives it, however it ends. */
final class KafkaProcess {
  private static final Duration START = Duration.ofSeconds(60);

  private final DataFolder data;
  private final ChildProcess process;
  private final int port;

  private KafkaProcess(DataFolder data, ChildProcess process, int port) {
    this.data = data;
    this.process = process;
    this.port = port;
  }

  /** Returns before it answers. */
  static KafkaProcess start(DataFolder data, KafkaListeners listeners) throws IOException {
    List<String> command = new ArrayList<>(List.of(FlinkCluster.javaBinary()));
    command.add(FlinkCluster.mark(data));
    command.addAll(
        List.of(
            "-Xmx256m",
            "-XX:MaxMetaspaceSize=112m",
            "-XX:MaxDirectMemorySize=96m",
            "-Xss512k",
            "-XX:+UseSerialGC",
            "-XX:+ExitOnOutOfMemoryError",
            // Quick to start and to recover counts for more than what a better compiler gains.
            "-XX:TieredStopAtLevel=1",
            "-Doht50.log.file=" + data.logs().resolve("kafka.log"),
            "-Doht50.log.level=INFO",
            "-Doht50.log.kafka=WARN"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(KafkaMain.class.getName());
    command.add(data.kafka().toString());
    for (int port :
        new int[] {
          listeners.port(),
          listeners.controllerPort(),
          listeners.relayedPort(),
          listeners.relayPort()
        }) {
      command.add(Integer.toString(port));
    }
    return new KafkaProcess(
        data,
        ChildProcess.start(command, Map.of(), data.logs().resolve("kafka.out")),
        listeners.port());
  }

  /** Returns when clients get answers. */
  void awaitAnswer() throws InterruptedException {
    long deadline = System.nanoTime() + START.toNanos();
    Properties properties = new Properties();
    properties.setProperty("bootstrap.servers", bootstrapServers());
    properties.setProperty("reconnect.backoff.max.ms", "200");
    properties.setProperty("request.timeout.ms", "2000");
    properties.setProperty("default.api.timeout.ms", "2000");
    try (Admin admin = Admin.create(properties)) {
      while (!answers(admin)) {
        if (!isAlive()) {
          throw CommandFailure.unavailable(
              "Kafka ended at its start; see kafka.log and kafka.out in " + data.logs());
        }
        if (System.nanoTime() > deadline) {
          throw CommandFailure.unavailable(
              "Kafka did not answer within "
                  + DurationText.print(START)
                  + "; see kafka.log in "
                  + data.logs());
        }
        Thread.sleep(100);
      }
    }
  }

  private static boolean answers(Admin admin) throws InterruptedException {
    try {
      return !admin.describeCluster().nodes().get().isEmpty();
    } catch (ExecutionException notYet) {
      return false;
    }
  }

  String bootstrapServers() {
    return "127.0.0.1:" + port;
  }

  long pid() {
    return process.pid();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  void stop(Duration grace) throws InterruptedException {
    process.stop(grace);
  }
}
