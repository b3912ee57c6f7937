package oht50.metrics.cli.rules;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import oht50.metrics.cli.CommandFailure;
import oht50.metrics.model.AlertState;
import oht50.metrics.model.AlertTransition;
import oht50.metrics.model.Labels;
import oht50.metrics.model.MetricKind;
import oht50.metrics.model.StaleMarker;
import oht50.metrics.promql.syntax.LabelMatcher;
import oht50.metrics.promql.syntax.MatchOperator;
import oht50.metrics.ruleexplain.Catalogue;
import oht50.metrics.ruleexplain.ExplainPlan;
import oht50.metrics.ruleexplain.ExplainPlan.PointsNeeded;
import oht50.metrics.ruleexplain.PublishedAlert;
import oht50.metrics.ruleexplain.StoredPoints;

/** What the tables hold for an explanation. */
final class ExplainTables {
  /** More do not fit into the memory that a command should take. */
  private static final int MOST_POINTS = 3_000_000;

  private static final int ROWS_AT_ONCE = 10_000;

  /** As the view {@code points}, and with stale markers, by which rules see that a series ended. */
  private static final String POINTS =
      """
      SELECT s.series_id, s.metric_name, s.labels::text, s.kind, to_millis(p.at), p.value,
             p.value = 'NaN' AND float8send(p.value) = '\\x7ff0000000000002'
      FROM (
        SELECT series_id, metric_name, labels, kind,
               from_millis(CASE kind WHEN ? THEN ?::bigint ELSE ?::bigint END) AS after,
               from_millis(?) AS until
        FROM series
        WHERE metric_name = ANY (?) AND labels @> ?::jsonb
      ) AS s
      CROSS JOIN LATERAL (
        SELECT u.at, u.value
        FROM chunks c
        CROSS JOIN LATERAL (
          SELECT c.chunk_start + o.offset_ms * interval '1 millisecond' AS at, o.value
          FROM unnest(c.offsets_ms, c.point_values) AS o (offset_ms, value)
        ) AS u
        WHERE c.series_id = s.series_id
          AND c.chunk_start > s.after - interval '24 hours'
          AND c.chunk_start <= s.until
          AND u.at > s.after
          AND u.at <= s.until
          AND NOT EXISTS (
            SELECT FROM late_points l WHERE l.series_id = c.series_id AND l."timestamp" = u.at)
        UNION ALL
        SELECT l."timestamp", l.value
        FROM late_points l
        WHERE l.series_id = s.series_id AND l."timestamp" > s.after AND l."timestamp" <= s.until
      ) AS p
      """;

  private static final String ALERTS =
      """
      SELECT alert_id, labels::text, withdrawn, to_millis(active_at), to_millis(starts_at),
             to_millis(ends_at)
      FROM alerts
      WHERE rule = ? AND labels @> ?::jsonb
        AND active_at <= from_millis(?)
        AND (ends_at IS NULL OR ends_at >= from_millis(?))
      ORDER BY active_at, labels::text, alert_id
      """;

  private static final String TRANSITIONS =
      """
      SELECT alert_id, state, withdrawn, cause, to_millis(decided_at), turn
      FROM alert_transitions
      WHERE alert_id = ANY (?)
      ORDER BY alert_id, epoch, seq
      """;

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Connection connection;

  ExplainTables(Connection connection) {
    this.connection = connection;
  }

  Catalogue catalogue() throws SQLException {
    SortedMap<String, Long> metrics = new TreeMap<>();
    try (PreparedStatement statement =
            connection.prepareStatement(
                "SELECT metric_name, count(*) FROM series GROUP BY metric_name");
        ResultSet result = statement.executeQuery()) {
      while (result.next()) {
        metrics.put(result.getString(1), result.getLong(2));
      }
    }
    return new Catalogue(metrics);
  }

  /** The points that a plan needs. */
  StoredPoints points(ExplainPlan plan, Catalogue catalogue) throws SQLException {
    StoredPoints points = new StoredPoints();
    for (PointsNeeded needed : plan.points()) {
      read(needed, catalogue, points);
    }
    return points;
  }

  private void read(PointsNeeded needed, Catalogue catalogue, StoredPoints points)
      throws SQLException {
    Map<Long, Labels> wanted = new HashMap<>(); // id of a series -> null if it is none of these
    try (PreparedStatement statement = connection.prepareStatement(POINTS)) {
      statement.setFetchSize(ROWS_AT_ONCE);
      statement.setInt(1, MetricKind.DELTA.code());
      statement.setLong(2, needed.afterMillis() - StoredPoints.EXPIRY_MILLIS);
      statement.setLong(3, needed.afterMillis());
      statement.setLong(4, needed.untilMillis());
      statement.setArray(5, connection.createArrayOf("text", names(needed, catalogue)));
      statement.setString(6, json(equal(needed)));
      try (ResultSet result = statement.executeQuery()) {
        while (result.next()) {
          long id = result.getLong(1);
          if (!wanted.containsKey(id)) {
            Labels labels = labels(result.getString(3), result.getString(2));
            wanted.put(id, needed.includes(labels) ? labels : null);
          }
          if (wanted.get(id) != null) {
            put(result, wanted.get(id), points);
          }
        }
      }
    }
  }

  private static void put(ResultSet result, Labels labels, StoredPoints points)
      throws SQLException {
    if (points.size() == MOST_POINTS) {
      throw CommandFailure.problems(
          "the rule needs more than "
              + MOST_POINTS
              + " points; name the labels of one alert with --labels");
    }
    points.put(
        labels,
        result.getInt(4) == MetricKind.DELTA.code(),
        result.getLong(5),
        result.getBoolean(7) ? StaleMarker.VALUE : result.getDouble(6));
  }

  private static String[] names(PointsNeeded needed, Catalogue catalogue) {
    List<LabelMatcher> matchers =
        needed.matchers().stream()
            .filter(each -> each.name().equals(LabelMatcher.METRIC_NAME))
            .toList();
    return catalogue.seriesOfMetric().keySet().stream()
        .filter(name -> matchers.stream().allMatch(each -> each.matches(name)))
        .toArray(String[]::new);
  }

  /** Labels of which one value is asked for. */
  private static Map<String, String> equal(PointsNeeded needed) {
    Map<String, String> equal = new TreeMap<>(needed.part().labels());
    for (LabelMatcher matcher : needed.matchers()) {
      if (matcher.operator() == MatchOperator.EQUAL
          && !matcher.name().equals(LabelMatcher.METRIC_NAME)) {
        equal.put(matcher.name(), matcher.value());
      }
    }
    equal.values().removeIf(String::isEmpty); // asks for no label
    return equal;
  }

  /** What was published of a rule's alerts that were open at any time of those looked at. */
  List<PublishedAlert> published(ExplainPlan plan) throws SQLException {
    Map<String, String> labels = new TreeMap<>(plan.wanted().labels());
    labels.values().removeIf(String::isEmpty);
    Map<String, PublishedAlert> alerts = new TreeMap<>();
    List<String> ids = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(ALERTS)) {
      statement.setString(1, plan.rule().name());
      statement.setString(2, json(labels));
      statement.setLong(3, plan.tick());
      statement.setLong(4, plan.firstTick());
      try (ResultSet result = statement.executeQuery()) {
        while (result.next()) {
          PublishedAlert alert = alert(result);
          if (plan.wanted().meets(alert.labels())) {
            ids.add(result.getString(1));
            alerts.put(result.getString(1), alert);
          }
        }
      }
    }
    addPublications(alerts);
    return ids.stream().map(alerts::get).toList();
  }

  private static PublishedAlert alert(ResultSet result) throws SQLException {
    return new PublishedAlert(
        labels(result.getString(2), null),
        result.getBoolean(3),
        result.getLong(4),
        instant(result, 5),
        instant(result, 6),
        List.of());
  }

  private static long instant(ResultSet result, int column) throws SQLException {
    long millis = result.getLong(column);
    return result.wasNull() ? AlertTransition.OPEN : millis;
  }

  private void addPublications(Map<String, PublishedAlert> alerts) throws SQLException {
    Map<String, List<PublishedAlert.Publication>> publications = new HashMap<>();
    try (PreparedStatement statement = connection.prepareStatement(TRANSITIONS)) {
      statement.setArray(
          1, connection.createArrayOf("text", alerts.keySet().toArray(String[]::new)));
      try (ResultSet result = statement.executeQuery()) {
        while (result.next()) {
          publications
              .computeIfAbsent(result.getString(1), id -> new ArrayList<>())
              .add(
                  new PublishedAlert.Publication(
                      AlertState.ofWord(result.getString(2)),
                      result.getBoolean(3),
                      result.getString(4),
                      result.getLong(5),
                      result.getInt(6)));
        }
      }
    }
    alerts.replaceAll((id, alert) -> alert.with(publications.getOrDefault(id, List.of())));
  }

  /**
   * @param metric its name, or null
   */
  private static Labels labels(String json, String metric) {
    try {
      Labels labels = Labels.of(JSON.readValue(json, new TypeReference<Map<String, String>>() {}));
      return metric == null ? labels : labels.with(LabelMatcher.METRIC_NAME, metric);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("labels are no object of strings: " + json, e);
    }
  }

  private static String json(Map<String, String> labels) {
    try {
      return JSON.writeValueAsString(labels);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("labels that are no JSON: " + labels, e);
    }
  }
}
