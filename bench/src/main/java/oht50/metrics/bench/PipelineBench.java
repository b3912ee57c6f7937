package oht50.metrics.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * From Kafka through rollups and raw chunks into PostgreSQL: samples per CPU second of TaskManager,
 * broker and database together, each listed apart. Drives a running instance: {@code ./oht50 up
 * --no-demo --no-host}.
 *
 * <p>Arguments: {@code DATA_FOLDER ROBOTS SECONDS}. Each robot sends one full telemetry frame for
 * each second of event time, which ends now; all of them are sent as fast as the broker takes them.
 * The first third of the seconds warms up and is not counted. The driver's own CPU time is in none
 * of the figures, though it shares the machine.
 */
public final class PipelineBench {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long QUIET_NANOS = TimeUnit.SECONDS.toNanos(15);
  private static final long CLOCK_TICKS = 100; // of /proc, per second
  private static final String STORED =
      "SELECT coalesce(sum(count), 0) FROM rollups JOIN series USING (series_id)"
          + " WHERE \"interval\" = '1m' AND metric_type <> 'delta'";
  private static final String FRAME =
      """
      {"ts": %1$d, "status": {"state": "move", "pos_mm": %2$.2f, "vel_mms": %3$.1f, "acc_mms2": 0.5,
       "target": {"pos_mm": 9000.5, "vel_mms": 400.0}, "safety": {"estop": false, "zone_blocked": false,
       "interlock_active": false, "location_safe": true, "obstacle_detected": false,
       "safety_zone_clear": true, "emergency_stop": false}},
       "location": {"position": {"x": %2$.2f, "y": 200.25, "z": 0.5}, "orientation": {"pitch": 0.1,
       "roll": 0.2, "yaw": 45.0}, "velocity": {"x": %3$.1f, "y": 0.1, "z": 0.0}, "acceleration":
       {"x": 200.0, "y": 0.0, "z": 0.0}, "accuracy": 10.0, "system_status": "ok", "imu_status": "ok",
       "magnetic_status": "ok"},
       "navigation": {"status": "navigating", "target": {"x": 1500.0, "y": 2500.0, "z": 0.0},
       "progress": %4$.1f, "distance_to_target": 565.7, "estimated_time": 30.0, "path_clear": true,
       "obstacle_detected": false, "obstacle_distance": null, "obstacle_angle": null,
       "speed_limit": 1000.0, "zone_type": "safe"}}
      """;

  private final JsonNode state;
  private final String jdbcUrl;
  private final int robots;
  private final int seconds;

  private PipelineBench(Path data, int robots, int seconds) throws IOException {
    this.state = JSON.readTree(data.resolve("state.json").toFile());
    this.jdbcUrl =
        state.path("jdbcUrl").asText()
            + "?user="
            + state.path("jdbcUser").asText()
            + "&password="
            + Files.readString(data.resolve("postgres-password")).strip();
    this.robots = robots;
    this.seconds = seconds;
  }

  public static void main(String[] args) throws Exception {
    if (args.length != 3) {
      System.err.println("usage: DATA_FOLDER ROBOTS SECONDS");
      System.exit(2);
    }
    new PipelineBench(Path.of(args[0]), Integer.parseInt(args[1]), Integer.parseInt(args[2])).run();
  }

  /** What is stored, and what it has cost so far. */
  private record Reading(long nanos, long samples, Map<String, Double> cpuSeconds) {}

  private void run() throws Exception {
    long first = System.currentTimeMillis() - seconds * 1_000L;
    try (KafkaProducer<byte[], byte[]> producer = producer();
        Connection connection = DriverManager.getConnection(jdbcUrl)) {
      int warmUp = seconds / 3;
      send(producer, first, 0, warmUp);
      Reading before = settled(connection);
      send(producer, first, warmUp, seconds);
      Reading after = settled(connection);
      report(before, after);
    }
  }

  private KafkaProducer<byte[], byte[]> producer() {
    return new KafkaProducer<>(
        Map.of(
            "bootstrap.servers",
            state.path("bootstrapServers").asText(),
            "linger.ms",
            "20",
            "batch.size",
            "262144",
            "compression.type",
            "lz4"),
        new ByteArraySerializer(),
        new ByteArraySerializer());
  }

  @SuppressWarnings("FutureReturnValueIgnored") // what is missing is missing in the result
  private void send(KafkaProducer<byte[], byte[]> producer, long first, int from, int to) {
    for (int second = from; second < to; second++) {
      for (int robot = 0; robot < robots; robot++) {
        double position = second * 350.25 % 10_000 + robot;
        String frame =
            String.format(
                Locale.ROOT,
                FRAME,
                first + second * 1_000L + robot % 1_000,
                position,
                (second + robot) % 500 / 1.0,
                second % 1_000 / 10.0);
        producer.send(
            new ProducerRecord<>(
                "oht50.telemetry",
                ("BENCH-" + robot).getBytes(StandardCharsets.UTF_8),
                frame.getBytes(StandardCharsets.UTF_8)));
      }
    }
    producer.flush();
  }

  /** The reading after which nothing more was stored for a while. */
  private Reading settled(Connection connection) throws SQLException, IOException {
    Reading last = reading(connection);
    while (System.nanoTime() - last.nanos < QUIET_NANOS || last.samples == 0) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(500));
      Reading next = reading(connection);
      last = next.samples == last.samples ? last : next;
    }
    return last;
  }

  private Reading reading(Connection connection) throws SQLException, IOException {
    try (ResultSet row = connection.createStatement().executeQuery(STORED)) {
      row.next();
      Map<String, Double> cpu = new LinkedHashMap<>();
      for (String process : List.of("taskManager", "kafka", "postgres")) {
        cpu.put(process, cpuSeconds(state.path("pids").path(process).asLong()));
      }
      return new Reading(System.nanoTime(), row.getLong(1), cpu);
    }
  }

  /** Of a process and its children, those that have ended included. */
  private static double cpuSeconds(long pid) throws IOException {
    double seconds = ticks(pid, true);
    List<Long> children;
    try (Stream<ProcessHandle> all = ProcessHandle.of(pid).orElseThrow().children()) {
      children = all.map(ProcessHandle::pid).toList();
    }
    for (long child : children) {
      if (Files.exists(Path.of("/proc", Long.toString(child), "stat"))) {
        seconds += ticks(child, false);
      }
    }
    return seconds / CLOCK_TICKS;
  }

  private static long ticks(long pid, boolean endedChildrenToo) throws IOException {
    String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    long ticks = Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
    return endedChildrenToo
        ? ticks + Long.parseLong(fields[13]) + Long.parseLong(fields[14])
        : ticks;
  }

  private static void report(Reading before, Reading after) {
    long samples = after.samples - before.samples;
    double seconds = (after.nanos - before.nanos) / 1e9;
    double cpu = 0;
    for (String process : after.cpuSeconds.keySet()) {
      double of = after.cpuSeconds.get(process) - before.cpuSeconds.get(process);
      cpu += of;
      System.out.printf(
          Locale.ROOT,
          "%-12s %6.1f CPU s, %.2f per million samples%n",
          process,
          of,
          of * 1e6 / samples);
    }
    System.out.printf(
        Locale.ROOT,
        "%d samples; %.1f CPU s in all: %.0f samples per CPU second; at most %.1f s by the clock%n",
        samples,
        cpu,
        samples / cpu,
        seconds);
  }
}
