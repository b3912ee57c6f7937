package oht50.metrics.sink.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;

/**
 * What the tables need now and then, in rounds of short transactions, for one thread. Late points
 * become part of their chunks ({@code merge_late_points}), and the history gets its months ({@code
 * maintain_rollup_history}). A round that is cut off anywhere, or made by two at once, does no
 * harm: each transaction is all or nothing, and the next round goes on.
 */
public final class Maintenance implements AutoCloseable {
  private static final String MERGE =
      "SELECT merged_chunks, merged_points FROM merge_late_points(?, ? * interval '1 millisecond')";
  private static final Duration HISTORY_PAUSE = Duration.ofHours(1);
  private static final String HISTORY = "SELECT maintain_rollup_history()";

  private final Connections connections;
  private final Duration settle;
  private final int chunksPerStep;
  private final int stepsPerRound;
  private long nextHistoryNanos = System.nanoTime();

  /**
   * @param settle how long a late point waits for others of its chunk before it is merged
   * @param chunksPerStep how many chunks a transaction may rewrite; late points wait to be stored
   *     for as long as it takes
   * @param stepsPerRound how many transactions a round may make
   */
  public Maintenance(
      PostgresConnection settings, Duration settle, int chunksPerStep, int stepsPerRound) {
    this.connections = new Connections(settings);
    this.settle = settle;
    this.chunksPerStep = chunksPerStep;
    this.stepsPerRound = stepsPerRound;
  }

  /** One round: until nothing is left to be merged, or the round has made all its steps. */
  public Maintained round() throws SQLException {
    try {
      long chunks = 0;
      long points = 0;
      for (int step = 0; step < stepsPerRound; step++) {
        Maintained merged = merge();
        chunks += merged.chunks();
        points += merged.points();
        if (merged.chunks() == 0) {
          break;
        }
      }
      history();
      return new Maintained(chunks, points);
    } catch (SQLException e) {
      connections.closeConnection();
      throw e;
    }
  }

  /** Where somebody else holds what it needs there is nothing to be merged just now. */
  private Maintained merge() throws SQLException {
    try (PreparedStatement merge = open().prepareStatement(MERGE)) {
      merge.setInt(1, chunksPerStep);
      merge.setLong(2, settle.toMillis());
      try (ResultSet row = merge.executeQuery()) {
        row.next();
        return new Maintained(row.getLong(1), row.getLong(2));
      }
    } catch (SQLException e) {
      if (SqlFailure.isLockNotAvailable(e)) {
        return new Maintained(0, 0);
      }
      throw e;
    }
  }

  private void history() throws SQLException {
    if (System.nanoTime() - nextHistoryNanos < 0) {
      return;
    }
    try (PreparedStatement history = open().prepareStatement(HISTORY)) {
      history.execute();
    } catch (SQLException e) {
      if (!SqlFailure.isLockNotAvailable(e)) {
        throw e;
      }
      // While it waits for a long question, those who correct rows wait for it.
      nextHistoryNanos = System.nanoTime() + HISTORY_PAUSE.toNanos();
    }
  }

  private Connection open() throws SQLException {
    try {
      return connections.getOrEstablishConnection();
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException("the PostgreSQL driver is not on the class path", e);
    }
  }

  @Override
  public void close() {
    connections.closeConnection();
  }
}
