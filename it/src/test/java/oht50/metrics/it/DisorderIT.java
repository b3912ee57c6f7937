package oht50.metrics.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** Real series in a disordered order of arrival, against the truth that comes with them. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DisorderIT {
  private static final Path FILES = Oht50.HOME.resolveSibling("shared/data/disorder");
  private static final List<String> NAMES =
      List.of(
          "realAWSCloudwatch__ec2_cpu_utilization_5f5533",
          "realKnownCause__machine_temperature_system_failure");
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Map<String, Long> INTERVALS =
      Map.of("1m", 60_000L, "5m", 300_000L, "15m", 900_000L, "1h", 3_600_000L, "1d", 86_400_000L);

  private static Stack stack;

  @BeforeAll
  static void replay() throws Exception {
    stack =
        Stack.at(1)
            .up(
                "--no-demo",
                "--no-host",
                "--set",
                "series.horizon=6h"); // the files lag up to 165 min
    send();
  }

  @AfterAll
  static void stop() {
    stack.close();
  }

  private static void send() throws Exception {
    for (String name : NAMES) {
      stack
          .command(
              "replay", FILES.resolve(name + ".jsonl.gz").toString(), "--topic", "oht50.points")
          .expectSuccess();
    }
    Eventually.settles(
        Duration.ofMinutes(2),
        Duration.ofSeconds(8),
        () ->
            stack.value(
                "SELECT sum(count) FILTER (WHERE \"interval\" = '1m'), max(seq), count(*) FROM rollups"));
  }

  @Test
  @Order(1)
  void everyHourAndDayIsAsExpected() throws Exception {
    for (String name : NAMES) {
      Map<String, String[]> rows = rows(points(name).metric);
      JsonNode expected = JSON.readTree(gunzip(name + ".expected.json.gz")).path("windows_utc");
      for (String interval : List.of("1h", "1d")) {
        assertThat(rows.keySet().stream().filter(key -> key.startsWith(interval + "|")).count())
            .as(name + " " + interval)
            .isEqualTo(expected.path(interval).size());
        for (JsonNode window : expected.path(interval)) {
          String[] row = rows.get(interval + "|" + window.get(0).asLong());
          assertThat(row).as(name + " " + window).isNotNull();
          assertThat(Long.parseLong(row[2])).isEqualTo(window.get(1).asLong());
          assertThat(Double.parseDouble(row[3]))
              .isCloseTo(window.get(2).asDouble(), org.assertj.core.data.Offset.offset(1e-6));
          assertThat(Double.parseDouble(row[4])).isEqualTo(window.get(3).asDouble());
          assertThat(Double.parseDouble(row[5])).isEqualTo(window.get(4).asDouble());
        }
      }
    }
  }

  @Test
  @Order(2)
  void everyRowOfEveryIntervalIsAFoldOverTheFileBitForBit() throws Exception {
    for (String name : NAMES) {
      Points points = points(name);
      Map<String, String> folded = new TreeMap<>();
      Map<Long, double[]> minutes = level(points.folds(), 60_000);
      Map<Long, double[]> fives = level(minutes, 300_000);
      Map<Long, double[]> quarters = level(fives, 900_000);
      put(folded, "1m", minutes);
      put(folded, "5m", fives);
      put(folded, "15m", quarters);
      put(folded, "1h", level(quarters, 3_600_000));
      put(folded, "1d", level(quarters, 86_400_000));

      Map<String, String> stored = new TreeMap<>();
      rows(points.metric)
          .forEach(
              (key, row) -> stored.put(key, row[2] + "|" + row[6] + "|" + row[7] + "|" + row[8]));
      assertThat(stored).as(name).isEqualTo(folded);
    }
  }

  @Test
  @Order(3)
  void theWindowsOfConflictingPointsHoldTheLastDelivered() throws Exception {
    Points points = points(NAMES.get(1));
    assertThat(points.conflicts).hasSize(12);
    Map<String, String[]> rows = rows(points.metric);
    for (long timestamp : points.conflicts) {
      long minute = Math.floorDiv(timestamp, 60_000) * 60_000;
      assertThat(Double.parseDouble(rows.get("1m|" + minute)[3]))
          .as("window " + Instant.ofEpochMilli(minute))
          .isEqualTo(points.values.get(timestamp));
    }
  }

  @Test
  @Order(4)
  void aSecondReplayBeyondTheHorizonChangesNothing() throws Exception {
    List<String> before = contents();
    send();
    assertThat(contents()).isEqualTo(before);
    assertThat(Long.parseLong(stack.value("SELECT count(*) FROM metrics")))
        .isEqualTo(points(NAMES.get(0)).values.size() + points(NAMES.get(1)).values.size());
  }

  /** All but (epoch, seq). */
  private static List<String> contents() {
    List<String> contents = new ArrayList<>();
    for (String table : List.of("chunks", "rollups", "rollup_history")) {
      String columns =
          String.join(
              ", ",
              stack.rows(
                  "SELECT quote_ident(column_name) FROM information_schema.columns WHERE table_name = '"
                      + table
                      + "' AND column_name NOT IN ('epoch', 'seq') ORDER BY ordinal_position"));
      contents.add(
          stack.value(
              "SELECT count(*), md5(string_agg(t::text, ',' ORDER BY t::text)) FROM (SELECT "
                  + columns
                  + " FROM "
                  + table
                  + ") t"));
    }
    contents.add(stack.value("SELECT count(*) FROM metrics"));
    return contents;
  }

  /** interval|start -> interval, start, count, sum, min, max, then bits of sum, min and max. */
  private static Map<String, String[]> rows(String metric) {
    Map<String, String[]> rows = new HashMap<>();
    for (String row :
        stack.rows(
            "SELECT \"interval\", (extract(epoch FROM window_start) * 1000)::bigint, count, sum, min, max,"
                + " encode(float8send(sum), 'hex'), encode(float8send(min), 'hex'), encode(float8send(max), 'hex')"
                + " FROM rollups JOIN series USING (series_id) WHERE is_final AND metric_name = '"
                + metric
                + "'")) {
      String[] columns = row.split("\\|", -1);
      rows.put(columns[0] + "|" + columns[1], columns);
    }
    return rows;
  }

  private static void put(Map<String, String> rows, String interval, Map<Long, double[]> level) {
    assertThat(INTERVALS).containsKey(interval);
    level.forEach(
        (start, fold) ->
            rows.put(
                interval + "|" + start,
                (long) fold[0] + "|" + bits(fold[1]) + "|" + bits(fold[2]) + "|" + bits(fold[3])));
  }

  private static String bits(double value) {
    return String.format("%016x", Double.doubleToRawLongBits(value));
  }

  /** Folds count, sum, min, max of children in time order. */
  private static Map<Long, double[]> level(Map<Long, double[]> children, long length) {
    TreeMap<Long, double[]> windows = new TreeMap<>();
    children.forEach(
        (start, child) ->
            windows.merge(
                Math.floorDiv(start, length) * length,
                child,
                (a, b) ->
                    new double[] {
                      a[0] + b[0], a[1] + b[1], Math.min(a[2], b[2]), Math.max(a[3], b[3])
                    }));
    return windows;
  }

  private record Points(String metric, TreeMap<Long, Double> values, Set<Long> conflicts) {
    Map<Long, double[]> folds() {
      TreeMap<Long, double[]> folds = new TreeMap<>();
      values.forEach(
          (timestamp, value) -> folds.put(timestamp, new double[] {1, value, value, value}));
      return folds;
    }
  }

  /** The points of a file: of two values for one time the last delivered. */
  private static Points points(String name) throws IOException {
    TreeMap<Long, Double> values = new TreeMap<>();
    Set<Long> conflicts = new TreeSet<>();
    String metric = null;
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(gunzip(name + ".jsonl.gz"), StandardCharsets.UTF_8))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        JsonNode point = JSON.readTree(line);
        metric = point.path("name").asText();
        long timestamp = Instant.parse(point.path("timestamp").asText()).toEpochMilli();
        Double before = values.put(timestamp, point.path("value").asDouble());
        if (before != null && before != point.path("value").asDouble()) {
          conflicts.add(timestamp);
        }
      }
    }
    return new Points(metric, values, conflicts);
  }

  private static InputStream gunzip(String file) throws IOException {
    return new GZIPInputStream(Files.newInputStream(FILES.resolve(file)));
  }
}
