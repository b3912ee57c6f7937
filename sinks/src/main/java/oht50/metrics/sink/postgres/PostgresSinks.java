package oht50.metrics.sink.postgres;

import oht50.metrics.mission.MissionAttempt;
import oht50.metrics.model.AlertTransition;
import oht50.metrics.model.Event;
import oht50.metrics.model.LatePoint;
import oht50.metrics.model.LatestPoint;
import oht50.metrics.model.PointChunk;
import oht50.metrics.model.Registration;
import oht50.metrics.model.Rejected;
import oht50.metrics.model.RepairWindow;
import oht50.metrics.model.Rollup;
import oht50.metrics.model.RuleSetEntry;
import oht50.metrics.model.SeriesEntry;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.connector.jdbc.JdbcExecutionOptions;
import org.apache.flink.connector.jdbc.JdbcStatementBuilder;
import org.apache.flink.connector.jdbc.datasource.statements.SimpleJdbcQueryStatement;

/**
 * The sinks of one database. Rows of {@code Stampable} types must be stamped before; a repeat of a
 * row changes nothing, so that all but the transitions are at least once without a reader noticing.
 */
public final class PostgresSinks {
  private static final int JDBC_BATCH_ROWS = 1_000;
  private static final long JDBC_BATCH_INTERVAL_MILLIS = 1_000;
  private static final int JDBC_RETRIES = 5;

  private final PostgresConnection connection;
  private final WriteOptions options;

  public PostgresSinks(PostgresConnection connection, WriteOptions options) {
    this.connection = connection;
    this.options = options;
  }

  /** To {@code rollups}, with revision, cause and history; see {@code docs/tables.md}. */
  public Sink<Rollup> rollupsSink() {
    return new UpsertSink<>(new RollupsTable(), connection, options);
  }

  /** To {@code chunks}. */
  public Sink<PointChunk> chunksSink() {
    return new UpsertSink<>(new ChunksTable(), connection, options);
  }

  /** To {@code late_points}, asking for the repair of the minutes they change. */
  public Sink<LatePoint> latePointsSink() {
    return new UpsertSink<>(new LatePointsTable(LatePointsTable.LATE), connection, options);
  }

  /** To {@code latest_points}. */
  public Sink<LatestPoint> latestPointsSink() {
    return new UpsertSink<>(new LatestPointsTable(), connection, options);
  }

  /** To {@code alert_transitions}, each when its checkpoint completes. */
  public Sink<AlertTransition> transitionsSink() {
    return new TransitionsSink(connection, options);
  }

  /** To {@code series}, the catalog. */
  public Sink<SeriesEntry> seriesSink() {
    return jdbcSink(SeriesStatement.SQL, SeriesStatement::bind);
  }

  /** To {@code repair_windows}. */
  public Sink<RepairWindow> repairWindowsSink() {
    return jdbcSink(RepairWindowStatement.SQL, RepairWindowStatement::bind);
  }

  /** To {@code events}. */
  public Sink<Event> eventsSink() {
    return jdbcSink(EventStatement.SQL, EventStatement::bind);
  }

  /** To {@code mission_attempts}. */
  public Sink<MissionAttempt> missionsSink() {
    return new UpsertSink<>(new MissionsTable(), connection, options);
  }

  /** To {@code registrations}. */
  public Sink<Registration> registrationsSink() {
    return jdbcSink(RegistrationStatement.SQL, RegistrationStatement::bind);
  }

  /** To {@code rule_sets}. */
  public Sink<RuleSetEntry> ruleSetsSink() {
    return jdbcSink(RuleSetStatement.SQL, RuleSetStatement::bind);
  }

  /** To {@code rejected}. */
  public Sink<Rejected> rejectedSink() {
    return jdbcSink(RejectedStatement.SQL, RejectedStatement::bind);
  }

  private <T> Sink<T> jdbcSink(String sql, JdbcStatementBuilder<T> binding) {
    return new ReplayableSink<>(
        new Connections(connection),
        options.patience(),
        JdbcExecutionOptions.builder()
            .withBatchSize(JDBC_BATCH_ROWS)
            .withBatchIntervalMs(JDBC_BATCH_INTERVAL_MILLIS)
            .withMaxRetries(JDBC_RETRIES)
            .build(),
        new SimpleJdbcQueryStatement<>(sql, binding));
  }
}
