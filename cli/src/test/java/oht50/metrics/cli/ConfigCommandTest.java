package oht50.metrics.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigCommandTest {
  private static final String SHIPPED = "../flink-conf/job.yaml";

  @TempDir private Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void theShippedFileHasNoFaults() {
    assertThat(run("config", "check", "--no-secrets", SHIPPED)).isZero();
    assertThat(out.toString()).isEmpty();
    assertThat(err.toString()).isEqualTo("no faults\n");
  }

  @Test
  void everyFaultIsALineWithItsPlace() throws IOException {
    Path file = write("clock:\n  intervall: 1s\nhost: {interval: 30 sec}\n");

    assertThat(run("config", "check", "--no-secrets", SHIPPED, file.toString(), "--set", "a.b=1"))
        .isEqualTo(78);
    List<String> lines = out.toString().lines().toList();
    assertThat(lines).hasSize(3);
    assertThat(lines.get(0))
        .isEqualTo(
            file
                + ":2:3: clock.intervall: unknown key; did you mean 'interval'? known are [enabled, interval]");
    assertThat(lines.get(1))
        .isEqualTo(file + ":3:8: host.interval: '30 sec' is not a duration; did you mean '30s'?");
    assertThat(lines.get(2)).startsWith("--set a.b: unknown key; known are [alerts, clock,");
    assertThat(err.toString()).isEqualTo("3 faults\n");
  }

  @Test
  void secretsAreLookedForInThisEnvironment() {
    assertThat(
            run("config", "check", SHIPPED, "--set", "postgres.password-env=NO_SUCH_VARIABLE_HERE"))
        .isEqualTo(78);
    assertThat(out.toString())
        .startsWith(
            "--set postgres.password-env: no password of 'oht50_writer' for jdbc:postgresql://localhost:5432/oht50: set NO_SUCH");
  }

  @Test
  void aProgramReadsFaultsAndRemarksAsJson() throws IOException {
    Path file = write("clock: {intervall: 1s}\nmetrics: {storage: {retention_days: 30}}\n");

    assertThat(run("config", "check", "--no-secrets", "--json", SHIPPED, file.toString()))
        .isEqualTo(78);
    JsonNode found = new ObjectMapper().readTree(out.toString());
    assertThat(found).hasSize(2);
    assertThat(found.get(0).get("severity").asText()).isEqualTo("fault");
    assertThat(found.get(0).get("source").asText()).isEqualTo(file.toString());
    assertThat(found.get(0).get("line").asInt()).isEqualTo(1);
    assertThat(found.get(0).get("column").asInt()).isEqualTo(9);
    assertThat(found.get(0).get("key").asText()).isEqualTo("clock.intervall");
    assertThat(found.get(1).get("severity").asText()).isEqualTo("remark");
    assertThat(found.get(1).get("key").asText()).isEqualTo("metrics.storage.retention_days");
  }

  @Test
  void whatHoldsIsShownWithItsOrigin() throws IOException {
    Path file = write("clock: {interval: 3s}\n");

    assertThat(run("config", "show", SHIPPED, file.toString(), "--set", "host.interval=10s"))
        .isZero();
    List<String> rows = new ArrayList<>();
    out.toString().lines().map(line -> line.strip().replace(" ", "")).forEach(rows::add);
    assertThat(rows)
        .contains("clock.interval|3s|" + file + ":1:9", "host.interval|10s|--sethost.interval")
        .anyMatch(row -> row.startsWith("kafka.group|oht50-metrics|" + SHIPPED + ":"));
  }

  @Test
  void upRefusesAnUnknownKeyBeforeAnythingStarts() {
    System.setProperty("oht50.home", "..");
    try {
      assertThat(
              run(
                  "up",
                  "--data",
                  folder.resolve("data").toString(),
                  "--set",
                  "unknown.key=1",
                  "--set",
                  "series.idle=x"))
          .isEqualTo(78);
    } finally {
      System.clearProperty("oht50.home");
    }
    assertThat(err.toString().lines())
        .hasSize(2)
        .allMatch(line -> line.startsWith("error: --set "));
    assertThat(folder.resolve("data")).doesNotExist();
  }

  private int run(String... arguments) {
    return Oht50.execute(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
  }

  private Path write(String text) throws IOException {
    return Files.writeString(folder.resolve("over.yaml"), text);
  }
}
