package oht50.metrics.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Real series in a disordered order of arrival, and in any order at all, against the truth: rows
 * that the files say, whatever came beyond the horizon.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Order(20)
class DisorderIT {
  private static final List<String> FILES =
      List.of(
          "realAWSCloudwatch__ec2_cpu_utilization_5f5533",
          "realKnownCause__machine_temperature_system_failure");
  private static final Duration PATIENCE = Duration.ofMinutes(4);

  private static final List<FileSeries> SERIES = new ArrayList<>();
  @RegisterExtension private static final SharedStack REPLAYED = SharedStack.replayed();

  private static Stack stack;
  private static ReplayedFiles replayed;

  @BeforeAll
  static void replay() throws Exception {
    stack = REPLAYED.stack();
    replayed = new ReplayedFiles(stack);
    for (String file : FILES) {
      SERIES.add(FileSeries.ofDisorder(file));
    }
    SERIES.add(SERIES.get(0).shuffled(1));
    replayed.send(SERIES, 3, PATIENCE);
  }

  @Test
  @Order(1)
  void everyRowOfEveryIntervalIsAFoldOverTheFileBitForBit() {
    SERIES.forEach(replayed::hold);
  }

  @Test
  @Order(2)
  void everyHourAndDayIsAsTheTruthHasIt() throws Exception {
    for (int i = 0; i < FILES.size(); i++) {
      Map<String, String> rows = replayed.rows(SERIES.get(i));
      JsonNode expected = FileSeries.truthOfDisorder(FILES.get(i)).path("windows_utc");
      for (String interval : List.of("1h", "1d")) {
        assertThat(rows.keySet().stream().filter(key -> key.startsWith(interval + "|")).count())
            .as(FILES.get(i) + " " + interval)
            .isEqualTo(expected.path(interval).size());
        for (JsonNode window : expected.path(interval)) {
          String row = rows.get(interval + "|" + window.get(0).asLong());
          assertThat(row).as(FILES.get(i) + " " + window).isNotNull();
          String[] columns = row.split("\\|", -1);
          assertThat(columns[0]).isEqualTo(window.get(1).asText());
          assertThat(valueOf(columns[1])).isCloseTo(window.get(2).asDouble(), Offset.offset(1e-6));
          assertThat(valueOf(columns[2])).isEqualTo(window.get(3).asDouble());
          assertThat(valueOf(columns[3])).isEqualTo(window.get(4).asDouble());
        }
      }
    }
  }

  private static double valueOf(String bits) {
    return Double.longBitsToDouble(Long.parseUnsignedLong(bits, 16));
  }

  @Test
  @Order(3)
  void theWindowsOfConflictingPointsHoldTheLastDelivered() {
    FileSeries machine = SERIES.get(1);
    assertThat(machine.conflicts()).hasSize(12);
    Map<String, String> rows = replayed.rows(machine);
    for (long timestamp : machine.conflicts()) {
      long minute = Math.floorDiv(timestamp, 60_000) * 60_000;
      assertThat(rows.get("1m|" + minute).split("\\|", -1)[1])
          .as("window " + Instant.ofEpochMilli(minute))
          .isEqualTo(FileSeries.bits(machine.points().get(timestamp)));
    }
  }

  @Test
  @Order(4)
  void whatCameBeyondTheHorizonIsACorrectionWithItsReason() {
    assertThat(
            Long.parseLong(
                stack.value(
                    "SELECT count(*) FROM rollups WHERE cause = 'backfill' AND revision > 0")))
        .isPositive();
    assertThat(stack.value("SELECT count(*) FROM rejected")).isEqualTo("0");
  }

  @Test
  @Order(5)
  void aSecondReplayBeyondTheHorizonChangesNothing() throws Exception {
    List<String> before = contents();
    replayed.send(SERIES.subList(0, 2), 1, PATIENCE);
    assertThat(contents()).isEqualTo(before);
    SERIES.forEach(replayed::hold);
  }

  /** All but when a row was written; a point may have gone from the late ones into its chunk. */
  private static List<String> contents() {
    List<String> contents = new ArrayList<>();
    for (String table : List.of("rollups", "rollup_history")) {
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
    contents.add(
        stack.value(
            "SELECT count(*), md5(string_agg(p::text, ',' ORDER BY p.metric_name, p.\"timestamp\"))"
                + " FROM (SELECT metric_name, \"timestamp\", value FROM points) p"));
    return contents;
  }
}
