package oht50.metrics.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import oht50.metrics.cli.replay.EventTimes;
import oht50.metrics.cli.replay.KeyRule;
import oht50.metrics.cli.replay.LineReader;
import oht50.metrics.cli.replay.Pace;
import oht50.metrics.cli.replay.Rebase;
import oht50.metrics.cli.replay.ReplayFile;
import oht50.metrics.cli.replay.ReplayRecord;
import org.apache.kafka.clients.admin.Admin;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code replay FILE}: a file of records into Kafka. */
@Command(
    name = "replay",
    mixinStandardHelpOptions = true,
    description = {
      "Send a file of JSON lines (also packed with gzip) to Kafka.",
      "With --topic every line is a value, sent as it is; without, every line is {topic, key, value}"
          + " and a line that is not is refused before anything is sent."
    })
final class ReplayCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private DataOption data;
  @Mixin private KafkaOption kafka;

  @Parameters(paramLabel = "FILE", description = "JSON lines, .gz or not.")
  private Path path;

  @Option(names = "--topic", paramLabel = "T", description = "Send all lines there.")
  private String topic;

  @Option(
      names = "--key",
      paramLabel = "K",
      description =
          "Key of all lines, or @FIELD of the line. Default: @name for oht50.points, @mission_id"
              + " for oht50.missions; other topics need one.")
  private String key;

  @Option(
      names = "--rebase",
      paramLabel = "now|INSTANT",
      description =
          "Shift all times by whole minutes: the newest becomes now, or with --speed N the first."
              + " Prints the base; --rebase INSTANT repeats it.")
  private String rebase;

  @Option(
      names = "--speed",
      paramLabel = "max|N",
      defaultValue = "max",
      description = "N times real time by event time; default: ${DEFAULT-VALUE}.")
  private String speed;

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (!Files.isReadable(path) || Files.isDirectory(path)) {
      throw CommandFailure.usage("cannot read " + path + "; is the path right?");
    }
    Pace pace = usage(() -> Pace.parse(speed));
    LineReader reader = lineReader();
    ReplayFile file = new ReplayFile(path);
    ReplayFile.Outline outline = outline(file, reader);
    Rebase shift = rebase == null ? null : rebase(outline, pace);
    String servers = kafka.bootstrapServers(data);
    requireTopics(outline, servers);
    if (shift != null) {
      spec.commandLine().getOut().println("base: " + shift.base());
      spec.commandLine().getOut().flush();
    }
    long begun = System.nanoTime();
    try (KafkaSender sender = KafkaSender.to(servers);
        ReplayProgress progress = new ReplayProgress(outline.lines())) {
      file.forEachLine(
          (line, number) -> {
            ReplayRecord record = reader.read(line);
            waitUntilDue(pace, outline, record.value(), begun);
            ReplayRecord shifted = shifted(record, shift);
            sender.send(shifted.topic(), shifted.key(), shifted.value());
            progress.step();
          });
    }
    summarise(outline, shift, Duration.ofNanos(System.nanoTime() - begun));
    return ExitCodes.OK;
  }

  private LineReader lineReader() {
    if (topic == null) {
      if (key != null) {
        throw CommandFailure.usage("--key needs --topic: without it each line names its own key");
      }
      return LineReader.records();
    }
    KeyRule rule =
        key != null
            ? KeyRule.parse(key)
            : KeyRule.defaultOf(topic)
                .orElseThrow(
                    () ->
                        CommandFailure.usage(
                            topic
                                + " needs a key: --key OHT-50-001 for all lines, or --key @FIELD to"
                                + " take it from each"));
    return LineReader.values(topic, rule);
  }

  private static ReplayFile.Outline outline(ReplayFile file, LineReader reader) throws IOException {
    try {
      return file.outline(reader);
    } catch (IllegalArgumentException e) {
      throw CommandFailure.usage(e.getMessage() + "; nothing was sent");
    }
  }

  private void requireTopics(ReplayFile.Outline outline, String servers)
      throws InterruptedException {
    Set<String> missing = new TreeSet<>(outline.topics());
    try (Admin admin = Admin.create(KafkaOption.clientProperties(servers))) {
      missing.removeAll(admin.listTopics().names().get());
    } catch (ExecutionException e) {
      throw KafkaOption.doesNotAnswer(servers, e);
    }
    if (!missing.isEmpty()) {
      String names = String.join(" ", missing);
      throw CommandFailure.unavailable(
          "there is no topic "
              + names
              + " at "
              + servers
              + "; nothing was sent. Create it: ./oht50 topics create "
              + names
              + data.asArgument());
    }
  }

  private Rebase rebase(ReplayFile.Outline outline, Pace pace) {
    if (outline.first() == null) {
      throw CommandFailure.usage(
          path + " has no time to shift (looked for ts, timestamp, …_time, …_at)");
    }
    Instant base;
    try {
      base =
          rebase.equalsIgnoreCase("now")
              ? Instant.now().truncatedTo(ChronoUnit.MILLIS)
              : Instant.parse(rebase);
    } catch (DateTimeParseException e) {
      throw CommandFailure.usage(
          "--rebase takes now or an instant such as 2026-11-24T18:50:00Z, not '" + rebase + "'");
    }
    return Rebase.onto(base, pace instanceof Pace.Unlimited ? outline.newest() : outline.first());
  }

  private static void waitUntilDue(
      Pace pace, ReplayFile.Outline outline, String value, long begunNanos) {
    if (pace instanceof Pace.Unlimited || value == null) {
      return;
    }
    Duration due =
        EventTimes.of(value).map(time -> pace.due(outline.first(), time)).orElse(Duration.ZERO);
    long millis = due.toMillis() - (System.nanoTime() - begunNanos) / 1_000_000;
    if (millis > 0) {
      try {
        Thread.sleep(millis);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw CommandFailure.problems("interrupted");
      }
    }
  }

  private static ReplayRecord shifted(ReplayRecord record, Rebase shift) {
    return shift == null || record.value() == null
        ? record
        : new ReplayRecord(
            record.topic(), record.key(), EventTimes.shift(record.value(), shift.minutes()));
  }

  private void summarise(ReplayFile.Outline outline, Rebase shift, Duration took) {
    PrintWriter err = spec.commandLine().getErr();
    err.printf(
        Locale.ROOT,
        "sent %d records in %.1f s%s%n",
        outline.lines(),
        took.toMillis() / 1000.0,
        shift == null
            ? ""
            : ", base " + shift.base() + ", all times " + shift.minutes() + " min later");
  }

  private static <T> T usage(java.util.function.Supplier<T> parse) {
    try {
      return parse.get();
    } catch (IllegalArgumentException e) {
      throw CommandFailure.usage(e.getMessage());
    }
  }
}
