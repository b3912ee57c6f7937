package oht50.metrics.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * What cannot work says so: one line with what, where and what to do, exit code 69 or 78, soon. No
 * JobManager is there: Flink's command line does not get as far as to ask it.
 */
@Order(11)
class RefusalsIT {
  private static final int UNAVAILABLE = 69;
  private static final int CONFIGURATION = 78;
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final String CLOSED = "127.0.0.1:1";

  @RegisterExtension private static final SharedStack QUIET = SharedStack.quiet();

  private static Stack stack;
  private static FlinkCommands flink;
  private static FlinkCommands flinkWithWrongPassword;
  private static String jdbcUrl;

  @BeforeAll
  static void provide() throws IOException {
    stack = QUIET.stack();
    jdbcUrl = stack.status().path("jdbcUrl").asText().replaceFirst("\\?.*", "");
    int port = stack.firstPort() + 6;
    flink =
        new FlinkCommands(
            stack.data().resolve("client"), port, FlinkCommands.databasePassword(stack));
    flinkWithWrongPassword =
        new FlinkCommands(stack.data().resolve("client-of-a-stranger"), port, "not-the-password");
  }

  @Test
  void flinkRunWithAMissingTopic() {
    assertRefused(
        run(flink, "kafka.topics.points=nosuch.points"),
        UNAVAILABLE,
        kafka(),
        "no topic nosuch.points",
        "./oht50 topics create");
  }

  @Test
  void flinkRunWithAWrongPassword() {
    Oht50.Result result = run(flinkWithWrongPassword);
    assertRefused(
        result,
        CONFIGURATION,
        jdbcUrl,
        "password authentication failed",
        "check postgres.url, postgres.user, the password's environment variable");
    assertThat(result.err()).doesNotContain("not-the-password");
  }

  @Test
  void flinkRunWithoutAPassword() {
    assertRefused(
        run(flink, "postgres.password-env=NO_SUCH_VARIABLE"),
        CONFIGURATION,
        jdbcUrl,
        "NO_SUCH_VARIABLE");
  }

  @Test
  void flinkRunWithAnUnreachableBroker() {
    assertRefused(
        run(flink, "kafka.bootstrap-servers=" + CLOSED),
        UNAVAILABLE,
        CLOSED,
        "does not answer",
        "check kafka.bootstrap-servers");
  }

  @Test
  void flinkRunWithAnUnreachableDatabase() {
    assertRefused(
        run(flink, "postgres.url=jdbc:postgresql://" + CLOSED + "/oht50"),
        UNAVAILABLE,
        CLOSED,
        "check postgres.url");
  }

  @Test
  void flinkRunWithAKeyThatNobodyKnows() throws IOException {
    Path yaml = jobYaml("misspelt.yaml", "series:\n  horizn: 2h\n");
    assertRefused(
        run(flink, yaml),
        CONFIGURATION,
        yaml.toString(),
        "series.horizn",
        "known are",
        "horizon-points");
  }

  @Test
  void flinkRunWithAFileThatIsNoYaml() throws IOException {
    Path yaml = jobYaml("broken.yaml", "series:\n  horizon: [2h\nhost: {}\n");
    assertRefused(run(flink, yaml), CONFIGURATION, yaml + ":3:");
  }

  @Test
  void flinkRunWithoutTheFile() {
    Path yaml = stack.data().resolve("nosuch.yaml");
    assertRefused(run(flink, yaml), CONFIGURATION, yaml.toString(), "there is no such file");
  }

  @Test
  void theClientsWithAMissingTopic() throws IOException {
    assertRefused(
        command("topic", "nosuch"), UNAVAILABLE, "no topic nosuch", kafka(), "oht50.alerts");
    assertRefused(
        command("topic", "nosuch", "--from-beginning"), UNAVAILABLE, "no topic nosuch", kafka());
    Path lines = Files.createTempFile(stack.data(), "lines", ".jsonl");
    Files.write(lines, List.of(Lines.raw("nosuch", "k", "{}")));
    assertRefused(
        command("replay", lines.toString()),
        UNAVAILABLE,
        "no topic nosuch",
        kafka(),
        "nothing was sent",
        "./oht50 topics create nosuch");
  }

  @Test
  void sqlWithAWrongPassword() {
    Oht50.Result result =
        Oht50.run(
            SOON,
            "sql",
            "--jdbc-url",
            jdbcUrl + "?user=oht50&password=not-the-password",
            "SELECT 1");
    assertRefused(
        result, CONFIGURATION, jdbcUrl, "password authentication failed", "check", "--jdbc-url");
    assertThat(result.err()).doesNotContain("not-the-password");
  }

  @Test
  void sqlOnADatabaseThatIsNotThere() {
    assertRefused(
        Oht50.run(
            SOON,
            "sql",
            "--jdbc-url",
            jdbcUrl.replaceFirst("/oht50$", "/nosuch")
                + "?user=oht50&password="
                + FlinkCommands.databasePassword(stack),
            "SELECT 1"),
        CONFIGURATION,
        "\"nosuch\" does not exist");
    assertRefused(
        Oht50.run(SOON, "sql", "--jdbc-url", "jdbc:postgresql://" + CLOSED + "/oht50", "SELECT 1"),
        UNAVAILABLE,
        CLOSED);
    assertRefused(
        Oht50.run(SOON, "sql", "--jdbc-url", "jdbc:nosuch:oht50", "SELECT 1"),
        CONFIGURATION,
        "jdbc:nosuch:oht50");
  }

  @Test
  void theClientsWithABrokerThatDoesNotAnswer() throws IOException {
    Path lines = Files.createTempFile(stack.data(), "lines", ".jsonl");
    Files.write(lines, List.of(Lines.clock(0)));
    // Beside each other: each waits for a quarter of a minute and does nothing else.
    List<CompletableFuture<Oht50.Result>> results =
        Stream.of(
                List.of("topic", "oht50.points"),
                List.of("topics", "create"),
                List.of("replay", lines.toString()))
            .map(command -> CompletableFuture.supplyAsync(() -> withClosedBroker(command)))
            .toList();
    for (CompletableFuture<Oht50.Result> result : results) {
      assertRefused(result.join(), UNAVAILABLE, CLOSED, "check");
    }
  }

  private static Oht50.Result withClosedBroker(List<String> command) {
    List<String> all = new ArrayList<>(command);
    all.addAll(List.of("--bootstrap-servers", CLOSED));
    return Oht50.run(SOON, all.toArray(new String[0]));
  }

  @Test
  void upOnATakenPort() throws IOException {
    try (Stack other = Stack.at(9);
        ServerSocket taken =
            new ServerSocket(other.firstPort() + 2, 1, InetAddress.getLoopbackAddress())) {
      Oht50.Result result = other.tryUp();
      assertThat(errors(result)).singleElement().asString().contains("--postgres-port");
      assertThat(result.err()).contains("port " + taken.getLocalPort() + " is taken");
      assertThat(result.exitCode()).isEqualTo(UNAVAILABLE);
    }
  }

  @Test
  void upWithASettingThatNobodyKnows() throws IOException {
    try (Stack other = Stack.at(9)) {
      Oht50.Result result = other.tryUp("--set", "no.such=key");
      assertThat(errors(result)).singleElement().asString().contains("--set no.such", "known are");
      assertThat(result.exitCode()).isEqualTo(CONFIGURATION);
      assertThat(other.command("status").exitCode()).isEqualTo(UNAVAILABLE);
      for (int port = other.firstPort(); port < other.firstPort() + 6; port++) {
        // Fails if anybody still listens.
        new ServerSocket(port, 1, InetAddress.getLoopbackAddress()).close();
      }
    }
  }

  private static Oht50.Result run(FlinkCommands client, String... settings) {
    return run(client, client.jobYaml(), settings);
  }

  private static Oht50.Result run(FlinkCommands client, Path yaml, String... settings) {
    List<String> arguments = new ArrayList<>(List.of("run", "-d", FlinkCommands.jar().toString()));
    arguments.addAll(List.of("--config", yaml.toString()));
    arguments.addAll(List.of("--set", "kafka.bootstrap-servers=" + kafka()));
    arguments.addAll(List.of("--set", "postgres.url=" + jdbcUrl));
    Arrays.stream(settings).forEach(setting -> arguments.addAll(List.of("--set", setting)));
    return client.flink(SOON, arguments.toArray(new String[0]));
  }

  private static Oht50.Result command(String... arguments) {
    List<String> all = new ArrayList<>(Arrays.asList(arguments));
    all.addAll(List.of("--data", stack.data().toString()));
    return Oht50.run(SOON, all.toArray(new String[0]));
  }

  private static Path jobYaml(String name, String text) throws IOException {
    return Files.writeString(stack.data().resolve(name), text);
  }

  private static String kafka() {
    return "127.0.0.1:" + stack.firstPort();
  }

  private static void assertRefused(Oht50.Result result, int exitCode, String... parts) {
    assertThat(result.err().lines())
        .singleElement()
        .asString()
        .startsWith("error: ")
        .contains(parts);
    assertThat(result.exitCode()).as(result.err()).isEqualTo(exitCode);
    assertThat(result.out()).isEmpty();
  }

  private static List<String> errors(Oht50.Result result) {
    return result.err().lines().filter(line -> line.startsWith("error:")).toList();
  }
}
