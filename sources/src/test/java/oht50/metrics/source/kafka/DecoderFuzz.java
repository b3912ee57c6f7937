package oht50.metrics.source.kafka;

import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import oht50.metrics.model.Event;
import oht50.metrics.model.Position;
import oht50.metrics.model.RejectReason;
import oht50.metrics.model.Rejected;
import oht50.metrics.model.SampleBatch;
import oht50.metrics.source.Decoded;
import oht50.metrics.source.DecodedCodec;

/**
 * Changed messages through the decoders of their topics. Nothing may be thrown; what comes out must
 * be something that the job can take. Arguments: how many messages, the first seed.
 *
 * <p>A program of its own, so that it can be given little memory.
 */
public final class DecoderFuzz {
  private static final ZoneId SITE = ZoneId.of("Asia/Ho_Chi_Minh");
  private static final Duration MAX_AHEAD = DecoderFactory.STANDARD_MAX_AHEAD;
  private static final int THREADS = 2;
  private static final int ENCODED_EVERY = 64;

  /** A record of a MiB may say that much and no more; what it says of itself is added. */
  private static final int MOST_REJECTS = Draft.MAX_REJECTS + 1;

  private enum Topic {
    TELEMETRY(
        "oht50.telemetry",
        DecoderFactory.telemetry(MAX_AHEAD, SITE),
        "telemetry-v2.json",
        "telemetry-v0.2.json",
        "telemetry-firmware.json",
        "telemetry-events.jsonl",
        "telemetry-rest.jsonl",
        "telemetry-websocket.jsonl",
        "center-messages.jsonl",
        "module-telemetry.json",
        "module-telemetry-create.jsonl",
        "rs485-telemetry.json",
        "rs485-telemetry-with-comments.txt"),
    MISSIONS(
        "oht50.missions",
        DecoderFactory.missions(MAX_AHEAD),
        "mission-events.jsonl",
        "mission-record.json"),
    SAFETY("oht50.safety", DecoderFactory.safety(MAX_AHEAD), "safety-events.jsonl"),
    POINTS("oht50.points", DecoderFactory.points(MAX_AHEAD), "metric-points.json"),
    HOST("oht50.host", DecoderFactory.host(MAX_AHEAD), "telegraf.jsonl"),
    MODULES(
        "oht50.modules",
        DecoderFactory.modules(MAX_AHEAD, SITE),
        "module-events.jsonl",
        "mode-events.jsonl"),
    CONFIG("oht50.config", DecoderFactory.config(MAX_AHEAD), "config-events.jsonl"),
    LOGS("oht50.logs", DecoderFactory.logs(MAX_AHEAD), "logs.jsonl"),
    PERFORMANCE(
        "oht50.performance", DecoderFactory.performance(MAX_AHEAD), "performance-events.jsonl"),
    EXTERNAL_ALERTS(
        "oht50.alerts.external", DecoderFactory.externalAlerts(MAX_AHEAD, SITE), "alerts-in.jsonl"),
    VDA_STATE(
        "vda5050.state",
        DecoderFactory.vdaState(MAX_AHEAD),
        "vda5050-state-2.0.json",
        "vda5050-state-2.1.json",
        "vda5050-state-3.0.json"),
    VDA_CONNECTION(
        "vda5050.connection", DecoderFactory.vdaConnection(MAX_AHEAD), "vda5050-connection.jsonl"),
    REGISTRY("oht50.registry", DecoderFactory.registry(), "registry.jsonl");

    private final String topic;
    private final DecoderFactory decoders;
    private final List<byte[]> messages;

    Topic(String topic, DecoderFactory decoders, String... files) {
      this.topic = topic;
      this.decoders = decoders;
      this.messages = Stream.of(files).flatMap(Topic::messages).toList();
    }

    private static Stream<byte[]> messages(String file) {
      Stream<String> texts =
          file.endsWith(".jsonl")
              ? Records.exampleLines(file).stream()
              : Stream.of(Records.example(file));
      return texts.map(text -> text.getBytes(StandardCharsets.UTF_8));
    }
  }

  private record Seed(Topic topic, byte[] message) {}

  private static final List<Seed> SEEDS =
      Stream.of(Topic.values())
          .flatMap(topic -> topic.messages.stream().map(message -> new Seed(topic, message)))
          .toList();

  private final Mutations mutations;
  private final Map<Topic, Decoder> decoders = new EnumMap<>(Topic.class);
  private final DecodedCodec codec = new DecodedCodec();
  private final Map<RejectReason, Long> rejects = new EnumMap<>(RejectReason.class);
  private long clean;

  private DecoderFuzz(long seed) {
    mutations = new Mutations(SEEDS.stream().map(Seed::message).toList(), seed);
    for (Topic topic : Topic.values()) {
      decoders.put(topic, topic.decoders.create());
    }
  }

  public static void main(String[] args) throws Exception {
    long messages = Long.parseLong(args[0]);
    long firstSeed = args.length > 1 ? Long.parseLong(args[1]) : 1;
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    List<Future<DecoderFuzz>> runs = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      long seed = firstSeed + i;
      runs.add(threads.submit(() -> new DecoderFuzz(seed).run(messages / THREADS)));
    }
    Map<RejectReason, Long> rejects = new EnumMap<>(RejectReason.class);
    long clean = 0;
    for (Future<DecoderFuzz> run : runs) {
      run.get().rejects.forEach((reason, count) -> rejects.merge(reason, count, Long::sum));
      clean += run.get().clean;
    }
    threads.shutdown();
    System.out.println(messages + " messages, " + clean + " without a reject; rejects " + rejects);
  }

  private DecoderFuzz run(long messages) {
    for (long i = 0; i < messages; i++) {
      int seed = mutations.anyOf(SEEDS.size());
      Topic topic = SEEDS.get(seed).topic();
      byte[] message = mutations.next(seed);
      RawRecord record =
          new RawRecord(
              new Position(topic.topic, 0, i), Records.utf8("R-1"), message, Records.ARRIVAL);
      try {
        Decoded decoded = decoders.get(topic).decode(record);
        check(decoded);
        if (i % ENCODED_EVERY == 0) {
          codec.write(decoded, new DataOutputStream(OutputStream.nullOutputStream()));
        }
      } catch (RuntimeException | IOException | StackOverflowError e) {
        throw new AssertionError(
            topic + ": " + new String(message, StandardCharsets.ISO_8859_1), e);
      }
    }
    return this;
  }

  private void check(Decoded decoded) {
    for (SampleBatch batch : decoded.batches()) {
      for (int i = 0; i < batch.size(); i++) {
        if (!Double.isFinite(batch.values()[i])) {
          throw new IllegalStateException(
              batch.layout().series(i) + " = " + batch.values()[i] + ", which JSON cannot say");
        }
        if (batch.layout().series(i).name().isEmpty() || batch.timestamp(i) <= 0) {
          throw new IllegalStateException("no sample: " + batch.layout().series(i));
        }
      }
    }
    for (Event event : decoded.events()) {
      if (event.id() == null || event.id().isEmpty() || event.timestamp() <= 0) {
        throw new IllegalStateException("no event: " + event);
      }
    }
    if (decoded.rejected().length > MOST_REJECTS) {
      throw new IllegalStateException(decoded.rejected().length + " rejects of one record");
    }
    for (Rejected rejected : decoded.rejected()) {
      rejects.merge(rejected.reason(), 1L, Long::sum);
    }
    clean += decoded.rejected().length == 0 ? 1 : 0;
  }
}
