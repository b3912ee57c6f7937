package oht50.metrics.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import oht50.metrics.job.config.JobConfig;
import oht50.metrics.model.Cause;
import oht50.metrics.model.RejectReason;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The published document of the topics says what the code has, and its examples are valid. */
class AsyncApiTest {
  private static final Path DOCUMENT = Path.of("../docs/asyncapi.yaml");
  private static final Path EXAMPLES = Path.of("../sources/src/test/resources/examples");
  private static final Set<String> WRITTEN =
      Set.of(
          Topics.CLOCK,
          Topics.REPAIR,
          Topics.RULES,
          Topics.RECORDED,
          Topics.ALERTS,
          Topics.FAST_ALERTS,
          Topics.REJECTED);

  private JsonNode document;

  @BeforeEach
  void read() throws IOException {
    document = new ObjectMapper(new YAMLFactory()).readTree(Files.readString(DOCUMENT));
  }

  @Test
  void allReferencesLeadSomewhere() {
    assertThat(document.get("asyncapi").asText()).isEqualTo("3.0.0");
    List<String> references = document.findValuesAsText("$ref");
    assertThat(references).isNotEmpty();
    for (String reference : references) {
      assertThat(document.at(reference.substring(1)).isMissingNode()).as(reference).isFalse();
    }
  }

  @Test
  void theTopicsAreThoseOfTheCode() throws Exception {
    JobConfig config =
        JobConfig.parse(
            "job.yaml",
            """
            kafka: {bootstrap-servers: "localhost:9092"}
            postgres: {url: "jdbc:postgresql://localhost/oht50", user: oht50}
            """,
            Map.of());

    Set<String> addresses = new TreeSet<>();
    document.get("channels").forEach(channel -> addresses.add(channel.get("address").asText()));
    assertThat(addresses).containsExactlyInAnyOrderElementsOf(Topics.ALL);
    assertThat(addresses).containsExactlyInAnyOrderElementsOf(config.kafka().topics().all());
  }

  @Test
  void eachTopicIsReadOrWrittenAsTheJobDoes() {
    Map<String, Set<String>> actions = new HashMap<>(); // topic -> what the job does with it
    document
        .get("operations")
        .forEach(
            operation -> {
              JsonNode channel = document.at(operation.at("/channel/$ref").asText().substring(1));
              actions
                  .computeIfAbsent(channel.get("address").asText(), any -> new TreeSet<>())
                  .add(operation.get("action").asText());
            });
    Set<String> both = Set.of(Topics.CLOCK, Topics.REPAIR, Topics.RULES, Topics.RECORDED);

    for (String topic : Topics.ALL) {
      Set<String> expected = new TreeSet<>();
      if (WRITTEN.contains(topic)) {
        expected.add("send");
      }
      if (!WRITTEN.contains(topic) || both.contains(topic)) {
        expected.add("receive");
      }
      assertThat(actions.get(topic)).as(topic).isEqualTo(expected);
    }
  }

  @Test
  void itsWordsAreThoseOfTheCode() {
    assertThat(words("/components/schemas/rejectReason/enum"))
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(RejectReason.values()).map(Enum::name).toList());
    assertThat(words("/components/schemas/alertTransition/properties/cause/enum"))
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(Cause.values()).map(Cause::word).toList());
  }

  @Test
  void theExamplesOfItsMessagesAreValid() {
    int checked = 0;
    for (JsonNode message : document.at("/components/messages")) {
      for (JsonNode example : message.path("examples")) {
        checked++;
        assertThat(schema(List.of(message.get("payload"))).validate(example.get("payload")))
            .as(example.toString())
            .isEmpty();
      }
    }
    assertThat(checked).isGreaterThanOrEqualTo(5);
  }

  /** Every message that the decoders are tested with is one of its topic. */
  @Test
  void theExamplesOfTheDecodersAreValid() throws IOException {
    Set<String> named = new TreeSet<>();
    for (JsonNode channel : document.get("channels")) {
      List<JsonNode> payloads = new ArrayList<>();
      for (JsonNode message : channel.get("messages")) {
        payloads.add(document.at(message.get("$ref").asText().substring(1)).get("payload"));
      }
      JsonSchema schema = schema(payloads);
      for (JsonNode file : channel.path("x-example-files")) {
        named.add(file.asText());
        for (JsonNode record : records(EXAMPLES.resolve(file.asText()))) {
          assertThat(schema.validate(record)).as(file.asText() + ": " + record).isEmpty();
        }
      }
    }
    try (Stream<Path> files = Files.list(EXAMPLES)) {
      Set<String> examples =
          files
              .map(file -> file.getFileName().toString())
              .filter(name -> !name.startsWith("rejects") && !name.endsWith(".txt"))
              .collect(Collectors.toCollection(TreeSet::new));
      assertThat(named).isEqualTo(examples);
    }
  }

  /** A schema that takes all would be no contract. */
  @Test
  void aMessageOfAnotherTopicIsInvalid() throws IOException {
    JsonNode telemetry = records(EXAMPLES.resolve("telemetry-v2.json")).get(0);
    List<String> taking = new ArrayList<>();
    document
        .at("/components/messages")
        .properties()
        .forEach(
            message -> {
              JsonNode payload = message.getValue().get("payload");
              if (schema(List.of(payload)).validate(telemetry).isEmpty()) {
                taking.add(message.getKey());
              }
            });

    // of a registration all may be absent; a line of a log needs no more than its time
    assertThat(taking).containsExactlyInAnyOrder("telemetry", "registration", "logLine");
  }

  /** Valid is what is valid for one of the payloads; they refer to the document's components. */
  private JsonSchema schema(List<JsonNode> payloads) {
    ObjectNode any = new ObjectMapper().createObjectNode();
    ArrayNode forms = any.putArray("anyOf");
    payloads.forEach(forms::add);
    any.set("components", document.get("components"));
    return JsonSchemaFactory.getInstance(VersionFlag.V7).getSchema(any);
  }

  private static List<JsonNode> records(Path file) throws IOException {
    ObjectMapper json = new ObjectMapper();
    String text = Files.readString(file);
    List<JsonNode> records = new ArrayList<>();
    List<String> values =
        file.toString().endsWith(".jsonl")
            ? text.lines().filter(line -> !line.isBlank()).toList()
            : List.of(text);
    for (String value : values) {
      records.add(json.readTree(value));
    }
    return records;
  }

  private List<String> words(String path) {
    List<String> words = new ArrayList<>();
    document.at(path).forEach(word -> words.add(word.asText()));
    return words;
  }
}
