package oht50.metrics.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Oht50Test {
  @TempDir Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void wrongUsageIsTwoLinesAndCode2() {
    assertThat(run("sql")).isEqualTo(2);
    assertThat(err.toString().lines())
        .containsExactly("error: Missing required parameter: 'QUERY'", "try: ./oht50 sql --help");
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void clientsSayHowToStartWhatDoesNotRun() {
    for (String command : List.of("status", "sql x", "topics create", "topic t")) {
      assertThat(run((command + " --data " + folder).split(" ", -1))).as(command).isEqualTo(69);
    }
    assertThat(err.toString().lines().findFirst())
        .contains(
            "error: nothing runs in "
                + folder
                + "; start it: ./oht50 up --detach --data "
                + folder);
  }

  @Test
  void downIsFineIfNothingRuns() {
    assertThat(run("down", "--data", folder.toString())).isZero();
  }

  @Test
  void replayRefusesBeforeItConnects() throws IOException {
    Path file = folder.resolve("f.jsonl");
    Files.writeString(file, "{\"value\":1}\n");
    assertThat(run("replay", file.toString())).isEqualTo(2);
    assertThat(err.toString()).contains("line 1: no topic").contains("nothing was sent");
    assertThat(run("replay", file.toString(), "--topic", "oht50.telemetry")).isEqualTo(2);
    assertThat(run("replay", file.toString(), "--topic", "t", "--key", "k", "--rebase", "now"))
        .isEqualTo(2);
    assertThat(run("replay", folder.resolve("none").toString())).isEqualTo(2);
  }

  @Test
  void agentRefusesWhatItCannotStartWith() throws IOException {
    String nobody = "127.0.0.1:1";
    assertThat(run("agent", "--bootstrap-servers", nobody, "--interval", "0.5s")).isEqualTo(2);
    assertThat(run("agent", "--bootstrap-servers", nobody, "--interval", "soon")).isEqualTo(2);
    assertThat(run("agent", "--config", folder.resolve("none").toString())).isEqualTo(78);
    assertThat(run("agent", "--bootstrap-servers", "no port")).isEqualTo(78);
    Path config = folder.resolve("client.properties");
    Files.writeString(config, "bootstrap.servers=" + nobody + "\nmax.block.ms=100\n");
    assertThat(run("agent", "--config", config.toString())).isEqualTo(69);
    assertThat(run("agent", "--data", folder.toString())).isEqualTo(69);
    assertThat(err.toString()).contains("Kafka at 127.0.0.1:1", "nothing runs in " + folder);
  }

  @Test
  void upRefusesASettingWithoutValue() {
    assertThat(run("up", "--set", "kafka.group", "--data", folder.toString())).isEqualTo(2);
    assertThat(err.toString()).contains("KEY=VALUE");
  }

  @Test
  void durationsAreReadAndPrinted() {
    assertThat(DurationText.parse("500ms")).isEqualTo(Duration.ofMillis(500));
    assertThat(DurationText.parse("90")).isEqualTo(Duration.ofSeconds(90));
    assertThat(DurationText.parse("1.5m")).isEqualTo(Duration.ofSeconds(90));
    assertThat(DurationText.parse("2h")).isEqualTo(Duration.ofHours(2));
    assertThatThrownBy(() -> DurationText.parse("soon")).hasMessageContaining("'soon'");
    assertThat(DurationText.print(Duration.ofMillis(400))).isEqualTo("0.4 s");
    assertThat(DurationText.print(Duration.ofSeconds(185))).isEqualTo("3 min 5 s");
    assertThat(DurationText.print(Duration.ofMinutes(130))).isEqualTo("2 h 10 min");
  }

  @Test
  void passwordIsKeptAndForItsOwnerOnly() throws IOException {
    Path file = folder.resolve("password");
    String password = Password.readOrCreate(file);
    assertThat(password).matches("[0-9a-f]{32}");
    assertThat(Password.readOrCreate(file)).isEqualTo(password);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void stateSurvivesItsFile() throws IOException {
    RunState state =
        new RunState(
            RunState.UP,
            "2026-11-24T18:50:00Z",
            Map.of("supervisor", 7L),
            Map.of("--kafka-port", 1),
            "jdbc:postgresql://h:1/d",
            "u",
            "h:2",
            "http://h:3",
            List.of("http://h:4/metrics"),
            "http://h:5/metrics",
            "job",
            "/c",
            true);
    Path file = folder.resolve("state.json");
    state.write(file);
    assertThat(RunState.read(file)).contains(state);
    Files.writeString(file, "{");
    assertThat(RunState.read(file)).isEmpty();
  }

  @Test
  void lockIsHeldUntilClosed() throws IOException {
    Path file = folder.resolve("lock");
    assertThat(SupervisorLock.isHeld(file)).isFalse();
    try (SupervisorLock lock = SupervisorLock.tryTake(file)) {
      assertThat(lock).isNotNull();
      assertThat(SupervisorLock.isHeld(file)).isTrue();
    }
    assertThat(SupervisorLock.isHeld(file)).isFalse();
  }

  @Test
  void recordIsOneLineOfJson() throws IOException {
    assertThat(
            TopicCommand.line(
                new ConsumerRecord<>("t", 1, 2, null, "{\"a\":\"ü\n\"}".getBytes("UTF-8"))))
        .isEqualTo(
            "{\"topic\":\"t\",\"partition\":1,\"offset\":2,\"timestamp\":-1,\"key\":null,"
                + "\"value\":\"{\\\"a\\\":\\\"ü\\n\\\"}\"}");
  }

  private int run(String... arguments) {
    return Oht50.execute(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
  }
}
