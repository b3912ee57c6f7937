package oht50.metrics.sink.reconcile;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import oht50.metrics.model.AlertTransition;
import oht50.metrics.sink.kafka.AlertRecord;
import oht50.metrics.sink.kafka.FastAlertRecord;
import oht50.metrics.sink.postgres.AlertLedger;
import oht50.metrics.sink.postgres.AlertLedger.Delivery;
import oht50.metrics.sink.postgres.AlertLedger.Key;
import oht50.metrics.sink.postgres.AlertLedger.Provisional;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Makes the topics of alerts agree with {@code alert_transitions}, which hold what completed
 * checkpoints decided. In rounds, by one thread.
 *
 * <ul>
 *   <li><b>Alerts topic.</b> Kafka may refuse to commit what a checkpoint has promised (an outage
 *       longer than the transaction timeout), and the connector only counts it. A transition that
 *       was in the table before the topic was read to its end, and is not on it, was swallowed: no
 *       clock is needed to know that, because its record had been written before the row. It is
 *       published again, marked with {@link AlertRecord#REPUBLISHED_HEADER}.
 *   <li><b>Fast lane.</b> A provisional record is confirmed when its transition is in the table. It
 *       is withdrawn when a completed checkpoint holds everything that had come in before the
 *       record was seen, and the transition has not turned up for the settling time after that.
 * </ul>
 *
 * Published first and noted afterwards: a crash in between publishes again what readers drop by
 * {@code transition_id} and {@code turn}.
 */
public final class AlertReconciler implements AutoCloseable {
  private static final Duration READ_PATIENCE = Duration.ofSeconds(20);
  private static final Duration REMEMBERED = Duration.ofDays(7);
  // Between the stamp of a row and its being seen by others.
  private static final Duration COMMIT_SLACK = Duration.ofMinutes(2);
  private static final int BATCH = 5_000;

  private final ReconcileSettings settings;
  private final AlertLedger ledger;
  private final TopicEnds ends;
  private final TopicTail tail;
  private final KafkaProducer<byte[], byte[]> producer;
  private final PendingWithdrawals pending;

  private Instant deliveredUntil; // every transition stored before it is on the topic
  private long nextComparisonNanos = System.nanoTime();

  public AlertReconciler(ReconcileSettings settings) throws SQLException {
    this.settings = settings;
    Properties clients = new Properties();
    clients.putAll(settings.properties());
    clients.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrapServers());
    this.ledger = new AlertLedger(settings.postgres());
    this.ends = new TopicEnds(clients);
    this.tail = new TopicTail(clients);
    this.pending = new PendingWithdrawals(settings.settle());
    Properties producing = new Properties();
    producing.putAll(clients);
    producing.put(ProducerConfig.ACKS_CONFIG, "all");
    producing.put(ProducerConfig.LINGER_MS_CONFIG, "0");
    this.producer =
        new KafkaProducer<>(producing, new ByteArraySerializer(), new ByteArraySerializer());
    this.deliveredUntil = ledger.now().minus(REMEMBERED);
    ledger.forgetBefore(deliveredUntil.minus(REMEMBERED));
  }

  /**
   * One round. A failure leaves nothing undone for good: the next round begins with what is noted.
   */
  public Reconciled round() throws SQLException, ExecutionException, InterruptedException {
    long republished = 0;
    if (System.nanoTime() - nextComparisonNanos >= 0) {
      republished = compareAlerts();
      nextComparisonNanos = System.nanoTime() + settings.interval().toNanos();
    }
    readFastLane();
    return new Reconciled(republished, confirm(), withdraw());
  }

  private long compareAlerts() throws SQLException, ExecutionException, InterruptedException {
    Instant now = ledger.now();
    List<AlertTransition> missing = ledger.undelivered(deliveredUntil, BATCH);
    if (missing.isEmpty()) {
      deliveredUntil = now.minus(COMMIT_SLACK);
      return 0;
    }
    // The order is the proof: these rows were stored before the topic's end was asked for.
    Map<TopicPartition, Long> end = ends.of(List.of(settings.alerts()));
    Set<Key> seen = new HashSet<>();
    boolean isComplete =
        tail.read(
            ledger.positions(settings.alerts()),
            end,
            READ_PATIENCE,
            (records, next) -> {
              List<Delivery> deliveries = deliveries(records);
              deliveries.forEach(delivery -> seen.add(delivery.key()));
              ledger.noteDeliveries(settings.alerts(), deliveries, next);
            });
    if (!isComplete) {
      return 0; // an open transaction may hold them: decided in a later round
    }
    List<ProducerRecord<byte[], byte[]>> again = new ArrayList<>();
    for (AlertTransition transition : missing) {
      if (!seen.contains(new Key(transition.transitionId(), transition.turn()))) {
        again.add(republication(transition));
      }
    }
    publish(again);
    return again.size();
  }

  private ProducerRecord<byte[], byte[]> republication(AlertTransition transition) {
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(
            settings.alerts(), AlertRecord.key(transition), AlertRecord.value(transition));
    record.headers().add(AlertRecord.REPUBLISHED_HEADER, "1".getBytes(StandardCharsets.US_ASCII));
    return record;
  }

  private static List<Delivery> deliveries(List<ConsumerRecord<byte[], byte[]>> records) {
    List<Delivery> deliveries = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> record : records) {
      JsonNode fields = FastAlertRecord.fields(record.value());
      if (fields.has("transition_id")) {
        Header mark = record.headers().lastHeader(AlertRecord.REPUBLISHED_HEADER);
        deliveries.add(
            new Delivery(
                key(fields), record.topic(), record.partition(), record.offset(), mark != null));
      }
    }
    return deliveries;
  }

  private void readFastLane() throws SQLException, ExecutionException, InterruptedException {
    String topic = settings.fastAlerts();
    tail.read(
        ledger.positions(topic),
        ends.of(List.of(topic)),
        READ_PATIENCE,
        (records, next) -> {
          List<Provisional> provisional = new ArrayList<>();
          for (ConsumerRecord<byte[], byte[]> record : records) {
            JsonNode fields = FastAlertRecord.fields(record.value());
            if (FastAlertRecord.isProvisional(fields)) {
              String text = new String(record.value(), StandardCharsets.UTF_8);
              provisional.add(new Provisional(key(fields), text, record.timestamp()));
            }
          }
          ledger.noteProvisional(topic, provisional, next);
        });
  }

  private long confirm() throws SQLException, ExecutionException, InterruptedException {
    List<Provisional> confirmed = ledger.confirmable(BATCH);
    resolve(confirmed, FastAlertRecord.Status.CONFIRMED);
    ledger.confirmed(confirmed);
    return confirmed.size();
  }

  private long withdraw() throws SQLException, ExecutionException, InterruptedException {
    List<Provisional> unresolved = ledger.unresolved(BATCH);
    if (unresolved.isEmpty()) {
      return 0;
    }
    Map<TopicPartition, Long> inputEnds = ends.of(settings.inputs());
    Map<TopicPartition, Long> held = ends.committed(settings.group());
    List<Provisional> withdrawn = new ArrayList<>();
    for (Provisional record : unresolved) {
      if (pending.isOver(record.key(), inputEnds, held)) {
        withdrawn.add(record);
      }
    }
    resolve(withdrawn, FastAlertRecord.Status.WITHDRAWN);
    ledger.withdrawn(withdrawn);
    pending.keepOnly(unresolved.stream().map(Provisional::key).toList());
    return withdrawn.size();
  }

  private void resolve(List<Provisional> records, FastAlertRecord.Status status)
      throws ExecutionException, InterruptedException {
    List<ProducerRecord<byte[], byte[]>> resolved = new ArrayList<>();
    for (Provisional each : records) {
      resolved.add(
          new ProducerRecord<>(
              settings.fastAlerts(),
              FastAlertRecord.key(each.record()),
              FastAlertRecord.with(status, each.record())));
    }
    publish(resolved);
  }

  /** Returns when the broker has them. */
  private void publish(List<ProducerRecord<byte[], byte[]>> records)
      throws ExecutionException, InterruptedException {
    List<Future<?>> sent = new ArrayList<>();
    records.forEach(record -> sent.add(producer.send(record)));
    for (Future<?> each : sent) {
      each.get();
    }
  }

  private static Key key(JsonNode fields) {
    return new Key(fields.path("transition_id").asText(), fields.path("turn").asInt());
  }

  @Override
  public void close() {
    producer.close(Duration.ZERO);
    tail.close();
    ends.close();
    ledger.close();
  }
}
