package oht50.metrics.sink.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import oht50.metrics.model.AlertTransition;
import oht50.metrics.sink.EvidenceJson;

/** Transitions; a newer write of the same one replaces it. */
final class TransitionsTable implements Table<AlertTransition> {
  private static final long serialVersionUID = 1L;

  private static final String UPSERT =
      """
      INSERT INTO alert_transitions AS t (
        transition_id, turn, alert_id, rule, state, previous_state, withdrawn, cause, labels,
        annotations, value, active_at, starts_at, ends_at, decided_at, replaces, rule_version,
        evidence, epoch, seq)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?::jsonb, ?, from_millis(?), from_millis(?),
        from_millis(?), from_millis(?), ?, ?, ?::jsonb, ?, ?)
      ON CONFLICT (transition_id, turn) DO UPDATE SET
        alert_id = excluded.alert_id,
        rule = excluded.rule,
        state = excluded.state,
        previous_state = excluded.previous_state,
        withdrawn = excluded.withdrawn,
        cause = excluded.cause,
        labels = excluded.labels,
        annotations = excluded.annotations,
        value = excluded.value,
        active_at = excluded.active_at,
        starts_at = excluded.starts_at,
        ends_at = excluded.ends_at,
        decided_at = excluded.decided_at,
        replaces = excluded.replaces,
        rule_version = excluded.rule_version,
        evidence = excluded.evidence,
        epoch = excluded.epoch,
        seq = excluded.seq
      WHERE (excluded.epoch, excluded.seq) > (t.epoch, t.seq)
      """;

  @Override
  public String name() {
    return "alert_transitions";
  }

  @Override
  public Comparator<AlertTransition> byKey() {
    return Comparator.comparing((AlertTransition transition) -> transition.transitionId())
        .thenComparingInt(AlertTransition::turn);
  }

  @Override
  public Optional<AlertTransition> fold(AlertTransition held, AlertTransition incoming) {
    return Optional.of(
        Written.isNewer(incoming.epoch(), incoming.seq(), held.epoch(), held.seq())
            ? incoming
            : held);
  }

  @Override
  public int write(Connection connection, List<AlertTransition> rows) throws SQLException {
    int written = 0;
    try (PreparedStatement upsert = connection.prepareStatement(UPSERT)) {
      for (AlertTransition transition : rows) {
        bind(upsert, transition);
        upsert.addBatch();
      }
      for (int count : upsert.executeBatch()) {
        written += count;
      }
    }
    return written;
  }

  private static void bind(PreparedStatement upsert, AlertTransition transition)
      throws SQLException {
    upsert.setString(1, SafeText.of(transition.transitionId()));
    upsert.setInt(2, transition.turn());
    upsert.setString(3, SafeText.of(transition.alertId()));
    upsert.setString(4, SafeText.of(transition.rule()));
    upsert.setString(5, transition.state().word());
    upsert.setString(6, transition.previousState().word());
    upsert.setBoolean(7, transition.withdrawn());
    upsert.setString(8, transition.cause().word());
    upsert.setString(9, SafeText.json(transition.labels()));
    upsert.setString(10, SafeText.json(transition.annotations()));
    upsert.setDouble(11, transition.value());
    upsert.setLong(12, transition.activeAt());
    setInstant(upsert, 13, transition.startsAt());
    setInstant(upsert, 14, transition.endsAt());
    upsert.setLong(15, transition.decidedAt());
    upsert.setString(16, SafeText.of(transition.replaces()));
    upsert.setLong(17, transition.evidence().ruleVersion());
    upsert.setString(18, SafeText.of(EvidenceJson.write(transition.evidence().points())));
    upsert.setLong(19, transition.epoch());
    upsert.setLong(20, transition.seq());
  }

  private static void setInstant(PreparedStatement statement, int parameter, long millis)
      throws SQLException {
    if (millis == AlertTransition.OPEN) {
      statement.setNull(parameter, Types.BIGINT);
    } else {
      statement.setLong(parameter, millis);
    }
  }

  @Override
  public String describe(AlertTransition row) {
    return String.format("transition_id=%s, turn=%d", row.transitionId(), row.turn());
  }
}
