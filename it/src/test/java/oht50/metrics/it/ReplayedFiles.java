package oht50.metrics.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Series out of files, sent as fast as they can be, and what the tables say of them. */
final class ReplayedFiles {
  private final Stack stack;

  ReplayedFiles(Stack stack) {
    this.stack = stack;
  }

  /**
   * Sends them slice by slice: what was sent before is in the tables when the next one comes, so
   * what is older than the horizon then has left state. Waits until nothing changes and nothing is
   * to be done.
   */
  void send(List<FileSeries> series, int slices, Duration patience) throws Exception {
    for (int slice = 1; slice <= slices; slice++) {
      for (FileSeries each : series) {
        Path file = Files.createTempFile(stack.data(), "send", ".jsonl");
        Files.write(file, each.slice(slice, slices).lines());
        stack.command("replay", file.toString(), "--topic", "oht50.points").expectSuccess();
      }
      for (FileSeries each : series) {
        int expected = each.upTo(slice, slices).points().size();
        Eventually.passes(
            patience,
            () -> {
              assertThat(stack.rows("SELECT * FROM rejected LIMIT 1")).isEmpty();
              assertThat(points(each)).isGreaterThanOrEqualTo(expected);
            });
      }
    }
    Eventually.settles(
        patience,
        Duration.ofSeconds(8),
        () ->
            stack.value(
                "SELECT sum(count) FILTER (WHERE \"interval\" = '1m'), max(seq), count(*),"
                    + " (SELECT count(*) FROM repair_windows) FROM rollups"));
    Eventually.passes(
        patience, () -> assertThat(stack.rows("SELECT * FROM repair_windows LIMIT 5")).isEmpty());
  }

  /** interval|start ms -> count|sum|min|max, the doubles as bits; final rows only. */
  Map<String, String> rows(FileSeries series) {
    Map<String, String> rows = new TreeMap<>();
    for (String row :
        stack.rows(
            "SELECT \"interval\", to_millis(window_start), count, encode(float8send(sum), 'hex'),"
                + " encode(float8send(min), 'hex'), encode(float8send(max), 'hex')"
                + " FROM rollups JOIN series USING (series_id) WHERE is_final AND metric_name = '"
                + series.name()
                + "'")) {
      String[] columns = row.split("\\|", 3);
      rows.put(columns[0] + "|" + columns[1], columns[2]);
    }
    return rows;
  }

  /** Requires that the final rows are those of the file, bit for bit, and all points are there. */
  void hold(FileSeries series) {
    assertThat(differences(series.rows(), rows(series))).as(series.name()).isEmpty();
    assertThat(points(series)).as("points of " + series.name()).isEqualTo(series.points().size());
  }

  private int points(FileSeries series) {
    return Integer.parseInt(
        stack.value("SELECT count(*) FROM metrics WHERE metric_name = '" + series.name() + "'"));
  }

  private static List<String> differences(Map<String, String> expected, Map<String, String> rows) {
    List<String> differences = new ArrayList<>();
    expected.forEach(
        (key, row) -> {
          if (!row.equals(rows.get(key))) {
            differences.add(key + ": " + rows.get(key) + " instead of " + row);
          }
        });
    rows.forEach(
        (key, row) -> {
          if (!expected.containsKey(key)) {
            differences.add(key + ": " + row + " instead of nothing");
          }
        });
    return differences.size() > 20 ? differences.subList(0, 20) : differences;
  }
}
