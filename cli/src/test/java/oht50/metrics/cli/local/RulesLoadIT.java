package oht50.metrics.cli.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import oht50.metrics.cli.Oht50;
import oht50.metrics.cli.Topics;
import oht50.metrics.cli.db.ScratchDatabase;
import oht50.metrics.job.ruleload.KafkaRulesTopic;
import oht50.metrics.job.ruleload.ToldRules;
import oht50.metrics.model.Position;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rule sets sent to a real broker, and listed with what a real database says of them. */
class RulesLoadIT {
  private static final String FAR_AHEAD = "2100-01-01T00:00:00Z";

  @TempDir static Path brokerFolder;
  private static KafkaBroker broker;
  private static ScratchDatabase database;

  @TempDir Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeAll
  static void start() throws Exception {
    broker =
        KafkaBroker.start(
            brokerFolder, KafkaListeners.of(PortCheck.anyFree(), PortCheck.anyFree()));
    database = ScratchDatabase.migrated();
  }

  @AfterAll
  static void stop() throws Exception {
    database.close();
    broker.close();
  }

  private static Properties clients() {
    Properties properties = new Properties();
    properties.setProperty("bootstrap.servers", broker.bootstrapServers());
    return properties;
  }

  @BeforeEach
  void emptyTopic() throws Exception {
    try (Admin admin = Admin.create(clients())) {
      if (admin.listTopics().names().get().contains(Topics.RULES)) {
        admin.deleteTopics(List.of(Topics.RULES)).all().get();
      }
      while (Topics.createMissing(admin, List.of(Topics.RULES)).isEmpty()) {
        Thread.onSpinWait(); // a topic that was deleted is listed for a moment
      }
      while (admin
          .describeTopics(List.of(Topics.RULES))
          .allTopicNames()
          .isCompletedExceptionally()) {
        Thread.onSpinWait();
      }
    }
  }

  private Path file(String name, String text) throws Exception {
    return Files.writeString(folder.resolve(name), text);
  }

  private static String alert(String name, String expr) {
    return "groups: [{name: g, rules: [{alert: " + name + ", expr: '" + expr + "'}]}]\n";
  }

  /** Settings of a job without rules of its own. */
  private Path settings() throws Exception {
    Path none = Files.createDirectories(folder.resolve("none"));
    Files.writeString(none.resolve("none.yml"), "groups: []\n");
    return file(
        "job.yaml",
        """
        kafka: {bootstrap-servers: "%s"}
        postgres: {url: "jdbc:postgresql://localhost/oht50", user: oht50}
        rules: {folder: "%s", watch: 0s}
        """
            .formatted(broker.bootstrapServers(), none));
  }

  private int run(String... arguments) {
    out.getBuffer().setLength(0);
    return Oht50.execute(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
  }

  private int load(Object... more) throws Exception {
    List<String> all = new ArrayList<>(List.of("rules", "load", "--config", settings().toString()));
    Arrays.stream(more).map(Object::toString).forEach(all::add);
    return run(all.toArray(String[]::new));
  }

  private JsonNode list() throws Exception {
    int code =
        run(
            "rules",
            "list",
            "--json",
            "--config",
            settings().toString(),
            "--jdbc-url",
            database.url() + "?user=oht50_analyst");
    assertThat(code).as(err.toString()).isZero();
    return new ObjectMapper().readTree(out.toString());
  }

  private static List<ToldRules> told() {
    try (KafkaRulesTopic topic = new KafkaRulesTopic(clients(), Topics.RULES)) {
      return topic.news();
    }
  }

  @Test
  void filesAreSentAndWhatTheyChangeIsSaid() throws Exception {
    Path first = file("mine.yml", alert("Hot", "t > 60"));
    assertThat(load(first, "--at", FAR_AHEAD)).as(err.toString()).isZero();
    assertThat(out.toString().lines())
        .containsExactly(
            "new      alert Hot, mine.yml:1: speaks from 2100-01-01T00:05:00Z",
            "0 unchanged",
            "version 1 (oht50.rules/0/0), effective from 2100-01-01T00:00:00Z");

    file("mine.yml", alert("Hot", "t > 70"));
    Path second = file("other.yml", alert("Cold", "t < 0"));
    assertThat(load(first, second, "--at", "2100-01-01T01:00:00Z")).isZero();
    assertThat(out.toString().lines())
        .containsExactly(
            "changed  alert Hot, mine.yml:1: expr; speaks from 2100-01-01T01:00:00Z",
            "new      alert Cold, other.yml:1: speaks from 2100-01-01T01:00:00Z",
            "0 unchanged",
            "version 2 (oht50.rules/0/1), effective from 2100-01-01T01:00:00Z");
    assertThat(told())
        .extracting(each -> each.set().files().keySet().toString())
        .containsExactly("[mine.yml]", "[mine.yml, other.yml]");
  }

  @Test
  void withoutAnInstantItIsTheNextMinuteAndASetToComeIsNamed() throws Exception {
    long before = System.currentTimeMillis();
    Path file = file("mine.yml", alert("Hot", "t > 60"));
    assertThat(load(file, "--at", FAR_AHEAD)).isZero();

    file("mine.yml", alert("Hot", "t > 70"));
    assertThat(load(file)).isZero();

    assertThat(out.toString().lines()).last().isEqualTo("version 1 takes over at " + FAR_AHEAD);
    assertThat(told().get(1).set().effectiveFrom())
        .isBetween(before + 15_000, before + 180_000)
        .matches(from -> from % 60_000 == 0);
  }

  @Test
  void aDryRunAndFilesThatAreValidAlreadySendNothing() throws Exception {
    Path file = file("mine.yml", alert("Hot", "t > 60"));
    assertThat(load(file, "--dry-run")).isZero();
    assertThat(out.toString()).contains("new      alert Hot", "nothing is sent");
    assertThat(told()).isEmpty();

    assertThat(load(file, "--at", FAR_AHEAD)).isZero();
    assertThat(load(file, "--at", FAR_AHEAD)).isZero();
    assertThat(out.toString()).contains("nothing is sent");
    assertThat(told()).hasSize(1);
  }

  @Test
  void badFilesAreRefusedWithAllThatIsWrongWithThem() throws Exception {
    Path syntax = file("a.yml", alert("A", "t >"));
    Path reach = file("b.yml", alert("B", "rate(t[2d]) > 0"));
    assertThat(load(syntax, reach)).isEqualTo(1);
    assertThat(load(reach)).isEqualTo(1);

    assertThat(err.toString())
        .contains(syntax + ":1:", reach + ":1:45: alert B: it looks back 48H, further than");
    assertThat(told()).isEmpty();
  }

  @Test
  void wrongUsageIsSaid() throws Exception {
    Path file = file("mine.yml", alert("Hot", "t > 60"));
    Path twin = Files.createDirectories(folder.resolve("more")).resolve("mine.yml");
    Files.writeString(twin, alert("Hot", "t > 60"));
    Path watched =
        file("watched.yaml", "rules: {folder: \"" + folder.resolve("more") + "\", watch: 5s}\n");

    assertThat(load(file, "--at", "2020-01-01T00:00:00Z")).isEqualTo(2);
    assertThat(load(file, "--at", "soon")).isEqualTo(2);
    assertThat(load(file, twin)).isEqualTo(2);
    assertThat(load(folder.resolve("none.yml"))).isEqualTo(2);
    assertThat(load(file, "--config", watched)).isEqualTo(2);

    assertThat(err.toString())
        .contains(
            "is over",
            "--at takes an instant",
            "two files are called mine.yml",
            "there is no file",
            "the job looks at the folder " + folder.resolve("more"));
    assertThat(told()).isEmpty();
  }

  @Test
  void setsAreListedWithWhatTheJobFoundOfThem() throws Exception {
    Path file = file("mine.yml", alert("Hot", "t > 60"));
    assertThat(load(file)).isZero();
    file("mine.yml", alert("Hot", "t > 70"));
    assertThat(load(file, "--at", FAR_AHEAD)).isZero();
    try (KafkaRulesTopic topic = new KafkaRulesTopic(clients(), Topics.RULES)) {
      Position wrong = topic.send(0, new TreeMap<>(Map.of("mine.yml", "groups: 1")));
      assertThat(wrong.offset()).isEqualTo(2);
    }
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(clients(), new ByteArraySerializer(), new ByteArraySerializer())) {
      producer
          .send(new ProducerRecord<>(Topics.RULES, "rules".getBytes(UTF_8), new byte[] {'{'}))
          .get();
    }
    note(0, "-infinity", "oht50.yml", "accepted");
    note(1, "2020-01-01T00:00:00Z", "mine.yml", "accepted");
    note(3, "2020-01-01T00:00:00Z", "mine.yml", "refused");

    JsonNode rows = list();

    List<String> words = new ArrayList<>();
    rows.forEach(
        row ->
            words.add(
                row.get("version").asText()
                    + row.get("files")
                    + row.get("rules")
                    + row.get("state").asText()
                    + row.get("valid").asText()));
    assertThat(words)
        .containsExactly(
            "4[]0refusednull",
            "3[\"mine.yml\"]0refusednull",
            "2[\"mine.yml\"]1waitsnull",
            "1[\"mine.yml\"]0acceptednow",
            "0[\"oht50.yml\"]0acceptedover");
    assertThat(Instant.parse(rows.get(2).get("effective_from").asText()))
        .isEqualTo(Instant.parse(FAR_AHEAD));
    assertThat(rows.get(4).get("effective_from").isNull()).isTrue();
  }

  private static void note(long version, String from, String name, String state) throws Exception {
    try (Connection connection = database.connect();
        PreparedStatement statement =
            connection.prepareStatement(
                "INSERT INTO rule_sets VALUES (?, ?::timestamptz, now(), jsonb_build_object(?::text, ''), ?)")) {
      statement.setLong(1, version);
      statement.setString(2, from);
      statement.setString(3, name);
      statement.setString(4, state);
      statement.execute();
    }
  }
}
