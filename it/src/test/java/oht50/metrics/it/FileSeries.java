package oht50.metrics.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.GZIPInputStream;

/**
 * A series out of a file, in its order of arrival, and the rows that must come of it: computed from
 * the file alone.
 */
record FileSeries(String name, List<Arrival> arrivals) {
  private static final Path DATA = Oht50.HOME.resolveSibling("shared/data");
  private static final ObjectMapper JSON = new ObjectMapper();

  record Arrival(long timestamp, double value) {}

  /** The arrivals of a file of the folder {@code disorder}. */
  static FileSeries ofDisorder(String file) throws IOException {
    List<Arrival> arrivals = new ArrayList<>();
    for (String line : lines(DATA.resolve("disorder").resolve(file + ".jsonl.gz"))) {
      JsonNode point = JSON.readTree(line);
      arrivals.add(
          new Arrival(
              Instant.parse(point.path("timestamp").asText()).toEpochMilli(),
              point.path("value").asDouble()));
    }
    return new FileSeries("disorder_" + word(file), arrivals);
  }

  /** The truth that comes with such a file. */
  static JsonNode truthOfDisorder(String file) throws IOException {
    return JSON.readTree(
        String.join("", lines(DATA.resolve("disorder").resolve(file + ".expected.json.gz"))));
  }

  /** Every file of the folder {@code nab}. */
  static List<FileSeries> ofNab() throws IOException {
    List<FileSeries> all = new ArrayList<>();
    try (var files = Files.list(DATA.resolve("nab"))) {
      for (Path file :
          files.filter(each -> each.toString().endsWith(".csv.gz")).sorted().toList()) {
        List<Arrival> arrivals = new ArrayList<>();
        List<String> lines = lines(file);
        for (String line : lines.subList(1, lines.size())) {
          String[] columns = line.split(",", -1);
          arrivals.add(
              new Arrival(
                  Instant.parse(columns[0].replace(' ', 'T') + "Z").toEpochMilli(),
                  Double.parseDouble(columns[1])));
        }
        all.add(new FileSeries("nab_" + word(file.getFileName().toString()), arrivals));
      }
    }
    return all;
  }

  /** A series of its own, the same points in any order; two values for one time keep theirs. */
  FileSeries shuffled(long seed) {
    Map<Long, List<Arrival>> byTime = new HashMap<>();
    List<Long> order = new ArrayList<>();
    for (Arrival arrival : arrivals) {
      byTime.computeIfAbsent(arrival.timestamp, any -> new ArrayList<>()).add(arrival);
      order.add(arrival.timestamp);
    }
    Collections.shuffle(order, new Random(seed));
    List<Arrival> shuffled = new ArrayList<>();
    for (long timestamp : order) {
      shuffled.add(byTime.get(timestamp).remove(0));
    }
    return new FileSeries(name + "_shuffled", shuffled);
  }

  @Override
  public String toString() {
    return name;
  }

  /** The arrivals of one of so many slices, the first of which is 1. */
  FileSeries slice(int slice, int slices) {
    int size = arrivals.size();
    return new FileSeries(
        name, arrivals.subList((slice - 1) * size / slices, slice * size / slices));
  }

  /** The arrivals of all slices up to one. */
  FileSeries upTo(int slice, int slices) {
    return new FileSeries(name, arrivals.subList(0, slice * arrivals.size() / slices));
  }

  /** As messages of {@code oht50.points}. */
  List<String> lines() {
    return arrivals.stream()
        .map(
            arrival ->
                """
                {"name": "%s", "value": %s, "timestamp": "%s", "labels": {"robot_id": "R1"}, \
                "metric_type": "gauge"}"""
                    .formatted(name, arrival.value, Instant.ofEpochMilli(arrival.timestamp)))
        .toList();
  }

  /** time -> value; of two values for one time the last to arrive. */
  TreeMap<Long, Double> points() {
    TreeMap<Long, Double> points = new TreeMap<>();
    arrivals.forEach(arrival -> points.put(arrival.timestamp, arrival.value));
    return points;
  }

  /** Times that were given two values. */
  Set<Long> conflicts() {
    Map<Long, Double> seen = new HashMap<>();
    Set<Long> conflicts = new TreeSet<>();
    for (Arrival arrival : arrivals) {
      Double before = seen.put(arrival.timestamp, arrival.value);
      if (before != null && before != arrival.value) {
        conflicts.add(arrival.timestamp);
      }
    }
    return conflicts;
  }

  /**
   * interval|start ms -> count|sum|min|max, the doubles as bits: each level folds the one below.
   */
  Map<String, String> rows() {
    TreeMap<Long, double[]> folds = new TreeMap<>();
    points()
        .forEach((timestamp, value) -> folds.put(timestamp, new double[] {1, value, value, value}));
    Map<String, String> rows = new TreeMap<>();
    TreeMap<Long, double[]> minutes = level("1m", folds, 60_000, rows);
    TreeMap<Long, double[]> fives = level("5m", minutes, 300_000, rows);
    TreeMap<Long, double[]> quarters = level("15m", fives, 900_000, rows);
    level("1h", quarters, 3_600_000, rows);
    level("1d", quarters, 86_400_000, rows);
    return rows;
  }

  private static TreeMap<Long, double[]> level(
      String interval, TreeMap<Long, double[]> children, long length, Map<String, String> rows) {
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
    windows.forEach(
        (start, fold) ->
            rows.put(
                interval + "|" + start,
                (long) fold[0] + "|" + bits(fold[1]) + "|" + bits(fold[2]) + "|" + bits(fold[3])));
    return windows;
  }

  static String bits(double value) {
    return String.format("%016x", Double.doubleToRawLongBits(value));
  }

  private static String word(String file) {
    return file.replaceAll("\\.csv\\.gz$", "")
        .replaceAll("[^A-Za-z0-9]+", "_")
        .toLowerCase(Locale.ROOT);
  }

  private static List<String> lines(Path file) throws IOException {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
      return reader.lines().toList();
    }
  }
}
