package oht50.metrics.sink.reconcile;

import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import oht50.metrics.sink.postgres.PostgresConnection;

/**
 * What is reconciled.
 *
 * @param properties handed to every Kafka client
 * @param group the consumer group whose committed offsets say what completed checkpoints hold
 * @param inputs topics of the events that alerts are made of
 * @param alerts the audited topic
 * @param fastAlerts the fast lane
 * @param interval how often the audited topic is compared; the fast lane is read in every round
 * @param settle how long a provisional record may still become true after a completed checkpoint
 *     holds all that it can have been made of; longer than an outage of the database may last
 *     without a restart
 */
public record ReconcileSettings(
    String bootstrapServers,
    Map<String, String> properties,
    String group,
    List<String> inputs,
    String alerts,
    String fastAlerts,
    PostgresConnection postgres,
    Duration interval,
    Duration settle)
    implements Serializable {}
