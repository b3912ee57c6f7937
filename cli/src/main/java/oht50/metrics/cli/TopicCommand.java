package oht50.metrics.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code topic T}: committed records as JSON lines. */
@Command(
    name = "topic",
    mixinStandardHelpOptions = true,
    description =
        "Print a topic as JSON lines {topic,partition,offset,timestamp,key,value}; committed"
            + " records only. Follows from the end; with --from-beginning it stops at the present"
            + " end.")
final class TopicCommand implements Callable<Integer> {
  private static final Duration POLL = Duration.ofMillis(200);

  @Spec private CommandSpec spec;
  @Mixin private DataOption data;
  @Mixin private KafkaOption kafka;

  @Parameters(paramLabel = "TOPIC", description = "For instance oht50.alerts.")
  private String topic;

  @Option(names = "--from-beginning", description = "Start with the oldest record.")
  private boolean fromBeginning;

  @Option(names = "--follow", description = "With --from-beginning: go on after the end.")
  private boolean follow;

  @Option(names = "--max", paramLabel = "N", description = "Stop after N records.")
  private long max = Long.MAX_VALUE;

  @Override
  public Integer call() throws IOException {
    String servers = kafka.bootstrapServers(data);
    Properties properties = KafkaOption.clientProperties(servers);
    properties.setProperty("isolation.level", "read_committed");
    properties.setProperty("allow.auto.create.topics", "false");
    properties.setProperty("enable.auto.commit", "false");
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions = partitions(consumer, servers);
      consumer.assign(partitions);
      if (fromBeginning) {
        consumer.seekToBeginning(partitions);
      } else {
        consumer.seekToEnd(partitions);
      }
      boolean endless = follow || !fromBeginning;
      print(consumer, endless ? Map.of() : consumer.endOffsets(partitions), endless);
    } catch (KafkaException e) {
      throw KafkaOption.doesNotAnswer(servers, e);
    }
    return ExitCodes.OK;
  }

  private List<TopicPartition> partitions(KafkaConsumer<byte[], byte[]> consumer, String servers) {
    List<TopicPartition> partitions =
        consumer.partitionsFor(topic).stream()
            .map(partition -> new TopicPartition(topic, partition.partition()))
            .toList();
    if (partitions.isEmpty()) {
      throw CommandFailure.unavailable(
          "there is no topic "
              + topic
              + " at "
              + servers
              + "; known: "
              + String.join(" ", Topics.ALL));
    }
    return partitions;
  }

  private void print(
      KafkaConsumer<byte[], byte[]> consumer, Map<TopicPartition, Long> ends, boolean endless)
      throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    long printed = 0;
    while (printed < max && (endless || !atEnd(consumer, ends))) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        // Records beyond the end that was current at the start belong to --follow.
        boolean within =
            endless
                || record.offset()
                    < ends.get(new TopicPartition(record.topic(), record.partition()));
        if (printed < max && within) {
          out.println(line(record));
          printed++;
        }
      }
      // The reader may have gone, as `head` does.
      if (out.checkError()) {
        return;
      }
    }
  }

  private static boolean atEnd(
      KafkaConsumer<byte[], byte[]> consumer, Map<TopicPartition, Long> ends) {
    return ends.entrySet().stream()
        .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
  }

  /** One record; a value that is no text is shown with replacement characters. */
  static String line(ConsumerRecord<byte[], byte[]> record) throws IOException {
    StringWriter line = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(line)) {
      json.writeStartObject();
      json.writeStringField("topic", record.topic());
      json.writeNumberField("partition", record.partition());
      json.writeNumberField("offset", record.offset());
      json.writeNumberField("timestamp", record.timestamp());
      writeText(json, "key", record.key());
      writeText(json, "value", record.value());
      json.writeEndObject();
    }
    return line.toString();
  }

  private static void writeText(JsonGenerator json, String name, byte[] bytes) throws IOException {
    if (bytes == null) {
      json.writeNullField(name);
    } else {
      json.writeStringField(name, new String(bytes, StandardCharsets.UTF_8));
    }
  }
}
