package oht50.metrics.job.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class JobSchemaTest {
  private static final Path SHIPPED = Path.of("../flink-conf/job.yaml");
  private static final Path PUBLISHED = Path.of("../docs/schema/job.schema.json");
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

  @Test
  void thePublishedSchemaIsThatOfTheCode() throws IOException {
    assertThat(PUBLISHED)
        .as("write it anew: ./oht50 config schema > docs/schema/job.schema.json")
        .hasContent(JobSchema.print(Files.readString(SHIPPED)));
  }

  /** Whatever key the job asks for is in the shipped file, with a word of what it does. */
  @Test
  void theShippedFileNamesEveryKey() throws Exception {
    Settings settings = Settings.parse("job.yaml", Files.readString(SHIPPED), Map.of());
    JobConfig.read(settings, null);
    Set<String> missing =
        settings.known().stream()
            .filter(key -> !key.isForeign() && !settings.isSaid(key.key()))
            .map(KnownKey::key)
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(missing).isEmpty();
    assertThat(KeyComments.of(Files.readString(SHIPPED)))
        .containsEntry(
            "series.horizon", "how long closed windows stay correctable from state; costs state")
        .containsEntry(
            "postgres.password-env", "the name of the environment variable, never the password");
  }

  @Test
  void theShippedFileIsValid() throws IOException {
    assertThat(validate(Files.readString(SHIPPED))).isEmpty();
  }

  @Test
  void theSpecificationsFilesAreValidBesideWhatIsRequired() throws IOException {
    String required = Files.readString(SHIPPED);
    String yaml = Files.readString(Path.of("src/test/resources/specification/metrics.yaml"));
    String python =
        Files.readString(Path.of("src/test/resources/specification/metrics_config.py"))
            .substring("METRICS_CONFIG = ".length())
            .replace("\n", "\n  ");

    assertThat(validate(required + yaml + "METRICS_CONFIG:\n  " + python)).isEmpty();
  }

  /** What the job refuses the schema refuses at the same key. */
  @Test
  void whatTheJobRefusesIsInvalid() throws Exception {
    List<String> wrong =
        List.of(
            "clock: {intervall: 1s}",
            "clock: {interval: 30 sec}",
            "clock: {interval: 0s}",
            "clock: {enabled: maybe}",
            "clock: 1s",
            "series: {horizon-points: many}",
            "series: {horizon-points: 0}",
            "series: {expected-interval: {by-prefix: {a: fast}}}",
            "groups: {system: {metrics: [cpus]}}",
            "colour: red");
    String minimal =
        "kafka: {bootstrap-servers: 'a:1'}\n" + "postgres: {url: 'jdbc:postgresql:x', user: u}\n";
    List<String> taken = new ArrayList<>();
    for (String line : wrong) {
      if (validate(minimal + line).isEmpty()) {
        taken.add(line);
      }
      Settings settings = Settings.parse("job.yaml", minimal + line, Map.of());
      JobConfig.read(settings, null);
      assertThat(settings.faults()).as(line).isNotEmpty();
    }

    assertThat(taken).isEmpty();
    assertThat(validate(minimal)).isEmpty();
    assertThat(validate("kafka: {}\n")).hasSize(2);
  }

  private static Set<ValidationMessage> validate(String yaml) throws IOException {
    JsonNode schema = new ObjectMapper().readTree(Files.readString(PUBLISHED));
    JsonSchema compiled =
        JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(schema);
    return compiled.validate(YAML.readTree(yaml));
  }
}
