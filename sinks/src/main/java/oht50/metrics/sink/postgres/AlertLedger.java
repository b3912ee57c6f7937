package oht50.metrics.sink.postgres;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import oht50.metrics.model.AlertState;
import oht50.metrics.model.AlertTransition;
import oht50.metrics.model.Cause;
import oht50.metrics.model.Evidence;
import oht50.metrics.model.Labels;
import oht50.metrics.sink.EvidenceJson;

/**
 * What the database knows of the topics of alerts: which transitions must be on them, which were
 * seen there, and how far the topics have been read. Notes of records and of the position behind
 * them are one transaction. For one thread.
 */
public final class AlertLedger implements AutoCloseable {
  private static final TypeReference<TreeMap<String, String>> TEXTS = new TypeReference<>() {};
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final String UNDELIVERED =
      """
      SELECT transition_id, alert_id, rule, state, previous_state, withdrawn, turn, cause, labels,
        annotations, value, to_millis(active_at), to_millis(starts_at), to_millis(ends_at),
        to_millis(decided_at), replaces, rule_version, evidence, epoch, seq
      FROM alert_transitions AS t
      WHERE stored_at >= ?
        AND NOT EXISTS (SELECT FROM alert_deliveries AS d
          WHERE d.transition_id = t.transition_id AND d.turn = t.turn)
      ORDER BY epoch, seq
      LIMIT ?
      """;

  private final Connections connections;

  public AlertLedger(PostgresConnection settings) {
    this.connections = new Connections(settings);
  }

  /** A transition, by its key. */
  public record Key(String transitionId, int turn) {}

  /** A record of the alerts topic. */
  public record Delivery(Key key, String topic, int partition, long offset, boolean republished) {}

  /**
   * A record of the fast lane.
   *
   * @param record its JSON
   * @param publishedAt append time, ms
   */
  public record Provisional(Key key, String record, long publishedAt) {}

  /** Now, by the clock of the database. */
  public Instant now() throws SQLException {
    try (PreparedStatement query = prepare("SELECT now()");
        ResultSet row = query.executeQuery()) {
      row.next();
      return row.getTimestamp(1).toInstant();
    }
  }

  /** Transitions stored since an instant that no record was seen of, oldest first. */
  public List<AlertTransition> undelivered(Instant since, int limit) throws SQLException {
    List<AlertTransition> transitions = new ArrayList<>();
    try (PreparedStatement query = prepare(UNDELIVERED)) {
      query.setTimestamp(1, Timestamp.from(since));
      query.setInt(2, limit);
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          transitions.add(transition(row));
        }
      }
    }
    return transitions;
  }

  /** Partition -> offset of the next record to read; none for a partition never read. */
  public Map<Integer, Long> positions(String topic) throws SQLException {
    Map<Integer, Long> positions = new HashMap<>();
    try (PreparedStatement query =
        prepare("SELECT partition, next_offset FROM alert_topic_positions WHERE topic = ?")) {
      query.setString(1, topic);
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          positions.put(row.getInt(1), row.getLong(2));
        }
      }
    }
    return positions;
  }

  /** Notes records that were read, up to the given positions. */
  public void noteDeliveries(String topic, List<Delivery> deliveries, Map<Integer, Long> next)
      throws SQLException {
    inTransaction(
        () -> {
          try (PreparedStatement insert =
              prepare(
                  "INSERT INTO alert_deliveries (transition_id, turn, topic, partition,"
                      + " record_offset, republished) VALUES (?, ?, ?, ?, ?, ?)"
                      + " ON CONFLICT (transition_id, turn) DO NOTHING")) {
            for (Delivery delivery : deliveries) {
              bind(insert, delivery.key());
              insert.setString(3, delivery.topic());
              insert.setInt(4, delivery.partition());
              insert.setLong(5, delivery.offset());
              insert.setBoolean(6, delivery.republished());
              insert.addBatch();
            }
            insert.executeBatch();
          }
          notePositions(topic, next);
        });
  }

  /** Notes provisional records that were read, up to the given positions. */
  public void noteProvisional(String topic, List<Provisional> records, Map<Integer, Long> next)
      throws SQLException {
    inTransaction(
        () -> {
          try (PreparedStatement insert =
              prepare(
                  "INSERT INTO provisional_alerts (transition_id, turn, record, published_at)"
                      + " VALUES (?, ?, ?, from_millis(?)) ON CONFLICT (transition_id, turn)"
                      + " DO UPDATE SET record = excluded.record, published_at ="
                      + " excluded.published_at, withdrawn_at = NULL")) {
            for (Provisional record : records) {
              bind(insert, record.key());
              insert.setString(3, SafeText.of(record.record()));
              insert.setLong(4, record.publishedAt());
              insert.addBatch();
            }
            insert.executeBatch();
          }
          notePositions(topic, next);
        });
  }

  /** Provisional records whose transition is stored, which makes them true. */
  public List<Provisional> confirmable(int limit) throws SQLException {
    return provisional(
        "SELECT transition_id, turn, record, to_millis(published_at) FROM provisional_alerts"
            + " JOIN alert_transitions USING (transition_id, turn) LIMIT ?",
        limit);
  }

  /** Provisional records that are neither confirmed nor withdrawn. */
  public List<Provisional> unresolved(int limit) throws SQLException {
    return provisional(
        "SELECT transition_id, turn, record, to_millis(published_at) FROM provisional_alerts"
            + " WHERE withdrawn_at IS NULL ORDER BY published_at LIMIT ?",
        limit);
  }

  /** Their confirmation is on the topic. */
  public void confirmed(List<Provisional> records) throws SQLException {
    forEach("DELETE FROM provisional_alerts WHERE transition_id = ? AND turn = ?", records);
  }

  /** Their withdrawal is on the topic; should they turn out to be true, that is still noticed. */
  public void withdrawn(List<Provisional> records) throws SQLException {
    forEach(
        "UPDATE provisional_alerts SET withdrawn_at = now() WHERE transition_id = ? AND turn = ?",
        records);
  }

  /** Lets go of notes that nobody will ask for. */
  public void forgetBefore(Instant instant) throws SQLException {
    for (String delete :
        List.of(
            "DELETE FROM alert_deliveries WHERE seen_at < ?",
            "DELETE FROM provisional_alerts WHERE withdrawn_at < ?")) {
      try (PreparedStatement statement = prepare(delete)) {
        statement.setTimestamp(1, Timestamp.from(instant));
        statement.executeUpdate();
      }
    }
  }

  @Override
  public void close() {
    connections.closeConnection();
  }

  private List<Provisional> provisional(String sql, int limit) throws SQLException {
    List<Provisional> records = new ArrayList<>();
    try (PreparedStatement query = prepare(sql)) {
      query.setInt(1, limit);
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          Key key = new Key(row.getString(1), row.getInt(2));
          records.add(new Provisional(key, row.getString(3), row.getLong(4)));
        }
      }
    }
    return records;
  }

  private void forEach(String sql, List<Provisional> records) throws SQLException {
    inTransaction(
        () -> {
          try (PreparedStatement statement = prepare(sql)) {
            for (Provisional record : records) {
              bind(statement, record.key());
              statement.addBatch();
            }
            statement.executeBatch();
          }
        });
  }

  private void notePositions(String topic, Map<Integer, Long> next) throws SQLException {
    try (PreparedStatement upsert =
        prepare(
            "INSERT INTO alert_topic_positions (topic, partition, next_offset) VALUES (?, ?, ?)"
                + " ON CONFLICT (topic, partition) DO UPDATE SET next_offset ="
                + " excluded.next_offset")) {
      for (Map.Entry<Integer, Long> position : next.entrySet()) {
        upsert.setString(1, topic);
        upsert.setInt(2, position.getKey());
        upsert.setLong(3, position.getValue());
        upsert.addBatch();
      }
      upsert.executeBatch();
    }
  }

  private interface Work {
    void run() throws SQLException;
  }

  private void inTransaction(Work work) throws SQLException {
    Connection connection = connection();
    connection.setAutoCommit(false);
    try {
      work.run();
      connection.commit();
    } catch (SQLException | RuntimeException e) {
      connections.closeConnection(); // which rolls back
      throw e;
    }
    connection.setAutoCommit(true);
  }

  private PreparedStatement prepare(String sql) throws SQLException {
    return connection().prepareStatement(sql);
  }

  private Connection connection() throws SQLException {
    try {
      return connections.getOrEstablishConnection();
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException("the PostgreSQL driver is not on the class path", e);
    }
  }

  private static void bind(PreparedStatement statement, Key key) throws SQLException {
    statement.setString(1, SafeText.of(key.transitionId()));
    statement.setInt(2, key.turn());
  }

  private static AlertTransition transition(ResultSet row) throws SQLException {
    return new AlertTransition(
        row.getString(1),
        row.getString(2),
        row.getString(3),
        AlertState.ofWord(row.getString(4)),
        AlertState.ofWord(row.getString(5)),
        row.getBoolean(6),
        row.getInt(7),
        Cause.ofWord(row.getString(8)),
        labels(row.getString(9)),
        labels(row.getString(10)),
        row.getDouble(11),
        row.getLong(12),
        instant(row, 13),
        instant(row, 14),
        row.getLong(15),
        row.getString(16),
        new Evidence(row.getLong(17), EvidenceJson.read(row.getString(18))),
        row.getLong(19),
        row.getLong(20));
  }

  private static long instant(ResultSet row, int column) throws SQLException {
    long millis = row.getLong(column);
    return row.wasNull() ? AlertTransition.OPEN : millis;
  }

  private static Labels labels(String json) {
    try {
      return Labels.of(JSON.readValue(json, TEXTS));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("labels that this job has written cannot be read", e);
    }
  }
}
