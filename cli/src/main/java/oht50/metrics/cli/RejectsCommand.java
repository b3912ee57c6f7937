package oht50.metrics.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import oht50.metrics.cli.output.RowFormat;
import oht50.metrics.cli.output.Rows;
import oht50.metrics.cli.rejects.OriginalRecords;
import oht50.metrics.cli.rejects.RecordPosition;
import oht50.metrics.cli.rejects.RejectFilter;
import oht50.metrics.cli.rejects.RejectedTable;
import oht50.metrics.cli.rejects.RejectedTable.Origin;
import oht50.metrics.model.RejectReason;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code rejects list}, {@code rejects show} and {@code rejects replay}. */
@Command(
    name = "rejects",
    mixinStandardHelpOptions = true,
    description = "Look at what is in no result, and send it again.",
    subcommands = {
      RejectsCommand.ListRejects.class,
      RejectsCommand.Show.class,
      RejectsCommand.Replay.class
    })
final class RejectsCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "say rejects list, rejects show or rejects replay");
  }

  /** Which of them. */
  static final class FilterOptions {
    @Option(
        names = "--since",
        paramLabel = "DURATION|INSTANT",
        description = "Arrived that long ago at most, as 2h, or since then.")
    private String since;

    @Option(
        names = "--reason",
        paramLabel = "REASON",
        description = "For instance BAD_TIMESTAMP; may be repeated.")
    private List<RejectReason> reasons = new ArrayList<>();

    @Option(names = "--topic", paramLabel = "T", description = "Records of this topic.")
    private String topic;

    private boolean isGiven() {
      return since != null || topic != null || !reasons.isEmpty();
    }

    private RejectFilter filter() {
      return new RejectFilter(
          since == null ? null : instant(since), reasons.stream().map(Enum::name).toList(), topic);
    }

    private static Instant instant(String since) {
      try {
        return Instant.parse(since);
      } catch (DateTimeParseException notAnInstant) {
        try {
          return Instant.now().minus(DurationText.parse(since));
        } catch (IllegalArgumentException e) {
          throw CommandFailure.usage(
              "--since takes a duration such as 2h or an instant such as 2026-11-24T18:50:00Z, not '"
                  + since
                  + "'");
        }
      }
    }
  }

  private static RecordPosition position(String text) {
    try {
      return RecordPosition.parse(text);
    } catch (IllegalArgumentException e) {
      throw CommandFailure.usage(e.getMessage());
    }
  }

  private static String count(long n, String noun) {
    return n + " " + noun + (n == 1 ? "" : "s");
  }

  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "The newest rejects, and how many there are for which reason.")
  static final class ListRejects implements Callable<Integer> {
    @Spec private CommandSpec spec;
    @Mixin private DataOption data;
    @Mixin private DatabaseOption database;
    @Mixin private FilterOptions filter;

    @Option(
        names = "--limit",
        paramLabel = "N",
        defaultValue = "50",
        description = "So many of the newest; default: ${DEFAULT-VALUE}.")
    private int limit;

    @Option(names = "--counts", description = "Only how many for which reason, and since when.")
    private boolean counts;

    @Option(names = "--json", description = "An array of objects.")
    private boolean json;

    private record Answer(Rows rows, Rows byReason) {}

    @Override
    public Integer call() {
      RejectFilter wanted = filter.filter();
      Answer answer =
          ReadOnly.transaction(
              database.url(data),
              connection -> {
                RejectedTable table = new RejectedTable(connection);
                Rows byReason = table.byReason(wanted);
                return new Answer(counts ? byReason : table.newest(wanted, limit), byReason);
              });
      PrintWriter out = spec.commandLine().getOut();
      out.print((json ? RowFormat.JSON : RowFormat.TABLE).print(answer.rows()));
      out.flush();
      if (!counts) {
        spec.commandLine().getErr().println(summary(answer.byReason()));
      }
      return ExitCodes.OK;
    }

    /** How many of each reason, those too that are beyond the limit. */
    private static String summary(Rows byReason) {
      long all = byReason.rows().stream().mapToLong(row -> (Long) row.get(1)).sum();
      String each =
          byReason.rows().stream()
              .map(row -> row.get(0) + " " + row.get(1))
              .collect(Collectors.joining(", "));
      return count(all, "reject") + (each.isEmpty() ? "" : ": " + each);
    }
  }

  @Command(
      name = "show",
      mixinStandardHelpOptions = true,
      description = "All that is known of a record that is, or whose fields are, rejected.")
  static final class Show implements Callable<Integer> {
    private static final int PATH = 3;
    private static final int REASON = 4;
    private static final int DETAIL = 5;
    private static final int KEY = 6;
    private static final int VALUE = 7;
    private static final int ARRIVED = 8;

    @Spec private CommandSpec spec;
    @Mixin private DataOption data;
    @Mixin private DatabaseOption database;

    @Parameters(paramLabel = "POSITION", description = "As rejects list says it: oht50.points/2/41")
    private String position;

    @Option(names = "--json", description = "An array of objects, one per reject.")
    private boolean json;

    @Override
    public Integer call() {
      RecordPosition wanted = position(position);
      Rows rows =
          ReadOnly.transaction(
              database.url(data), connection -> new RejectedTable(connection).at(wanted));
      if (rows.rows().isEmpty()) {
        throw CommandFailure.problems("nothing is rejected at " + wanted);
      }
      PrintWriter out = spec.commandLine().getOut();
      if (json) {
        out.print(RowFormat.JSON.print(rows));
      } else {
        print(wanted, rows.rows(), out);
      }
      return ExitCodes.OK;
    }

    private static void print(RecordPosition position, List<List<Object>> rows, PrintWriter out) {
      List<Object> first = rows.get(0);
      out.println("position  " + position);
      out.println("arrived   " + first.get(ARRIVED));
      out.println("key       " + (first.get(KEY) == null ? "(none)" : first.get(KEY)));
      for (List<Object> row : rows) {
        out.println();
        out.println("path      " + row.get(PATH));
        out.println("reason    " + row.get(REASON));
        out.println("detail    " + (row.get(DETAIL) == null ? "" : row.get(DETAIL)));
      }
      out.println();
      out.println("value (the first KiB)");
      out.println(first.get(VALUE) == null ? "(none)" : readable(first.get(VALUE).toString()));
    }

    /** JSON over several lines; what is none, or cut, as it is. */
    private static String readable(String value) {
      JsonMapper mapper =
          JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();
      try {
        JsonNode node = mapper.readTree(value);
        return node.isContainerNode() ? node.toPrettyString() : value;
      } catch (JsonProcessingException e) {
        return value;
      }
    }
  }

  @Command(
      name = "replay",
      mixinStandardHelpOptions = true,
      description = {
        "Send records that were rejected, or of which fields were, once more to their topics.",
        "They are read from Kafka as they are, byte by byte; what Kafka no longer has is said."
            + " A record that is still wrong is rejected again, at its new position: replay after"
            + " what was wrong is mended, or with --file. What counted already counts once."
      })
  static final class Replay implements Callable<Integer> {
    @Spec private CommandSpec spec;
    @Mixin private DataOption data;
    @Mixin private DatabaseOption database;
    @Mixin private KafkaOption kafka;
    @Mixin private FilterOptions filter;

    @Parameters(
        paramLabel = "POSITION",
        arity = "0..*",
        description = "As rejects list says it; without, those that the filters leave.")
    private List<String> positions = new ArrayList<>();

    @Option(
        names = "--file",
        paramLabel = "FILE",
        description = "Send this instead of the value of the one record, with the record's key.")
    private Path file;

    @Option(
        names = "--limit",
        paramLabel = "N",
        defaultValue = "10000",
        description = "With filters: refuse to send more records; default: ${DEFAULT-VALUE}.")
    private int limit;

    @Option(names = "--dry-run", description = "Say what would be sent, and send nothing.")
    private boolean dryRun;

    private int sent;
    private int gone;

    @Override
    public Integer call() throws IOException {
      checkArguments();
      byte[] edited = file == null ? null : Files.readAllBytes(file);
      List<Origin> origins = origins();
      String servers = kafka.bootstrapServers(data);
      Properties properties = KafkaOption.clientProperties(servers);
      properties.setProperty("auto.offset.reset", "none");
      properties.setProperty("enable.auto.commit", "false");
      properties.setProperty("allow.auto.create.topics", "false");
      properties.setProperty("max.poll.records", "1");
      try (KafkaConsumer<byte[], byte[]> consumer =
              new KafkaConsumer<>(
                  properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
          KafkaSender sender = dryRun ? null : KafkaSender.to(servers)) {
        OriginalRecords records = new OriginalRecords(consumer);
        for (Origin origin : origins) {
          replay(origin, records.at(origin.position()), edited, sender);
        }
      } catch (KafkaException e) {
        throw KafkaOption.doesNotAnswer(servers, e);
      }
      spec.commandLine()
          .getErr()
          .println(
              count(sent, "record")
                  + (dryRun ? " would be sent again" : " sent again")
                  + (gone == 0 ? "" : ", " + gone + " no longer in Kafka"));
      return gone == 0 ? ExitCodes.OK : ExitCodes.PROBLEMS;
    }

    private void checkArguments() {
      if (positions.isEmpty() == !filter.isGiven()) {
        throw CommandFailure.usage(
            "say which records: either positions, or --since, --reason and --topic");
      }
      if (file != null && positions.size() != 1) {
        throw CommandFailure.usage("--file is sent instead of one record: name one position");
      }
      if (file != null && (!Files.isReadable(file) || Files.isDirectory(file))) {
        throw CommandFailure.usage("cannot read " + file + "; is the path right?");
      }
    }

    private List<Origin> origins() {
      List<RecordPosition> named =
          positions.stream().map(RejectsCommand::position).distinct().toList();
      RejectFilter wanted = filter.filter();
      return ReadOnly.transaction(
          database.url(data),
          connection -> {
            RejectedTable table = new RejectedTable(connection);
            List<Origin> origins = new ArrayList<>();
            for (RecordPosition position : named) {
              origins.add(origin(position, table.at(position)));
            }
            if (named.isEmpty()) {
              origins.addAll(table.origins(wanted, Math.addExact(limit, 1)));
            }
            if (named.isEmpty() && origins.size() > limit) {
              throw CommandFailure.usage(
                  "more than " + limit + " records; nothing was sent. Narrow it, or raise --limit");
            }
            return origins;
          });
    }

    private static Origin origin(RecordPosition position, Rows rejects) {
      if (rejects.rows().isEmpty()) {
        throw CommandFailure.problems("nothing is rejected at " + position + "; nothing was sent");
      }
      return new Origin(position, (String) rejects.rows().get(0).get(Show.KEY));
    }

    private void replay(
        Origin origin,
        Optional<ConsumerRecord<byte[], byte[]>> original,
        byte[] edited,
        KafkaSender sender) {
      PrintWriter out = spec.commandLine().getOut();
      if (original.isEmpty() && (edited == null || origin.position().partition() < 0)) {
        gone++;
        out.println(origin.position() + " is no longer in Kafka");
        return;
      }
      sent++;
      ProducerRecord<byte[], byte[]> again = again(origin, original, edited);
      int bytes = again.value() == null ? 0 : again.value().length;
      out.println(
          origin.position()
              + (dryRun ? " would be sent again, " : " sent again, ")
              + count(bytes, "byte")
              + (edited == null ? "" : " of " + file));
      if (sender != null) {
        sender.send(again);
      }
    }

    private static ProducerRecord<byte[], byte[]> again(
        Origin origin, Optional<ConsumerRecord<byte[], byte[]>> original, byte[] edited) {
      String topic = origin.position().topic();
      if (original.isEmpty()) {
        byte[] key = KafkaSender.utf8(origin.key());
        return new ProducerRecord<>(topic, key, edited);
      }
      ConsumerRecord<byte[], byte[]> record = original.get();
      return new ProducerRecord<>(
          topic, null, record.key(), edited == null ? record.value() : edited, record.headers());
    }
  }
}
