package oht50.metrics.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/**
 * What the savepoint of a released version holds, and what must come of it. {@code before.jsonl}
 * had been taken in, {@code after.jsonl} follows, and then silence until the next day. Windows of
 * every interval, a late point, a site's day, counters, states, counts, an overflow and an
 * unanswered event go across it. Topics, robots and metrics are the version's own.
 */
final class GoldenFleet {
  private static final Path FOLDER = Oht50.HOME.resolve("it/src/test/resources/golden");
  private static final Path EXPECTED = FOLDER.resolve("expected.txt");
  private static final String ZIP = ".zip";
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final int BUDGET = 3; // of five series of a metric

  private static final String ROLLUPS =
      "rollups JOIN series USING (series_id)"
          + " WHERE (labels->>'robot_id' LIKE 'GOLDEN%' OR metric_name LIKE 'golden%')";

  /**
   * What is computed after the savepoint: windows that end after it, or that a late point met. Not
   * the latency, which depends on when the lines are sent.
   */
  private static final String ROWS =
      """
      SELECT metric_name, labels->>'robot_id', labels->>'part', labels->>'__overflow__', "interval",
        to_char(window_start AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI'), count, sum, min, max,
        increase, time_weighted_avg, covered_seconds
      FROM %s
        AND metric_name <> 'oht50_telemetry_latency_seconds'
        AND (window_end > timestamptz '2025-06-01 12:08Z'
          OR metric_name LIKE '%%gauge' AND window_start = timestamptz '2025-06-01 12:01Z')
      ORDER BY 1, 2, 3, 4, 5, 6
      """
          .formatted(ROLLUPS);

  /**
   * Windows without an end. Not of what is told by the registry: it had been read when a version
   * took its savepoint that told nothing yet, and what the job before it in this test began is
   * left.
   */
  private static final String OPEN =
      "SELECT metric_name, labels, \"interval\", window_start FROM "
          + ROLLUPS
          + " AND NOT is_final AND metric_name <> 'oht50_robot_info'";

  private static final String ALERTS =
      """
      SELECT labels->>'robot_id', state, active_at AT TIME ZONE 'UTC', ends_at AT TIME ZONE 'UTC'
      FROM alerts
      WHERE NOT withdrawn AND labels->>'robot_id' LIKE 'GOLDEN%'
        AND rule = 'SafetyEventUnacknowledged'
      ORDER BY 1
      """;

  private final String version;
  private final Stack stack;
  private final SubmittedJob job;

  GoldenFleet(String version, Stack stack, FlinkCommands cluster) {
    this.version = version;
    this.stack = stack;
    this.job = new SubmittedJob(stack, cluster, "golden-" + version);
  }

  /** Those of which savepoints were kept. */
  static List<String> versions() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(ZIP))
          .map(name -> name.substring(0, name.length() - ZIP.length()))
          .sorted()
          .toList();
    }
  }

  SubmittedJob job() {
    return job;
  }

  /**
   * @param more {@code -s} and the savepoint to begin with
   */
  void run(String... more) {
    List<String> options = new ArrayList<>(List.of(more));
    options.add("series.budget-per-metric=" + BUDGET);
    job.run(options.toArray(new String[0]));
    job.awaitRunning();
  }

  /** Until all of it has come in, and the alert of an event without an answer is out. */
  void before() {
    send("before.jsonl");
    Eventually.passes(
        PATIENCE,
        () -> {
          assertThat(telemetryAt("12:07:00")).isPositive();
          assertThat(pointsAt("12:07:00")).isEqualTo(4);
          assertThat(eventsSince("12:06:40")).isEqualTo(1);
          assertThat(rows(ALERTS)).singleElement().asString().startsWith("GOLDEN-2|firing");
        });
  }

  /**
   * The rest of the day; silence only once all else has come in, lest it were beyond the horizon.
   */
  void after() {
    send("after.jsonl");
    Eventually.passes(
        PATIENCE,
        () -> {
          assertThat(pointsAt("12:01:17")).isEqualTo(1);
          assertThat(telemetryAt("12:09:45")).isPositive();
          assertThat(pointsAt("12:09:45")).isEqualTo(2);
          assertThat(eventsSince("12:07:30")).isEqualTo(3);
        });
    send("silence.jsonl");
    Eventually.passes(
        PATIENCE,
        () -> {
          assertThat(rollups("\"interval\" = '1d' AND is_final")).isPositive();
          assertThat(rows(OPEN)).isEmpty();
          // With the checkpoint after: one ends, and the one that waited across the savepoint
          // fires.
          assertThat(rows(ALERTS)).hasSize(2).first().asString().startsWith("GOLDEN-2|inactive");
        });
  }

  /** What is in the tables of windows and alerts that went across the savepoint. */
  List<String> answers() {
    List<String> answers = rows(ROWS);
    answers.addAll(rows(ALERTS));
    return answers;
  }

  /** Without rows of metrics that an earlier version did not know; alerts are known all. */
  static List<String> ofKnownMetrics(List<String> answers) throws IOException {
    Set<String> known = expected().stream().map(GoldenFleet::subject).collect(Collectors.toSet());
    return answers.stream()
        .filter(answer -> answer.startsWith("GOLDEN-") || known.contains(subject(answer)))
        .toList();
  }

  private static String subject(String answer) {
    return answer.substring(0, answer.indexOf('|'));
  }

  static List<String> expected() throws IOException {
    return Files.readAllLines(EXPECTED);
  }

  static void expect(List<String> answers) throws IOException {
    Files.write(EXPECTED, answers);
  }

  /** Unpacks the savepoint; returns where it is. */
  String unpack() throws IOException {
    Path savepoint = Files.createDirectories(stack.data().resolve("golden-" + version));
    try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(zip()))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        Files.copy(zip, savepoint.resolve(entry.getName()));
      }
    }
    return savepoint.toUri().toString();
  }

  void pack(String savepoint) throws IOException {
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(zip()));
        Stream<Path> files = Files.list(Path.of(URI.create(savepoint)))) {
      for (Path file : files.sorted().toList()) {
        zip.putNextEntry(new ZipEntry(file.getFileName().toString()));
        Files.copy(file, zip);
      }
    }
  }

  private Path zip() {
    return FOLDER.resolve(version + ZIP);
  }

  private void send(String file) {
    try {
      job.send(
          Files.readAllLines(FOLDER.resolve(file)).stream()
              .map(line -> line.replace("GOLDEN", robot()).replace("golden_", metric()))
              .toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String robot() {
    return "GOLDEN-" + version;
  }

  private String metric() {
    return "golden_" + version.replaceAll("[^0-9]", "_") + "_";
  }

  /** Of this version, without its name. */
  private List<String> rows(String sql) {
    List<String> rows = new ArrayList<>();
    for (String row : stack.rows(own(sql))) {
      rows.add(row.replace(robot(), "GOLDEN").replace(metric(), "golden_"));
    }
    return rows;
  }

  private String own(String sql) {
    return sql.replace("GOLDEN", robot()).replace("'golden%", "'" + metric() + "%");
  }

  private long rollups(String which) {
    return count(ROLLUPS + " AND " + which);
  }

  private long telemetryAt(String time) {
    return samples("metric_name LIKE 'oht50_robot%' AND labels->>'robot_id' = 'GOLDEN'", time);
  }

  private long pointsAt(String time) {
    return samples("metric_name LIKE 'golden%'", time);
  }

  private long samples(String which, String time) {
    return count("metrics WHERE " + which + " AND \"timestamp\" = '2025-06-01 " + time + "Z'");
  }

  private long eventsSince(String time) {
    return count(
        "events WHERE entity LIKE 'GOLDEN%' AND \"timestamp\" >= '2025-06-01 " + time + "Z'");
  }

  private long count(String from) {
    return Long.parseLong(stack.value(own("SELECT count(*) FROM " + from)));
  }
}
