package oht50.metrics.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import oht50.metrics.cli.Topics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What is deployed without an engine to run it here: each file by its own tool. The tools are
 * looked for on the path; where {@code CI} is set they must be there.
 */
class DeployFilesIT {
  private static final Path HOME = Oht50.HOME;
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
  private static final Map<String, String> SECRETS =
      Map.of(
          "OHT50_POSTGRES_PASSWORD", "x",
          "OHT50_POSTGRES_OWNER_PASSWORD", "y",
          "OHT50_POSTGRES_ANALYST_PASSWORD", "z",
          "OHT50_POSTGRES_ADMIN_PASSWORD", "u",
          "OHT50_GRAFANA_PASSWORD", "v");

  @TempDir Path folder;

  @Test
  void composeAcceptsItsFileAndAsksForThePasswords() {
    requireTool("docker-compose");
    List<String> command =
        List.of(
            "docker-compose",
            "--env-file",
            HOME.resolve(".env.example").toString(),
            "-f",
            HOME.resolve("docker-compose.yml").toString(),
            "config",
            "-q");

    Oht50.run(command, SECRETS).expectSuccess();
    Oht50.Result without = Oht50.run(command, Map.of());
    assertThat(without.exitCode()).isNotZero();
    assertThat(without.err()).contains("set it in .env");
  }

  @Test
  void prometheusAcceptsWhatItIsGiven() throws IOException {
    requireTool("promtool");
    Path rules = HOME.resolve("deploy/prometheus/rules");

    for (String config : List.of("compose.yml", "prometheus.yml")) {
      String file = HOME.resolve("deploy/prometheus").resolve(config).toString();
      Oht50.run(List.of("promtool", "check", "config", file), Map.of()).expectSuccess();
    }
    Oht50.run(
            List.of("promtool", "test", "rules", rules.resolve("oht50-job.test.yml").toString()),
            Map.of())
        .expectSuccess();
  }

  @Test
  void alertmanagerAcceptsWhatItIsGiven() {
    requireTool("amtool");
    String file = HOME.resolve("deploy/alertmanager/alertmanager.yml").toString();

    Oht50.run(List.of("amtool", "check-config", file), Map.of()).expectSuccess();
  }

  @Test
  void everyAlertAboutTheJobHasItsParagraph() throws IOException {
    String runbook = Files.readString(HOME.resolve("docs/operations.md"));
    JsonNode rules = yaml("deploy/prometheus/rules/oht50-job.rules.yml").at("/groups/0/rules");

    assertThat(rules).hasSizeGreaterThan(10);
    for (JsonNode rule : rules) {
      String name = rule.path("alert").asText();
      assertThat(runbook).contains("### " + name + "\n");
      assertThat(rule.at("/annotations/runbook_url").asText())
          .isEqualTo("docs/operations.md#" + name.toLowerCase(java.util.Locale.ROOT));
    }
  }

  @Test
  void everyImageIsPinnedAndEveryServiceIsWatched() throws IOException {
    JsonNode services = yaml("docker-compose.yml").path("services");
    JsonNode flink = yaml("docker-compose.yml").path("x-flink");

    assertThat(services).hasSize(10);
    services
        .properties()
        .forEach(
            service -> {
              JsonNode image = service.getValue().path("image");
              assertThat(image.isMissingNode() ? flink.path("image").asText() : image.asText())
                  .as(service.getKey())
                  .matches("[a-z0-9/.-]+:v?\\d+\\.\\d+(\\.\\d+)?(-[a-z]+)?");
              boolean endsByItself = service.getValue().path("restart").asText().equals("no");
              assertThat(service.getValue().has("healthcheck") || endsByItself)
                  .as(service.getKey() + " has a health check")
                  .isTrue();
            });
    assertThat(Files.readString(HOME.resolve("deploy/flink/Dockerfile")))
        .containsPattern("FROM flink:\\d+\\.\\d+\\.\\d+-java17\n");
  }

  @Test
  void everyMountedFileIsThere() throws IOException {
    Matcher mounts =
        Pattern.compile("- (\\./[^:]+):")
            .matcher(Files.readString(HOME.resolve("docker-compose.yml")));
    int count = 0;
    for (; mounts.find(); count++) {
      assertThat(HOME.resolve(mounts.group(1))).exists();
    }
    assertThat(count).isEqualTo(9);
  }

  @Test
  void whatComposeAsksTheEnvironmentForIsInTheExample() throws IOException {
    String example = Files.readString(HOME.resolve(".env.example"));
    List<String> passwords = new ArrayList<>();
    Matcher variables =
        Pattern.compile("\\$\\{(OHT50_[A-Z_]+):([?-])")
            .matcher(Files.readString(HOME.resolve("docker-compose.yml")));
    while (variables.find()) {
      if (variables.group(2).equals("?")) {
        passwords.add(variables.group(1));
      }
    }
    assertThat(passwords)
        .isNotEmpty()
        .allSatisfy(name -> assertThat(example).contains(name + "=\n"));
  }

  @Test
  void theTopicsAreThoseOfTheJob() throws IOException {
    String script = Files.readString(HOME.resolve("deploy/kafka/create-topics.sh"));
    Matcher names = Pattern.compile("for topic in ([^;]+);").matcher(script);
    assertThat(names.find()).isTrue();

    assertThat(Arrays.stream(names.group(1).split(" ", -1)))
        .containsExactlyInAnyOrderElementsOf(Topics.ALL);
  }

  @Test
  void nothingCanBeSubmittedOrCancelledInProduction() throws IOException {
    JsonNode config = yaml("flink-conf/production/config.yaml");

    assertThat(config.at("/web/submit.enable").asText()).isEqualTo("false");
    assertThat(config.at("/web/cancel.enable").asText()).isEqualTo("false");
    JsonNode local = yaml("flink-conf/config.yaml");
    for (String same : List.of("pipeline", "execution", "restart-strategy", "heartbeat")) {
      assertThat(config.path(same)).as(same).isEqualTo(local.path(same));
    }
  }

  @Test
  void grafanaGetsBothSources() throws IOException {
    assertThat(yaml("deploy/grafana/provisioning/datasources/datasources.yml").path("datasources"))
        .extracting(source -> source.path("type").asText())
        .containsExactly("prometheus", "postgres");
  }

  /**
   * The job knows the password of the writer, dashboards that of the analyst, and nobody another.
   */
  @Test
  void eachServiceHasThePasswordOfItsRoleAlone() throws IOException {
    JsonNode compose = yaml("docker-compose.yml");
    JsonNode services = compose.path("services");

    assertThat(compose.at("/x-flink/environment").toString())
        .contains("OHT50_POSTGRES_USER:-oht50_writer", "OHT50_POSTGRES_PASSWORD:?")
        .doesNotContain("OWNER", "ANALYST", "ADMIN");
    assertThat(services.at("/migrate/environment").toString())
        .contains("\"FLYWAY_USER\":\"oht50_owner\"", "OHT50_POSTGRES_OWNER_PASSWORD:?")
        .doesNotContain("OHT50_POSTGRES_PASSWORD", "ANALYST", "ADMIN");
    assertThat(services.at("/grafana/environment").toString())
        .contains("OHT50_POSTGRES_ANALYST_PASSWORD:?")
        .doesNotContain("OHT50_POSTGRES_PASSWORD", "OWNER", "POSTGRES_ADMIN");
    assertThat(
            yaml("deploy/grafana/provisioning/datasources/datasources.yml")
                .at("/datasources/1")
                .toString())
        .contains("\"user\":\"oht50_analyst\"", "$OHT50_POSTGRES_ANALYST_PASSWORD");
  }

  /** A checkpoint without its last file, or with an empty one, is none. */
  @Test
  void theJobManagerStartsFromTheNewestCompleteCheckpoint() throws IOException {
    checkpoint("aaaa", "chk-7", "metadata", 1_000);
    checkpoint("bbbb", "chk-4", "metadata", 3_000);
    checkpoint("bbbb", "chk-5", "", 5_000);
    Files.createDirectories(folder.resolve("bbbb/chk-6"));

    assertThat(startJobManager())
        .startsWith("standalone-job --job-classname oht50.metrics.job.MetricsJob")
        .contains("--fromSavepoint " + folder.resolve("bbbb/chk-4") + " --config")
        .contains("--set kafka.bootstrap-servers=broker:9092");
  }

  @Test
  void theFirstStartIsFromNothing() {
    assertThat(startJobManager()).doesNotContain("--fromSavepoint");
  }

  private void checkpoint(String job, String name, String metadata, long modifiedMillis)
      throws IOException {
    Path place = Files.createDirectories(folder.resolve(job).resolve(name));
    Files.writeString(place.resolve("_metadata"), metadata);
    Files.setLastModifiedTime(
        place.resolve("_metadata"), FileTime.from(Instant.ofEpochMilli(modifiedMillis)));
  }

  /** The arguments that Flink's own start would get. */
  private String startJobManager() {
    return Oht50.run(
            List.of("bash", HOME.resolve("deploy/flink/jobmanager.sh").toString()),
            Map.of(
                "OHT50_ENTRYPOINT",
                "/bin/echo",
                "OHT50_CHECKPOINTS",
                folder.toString(),
                "OHT50_KAFKA",
                "broker:9092",
                "OHT50_POSTGRES_URL",
                "jdbc:postgresql://db/oht50",
                "OHT50_POSTGRES_USER",
                "oht50_writer",
                "OHT50_ZONE",
                "UTC"))
        .expectSuccess()
        .out();
  }

  private static JsonNode yaml(String file) throws IOException {
    return YAML.readTree(HOME.resolve(file).toFile());
  }

  private static void requireTool(String name) {
    boolean isThere =
        Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
            .anyMatch(place -> Files.isExecutable(Path.of(place, name)));
    if (System.getenv("CI") != null) {
      assertThat(isThere).as(name + " is on the path").isTrue();
    }
    assumeTrue(isThere, name + " is not installed");
  }
}
