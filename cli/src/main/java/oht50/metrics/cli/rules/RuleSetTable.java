package oht50.metrics.cli.rules;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** Questions to the table of rule sets. */
final class RuleSetTable {
  private static final String QUERY =
      """
      SELECT version, to_millis(nullif(effective_from, '-infinity')), to_millis(arrived_at),
             files::text, state
      FROM rule_sets
      ORDER BY version
      """;

  private static final ObjectMapper JSON = new ObjectMapper();

  private RuleSetTable() {}

  static List<ListedRules> all(Connection connection) throws SQLException {
    List<ListedRules> all = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(QUERY);
        ResultSet result = statement.executeQuery()) {
      while (result.next()) {
        long from = result.getLong(2);
        Long effectiveFrom = result.wasNull() ? null : from;
        all.add(
            new ListedRules(
                result.getLong(1),
                effectiveFrom,
                result.getLong(3),
                files(result.getString(4)),
                result.getString(5)));
      }
    }
    return all;
  }

  private static TreeMap<String, String> files(String json) {
    try {
      return JSON.readValue(json, new TypeReference<TreeMap<String, String>>() {});
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("files are no object of strings: " + json, e);
    }
  }
}
