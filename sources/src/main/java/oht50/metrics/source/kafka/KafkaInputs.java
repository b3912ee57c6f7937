package oht50.metrics.source.kafka;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import oht50.metrics.source.Decoded;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.KafkaSourceBuilder;
import org.apache.flink.connector.kafka.source.KafkaSourceOptions;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.kafka.clients.consumer.ConsumerConfig;

/**
 * Sources of one Kafka cluster. Offsets are those of checkpoints; what is committed to the group is
 * for people who look at its lag.
 */
public final class KafkaInputs {
  private static final Duration PARTITION_DISCOVERY = Duration.ofSeconds(30);

  /** Keys that these sources decide themselves. */
  private static final Set<String> OWNED =
      Set.of(
          "bootstrap.servers",
          "group.id",
          "auto.offset.reset",
          "enable.auto.commit",
          "key.deserializer",
          "value.deserializer");

  /** Names of classes to load, and what these could be told to read. */
  private static final Set<String> DANGEROUS =
      Set.of(
          "config.providers",
          "interceptor.classes",
          "metric.reporters",
          "partition.assignment.strategy",
          "sasl.login.class",
          "security.providers",
          "ssl.engine.factory.class");

  /** Text in quotes within a login configuration. */
  private static final Pattern QUOTED = Pattern.compile("\"(\\\\.|[^\"\\\\])*\"");

  private static final Set<String> LOGIN_MODULES =
      Set.of(
          "org.apache.kafka.common.security.plain.PlainLoginModule",
          "org.apache.kafka.common.security.scram.ScramLoginModule");

  private final String bootstrapServers;
  private final String groupId;
  private final Properties properties = new Properties();
  private final boolean bounded;
  private final boolean acceptGap;
  private final boolean committedOnly;

  private KafkaInputs(
      String bootstrapServers,
      String groupId,
      Map<?, ?> properties,
      boolean bounded,
      boolean acceptGap,
      boolean committedOnly) {
    this.bootstrapServers = bootstrapServers;
    this.groupId = groupId;
    this.bounded = bounded;
    this.acceptGap = acceptGap;
    this.committedOnly = committedOnly;
    this.properties.putAll(properties);
  }

  /**
   * @param properties passed on to the consumer: security, fetch sizes
   * @throws IllegalArgumentException naming every property that may not be set
   */
  public static KafkaInputs of(
      String bootstrapServers, String groupId, Map<String, String> properties) {
    Set<String> refused = new TreeSet<>();
    properties.forEach(
        (key, value) -> {
          if (OWNED.contains(key) || isDangerous(key) || isForeignLogin(key, value)) {
            refused.add(key);
          }
        });
    if (!refused.isEmpty()) {
      throw new IllegalArgumentException(
          "Kafka properties "
              + refused
              + " may not be set here: they are either decided by the source or could run code;"
              + " of sasl.jaas.config the login modules for PLAIN and SCRAM are allowed");
    }
    return new KafkaInputs(bootstrapServers, groupId, properties, false, false, false);
  }

  /** The same, ending at what each topic holds when the source starts. For tests and backfills. */
  public KafkaInputs upToNow() {
    return new KafkaInputs(bootstrapServers, groupId, properties, true, acceptGap, committedOnly);
  }

  /** The same, going on after records that have expired instead of refusing to. */
  public KafkaInputs acceptingGaps(boolean accepted) {
    return new KafkaInputs(bootstrapServers, groupId, properties, bounded, accepted, committedOnly);
  }

  /** The same, without the records of transactions that are open or were aborted. */
  public KafkaInputs committedOnly() {
    return new KafkaInputs(bootstrapServers, groupId, properties, bounded, acceptGap, true);
  }

  public Source<Decoded, ?, ?> source(String topic, DecoderFactory decoders) {
    return source(topic, List.of(topic), decoders);
  }

  /**
   * One source of several topics that say little: each source costs a consumer and its threads per
   * subtask.
   *
   * @param name tells its consumers from others of the group
   * @param decoders topic -> what decodes it
   */
  public Source<Decoded, ?, ?> source(String name, Map<String, DecoderFactory> decoders) {
    return source(name, List.copyOf(decoders.keySet()), DecoderFactory.byTopic(decoders));
  }

  private Source<Decoded, ?, ?> source(String name, List<String> topics, DecoderFactory decoders) {
    KafkaSourceBuilder<Decoded> builder =
        KafkaSource.<Decoded>builder()
            .setProperties(properties)
            .setBootstrapServers(bootstrapServers)
            .setGroupId(groupId)
            .setClientIdPrefix(groupId + "-" + name)
            .setTopics(topics)
            .setStartingOffsets(new EarliestThenNone())
            .setDeserializer(new KafkaDecodingSchema(decoders));
    if (bounded) {
      builder.setBounded(OffsetsInitializer.latest());
    } else {
      builder.setProperty(
          KafkaSourceOptions.PARTITION_DISCOVERY_INTERVAL_MS.key(),
          Long.toString(PARTITION_DISCOVERY.toMillis()));
    }
    if (committedOnly) {
      builder.setProperty(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    }
    Properties clients = new Properties();
    clients.putAll(properties);
    clients.put("bootstrap.servers", bootstrapServers);
    return new GaplessKafkaSource(builder.build(), clients, acceptGap);
  }

  private static boolean isDangerous(String key) {
    return DANGEROUS.contains(key)
        || key.endsWith(".callback.handler.class")
        || (key.startsWith("sasl.oauthbearer.") && key.endsWith(".url"));
  }

  private static boolean isForeignLogin(String key, String value) {
    if (!key.endsWith("sasl.jaas.config")) {
      return false;
    }
    String config = QUOTED.matcher(value).replaceAll("").strip();
    int end = 0;
    while (end < config.length() && !Character.isWhitespace(config.charAt(end))) {
      end++;
    }
    // One entry only: a second module may follow the first after its semicolon.
    int semicolon = config.indexOf(';');
    return !LOGIN_MODULES.contains(config.substring(0, end))
        || (semicolon >= 0 && semicolon < config.length() - 1);
  }
}
