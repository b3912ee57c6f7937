package oht50.metrics.sink.repair;

import java.io.Serializable;
import java.time.Duration;
import java.util.Map;
import oht50.metrics.sink.postgres.PostgresConnection;

/**
 * What is repaired, and how much at once.
 *
 * @param properties handed to the Kafka producer
 * @param transactionalId used by no other producer of the cluster: opening one ends the one before
 * @param askAgain how long a series has to say how far its state reaches back
 * @param expiry how long what a series said counts after it
 * @param maxRequests how many requests a round takes
 * @param maxPoints how many points a record, and a round, may carry; about 50 bytes of memory each
 */
public record RepairSettings(
    String bootstrapServers,
    Map<String, String> properties,
    String topic,
    String transactionalId,
    PostgresConnection postgres,
    Duration askAgain,
    Duration expiry,
    int maxRequests,
    int maxPoints)
    implements Serializable {
  public static final int MAX_REQUESTS = 2_000;
  public static final int MAX_POINTS = 2_000_000;
}
