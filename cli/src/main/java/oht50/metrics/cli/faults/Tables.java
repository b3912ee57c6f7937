package oht50.metrics.cli.faults;

import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the tables finally say, without positions in time of writing and what derives from arrival:
 * what must be the same whatever happened.
 *
 * @param rows name -> rows in their order
 */
record Tables(Map<String, List<String>> rows) {
  private static final Map<String, String> QUERIES = new LinkedHashMap<>();

  static {
    QUERIES.put(
        "rollups",
        "SELECT canonical, \"interval\", extract(epoch FROM window_start)::bigint, count,"
            + " encode(float8send(sum), 'hex'), encode(float8send(min), 'hex'),"
            + " encode(float8send(max), 'hex'), encode(float8send(first), 'hex'),"
            + " encode(float8send(last), 'hex')"
            + " FROM rollups JOIN series USING (series_id)"
            + " WHERE is_final AND canonical NOT LIKE '%latency%' ORDER BY 1, 2, 3");
    QUERIES.put(
        "alerts",
        "SELECT alert_id, rule, labels, state, active_at, starts_at, ends_at FROM alerts"
            + " WHERE NOT withdrawn ORDER BY 1");
    QUERIES.put("rejected", "SELECT topic, path, reason, value FROM rejected ORDER BY 1, 2, 3, 4");
  }

  static Tables of(CampaignStack stack) throws SQLException {
    Map<String, List<String>> rows = new LinkedHashMap<>();
    for (Map.Entry<String, String> query : QUERIES.entrySet()) {
      rows.put(query.getKey(), stack.rows(query.getValue()));
    }
    return new Tables(rows);
  }

  /** Name -> number of rows and a hash of them. */
  Map<String, String> digests() {
    Map<String, String> digests = new LinkedHashMap<>();
    rows.forEach((name, lines) -> digests.put(name, lines.size() + " rows " + Sha256.of(lines)));
    return digests;
  }

  /** Says of each name that differs how, by its first row. */
  void compare(Tables expected, Violations violations) {
    rows.forEach(
        (name, lines) -> {
          List<String> others = expected.rows.get(name);
          if (!lines.equals(others)) {
            violations.add(name, difference(lines, others));
          }
        });
  }

  private static String difference(List<String> lines, List<String> expected) {
    for (int i = 0; i < Math.min(lines.size(), expected.size()); i++) {
      if (!lines.get(i).equals(expected.get(i))) {
        return "%d rows, undisturbed %d; first difference: %s, undisturbed: %s"
            .formatted(lines.size(), expected.size(), lines.get(i), expected.get(i));
      }
    }
    return "%d rows, undisturbed %d".formatted(lines.size(), expected.size());
  }
}
