package oht50.metrics.sink.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import oht50.metrics.mission.MissionAttempt;

/**
 * The attempts of missions. Of two writes of one life the newer stands, withdrawn or not. Another
 * life of the mission in state may know less of it: it adds what is not known yet, and goes on
 * where its news are newer.
 */
final class MissionsTable implements Table<MissionAttempt> {
  private static final long serialVersionUID = 1L;

  private static final String UPSERT =
      """
      INSERT INTO mission_attempts AS m (
        mission_id, attempt, robot_id, mission_type, priority, status, since, queued_at, left_queue_at,
        executing_at, ended_at, incarnation, epoch, seq)
      SELECT i.mission_id, i.attempt, i.robot_id, i.mission_type, i.priority, i.status,
        from_millis(i.since), from_millis(i.queued_at), from_millis(i.left_queue_at),
        from_millis(i.executing_at), from_millis(i.ended_at), i.incarnation, i.epoch, i.seq
      FROM unnest(
        ?::text[], ?::bigint[], ?::text[], ?::text[], ?::text[], ?::text[], ?::bigint[], ?::bigint[],
        ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[])
        AS i (mission_id, attempt, robot_id, mission_type, priority, status, since, queued_at,
          left_queue_at, executing_at, ended_at, incarnation, epoch, seq)
      ON CONFLICT (mission_id, attempt) DO UPDATE SET
        (robot_id, mission_type, priority, status, since, queued_at, left_queue_at, executing_at,
          ended_at, incarnation, epoch, seq) =
        (SELECT
          CASE WHEN same THEN n.robot_id ELSE coalesce(n.robot_id, m.robot_id) END,
          CASE WHEN same THEN n.mission_type ELSE coalesce(n.mission_type, m.mission_type) END,
          CASE WHEN same THEN n.priority ELSE coalesce(n.priority, m.priority) END,
          CASE WHEN same OR newer THEN n.status ELSE m.status END,
          CASE WHEN same OR newer THEN n.since ELSE m.since END,
          CASE WHEN same THEN n.queued_at ELSE least(n.queued_at, m.queued_at) END,
          CASE WHEN same THEN n.left_queue_at ELSE least(n.left_queue_at, m.left_queue_at) END,
          CASE WHEN same THEN n.executing_at ELSE least(n.executing_at, m.executing_at) END,
          CASE WHEN same THEN n.ended_at ELSE least(n.ended_at, m.ended_at) END,
          n.incarnation, n.epoch, n.seq
        FROM (SELECT excluded.*) AS n,
          LATERAL (SELECT n.incarnation = m.incarnation AS same,
            m.ended_at IS NULL AND n.since IS NOT NULL AND (m.since IS NULL OR n.since >= m.since)
              AS newer) AS x)
      WHERE (excluded.epoch, excluded.seq) > (m.epoch, m.seq)
      """;

  @Override
  public String name() {
    return "mission_attempts";
  }

  @Override
  public Comparator<MissionAttempt> byKey() {
    return Comparator.comparing(MissionAttempt::mission).thenComparingInt(MissionAttempt::number);
  }

  @Override
  public Optional<MissionAttempt> fold(MissionAttempt held, MissionAttempt incoming) {
    if (held.incarnation() != incoming.incarnation()) {
      return Optional.empty();
    }
    boolean isNewer = Written.isNewer(incoming.epoch(), incoming.seq(), held.epoch(), held.seq());
    return Optional.of(isNewer ? incoming : held);
  }

  @Override
  public int write(Connection connection, List<MissionAttempt> rows) throws SQLException {
    try (PreparedStatement upsert = connection.prepareStatement(UPSERT)) {
      new Columns<>(upsert, rows)
          .texts(attempt -> SafeText.key(attempt.mission()))
          .longs(MissionAttempt::number)
          .texts(attempt -> SafeText.of(attempt.robot()))
          .texts(attempt -> SafeText.of(attempt.type()))
          .texts(attempt -> attempt.priority() == null ? null : attempt.priority().word())
          .texts(attempt -> attempt.isWithdrawn() ? null : attempt.status().word())
          .instants(MissionAttempt::since, MissionAttempt.UNKNOWN)
          .instants(MissionAttempt::queuedAt, MissionAttempt.UNKNOWN)
          .instants(MissionAttempt::leftQueueAt, MissionAttempt.UNKNOWN)
          .instants(MissionAttempt::executingAt, MissionAttempt.UNKNOWN)
          .instants(MissionAttempt::endedAt, MissionAttempt.UNKNOWN)
          .longs(MissionAttempt::incarnation)
          .longs(MissionAttempt::epoch)
          .longs(MissionAttempt::seq);
      return upsert.executeUpdate();
    }
  }

  @Override
  public String describe(MissionAttempt row) {
    return "mission_id=" + row.mission() + ", attempt=" + row.number();
  }
}
