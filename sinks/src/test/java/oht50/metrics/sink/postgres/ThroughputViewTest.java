package oht50.metrics.sink.postgres;

import static oht50.metrics.sink.postgres.Samples.FIRST_LIFE;
import static oht50.metrics.sink.postgres.Samples.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import oht50.metrics.model.Cause;
import oht50.metrics.model.Labels;
import oht50.metrics.model.MetricKind;
import oht50.metrics.model.Rollup;
import oht50.metrics.model.Series;
import oht50.metrics.time.Interval;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Requests per second, computed of the windows of requests. */
class ThroughputViewTest {
  private static final String AGGREGATED =
      "SELECT \"interval\", aggregation_type, metric_value, labels ->> 'endpoint',"
          + " labels ->> 'instance', is_final, revision FROM metrics_aggregated"
          + " WHERE metric_name = 'oht50_api_throughput_requests_per_second' ORDER BY 1, 4, 5";

  private final Series gets = requests("/a", "GET", "200");
  private final Series failures = requests("/a", "GET", "500");
  private final Series posts = requests("/b", "POST", "200");

  private Database database;
  private long seq;

  @BeforeEach
  void start() {
    database = Database.empty();
  }

  private static Series requests(String endpoint, String method, String status) {
    return Series.of(
        "oht50_http_requests_total",
        Labels.of("endpoint", endpoint, "instance", "b-1", "method", method, "status_code", status),
        MetricKind.DELTA);
  }

  private void catalog(Series... series) throws SQLException {
    try (Connection connection = database.connect();
        PreparedStatement insert = connection.prepareStatement(SeriesStatement.SQL)) {
      for (Series each : series) {
        SeriesStatement.bind(insert, Samples.entry(each));
        insert.executeUpdate();
      }
    }
  }

  private void rollup(Series series, Interval interval, long end, double increase, Cause cause)
      throws Exception {
    rollup(series, interval, end, increase, cause, true);
  }

  private void rollup(
      Series series, Interval interval, long end, double increase, Cause cause, boolean isFinal)
      throws Exception {
    try (var writer =
        new WriterUnderTest<>(new RollupsTable(), new Connections(database.settings()))) {
      writer.write(
          new Rollup(
              series.id(),
              interval,
              NOON,
              end,
              1,
              increase,
              increase,
              increase,
              increase,
              increase,
              increase,
              Rollup.NONE,
              Rollup.NONE,
              -1,
              -1,
              isFinal,
              cause,
              FIRST_LIFE,
              1,
              ++seq));
    }
  }

  @Test
  void requestsOfAnEndpointAreAddedUpAndSharedOutOverTheWindow() throws Exception {
    catalog(gets, failures, posts);
    rollup(gets, Interval.MINUTE, NOON + 60_000, 27, Cause.ON_TIME);
    rollup(failures, Interval.MINUTE, NOON + 60_000, 3, Cause.ON_TIME);
    rollup(posts, Interval.MINUTE, NOON + 60_000, 6, Cause.ON_TIME);
    rollup(gets, Interval.HOUR, NOON + 3_600_000, 7_200, Cause.ON_TIME);
    rollup(gets, Interval.DAY, NOON + 23 * 3_600_000, 82_800, Cause.ON_TIME);
    rollup(gets, Interval.QUARTER, NOON + 900_000, 900, Cause.ON_TIME);

    assertThat(database.rows(AGGREGATED))
        .containsExactly(
            "1d|avg|1|/a|b-1|t|0",
            "1h|avg|2|/a|b-1|t|0",
            "1m|avg|0.5|/a|b-1|t|0",
            "1m|avg|0.1|/b|b-1|t|0");
    assertThat(
            database.rows(
                "SELECT requests, labels FROM api_throughput"
                    + " WHERE \"interval\" = '1m' AND labels ->> 'endpoint' = '/a'"))
        .containsExactly("30|{\"endpoint\": \"/a\", \"instance\": \"b-1\"}");
  }

  @Test
  void aFinalMinuteIsASampleAtItsEnd() throws Exception {
    catalog(gets, posts);
    rollup(gets, Interval.MINUTE, NOON + 60_000, 30, Cause.ON_TIME);
    rollup(posts, Interval.MINUTE, NOON + 60_000, 6, Cause.ON_TIME, false);
    rollup(gets, Interval.FIVE_MINUTES, NOON + 300_000, 30, Cause.ON_TIME);

    String columns =
        "SELECT id, metric_name, metric_value, to_millis(\"timestamp\"), metric_type FROM ";
    assertThat(database.rows(columns + "metrics"))
        .singleElement()
        .asString()
        .endsWith("|oht50_api_throughput_requests_per_second|0.5|" + (NOON + 60_000) + "|gauge");
    for (long from : new long[] {0, 59_999, 60_000, 60_001}) {
      assertThat(
              database.rows(
                  columns + "metrics_between(from_millis(?), from_millis(?))",
                  NOON + from,
                  NOON + from + 1))
          .hasSize(from == 60_000 ? 1 : 0);
    }
    assertThat(
            database.rows(
                columns + "metrics_between(from_millis(?), from_millis(?))", NOON, NOON + 90_000))
        .isEqualTo(database.rows(columns + "metrics"));
  }

  @Test
  void aLateRequestCorrectsItAndWhatWasSeenBeforeIsKnown() throws Exception {
    catalog(gets, failures);
    rollup(gets, Interval.MINUTE, NOON + 60_000, 30, Cause.ON_TIME);
    rollup(failures, Interval.MINUTE, NOON + 60_000, 6, Cause.ON_TIME);
    String before = database.rows("SELECT clock_timestamp()").get(0);
    rollup(gets, Interval.MINUTE, NOON + 60_000, 36, Cause.LATE);

    assertThat(database.rows(AGGREGATED)).containsExactly("1m|avg|0.7|/a|b-1|t|1");
    String asOf =
        AGGREGATED.replace("metrics_aggregated", "metrics_aggregated_as_of(?::timestamptz)");
    assertThat(database.rows(asOf, before)).containsExactly("1m|avg|0.6|/a|b-1|t|0");
    assertThat(database.rows(asOf.replace("?", "now()"))).isEqualTo(database.rows(AGGREGATED));
    assertThat(database.rows("SELECT id FROM metrics_aggregated_as_of(now())"))
        .containsAll(
            database.rows(
                "SELECT id FROM metrics_aggregated WHERE metric_name LIKE 'oht50_api_through%'"));
  }

  @Test
  void whatABackendReportsItselfIsNotComputedToo() throws Exception {
    catalog(
        gets,
        posts,
        Series.gauge(
            "oht50_api_throughput_requests_per_second", "endpoint", "/a", "instance", "b-1"));
    rollup(gets, Interval.MINUTE, NOON + 60_000, 30, Cause.ON_TIME);
    rollup(posts, Interval.MINUTE, NOON + 60_000, 6, Cause.ON_TIME);

    assertThat(database.rows(AGGREGATED)).containsExactly("1m|avg|0.1|/b|b-1|t|0");
    assertThat(
            database.rows(
                AGGREGATED.replace("metrics_aggregated", "metrics_aggregated_as_of(now())")))
        .isEqualTo(database.rows(AGGREGATED));
  }

  @Test
  void pathsOfOneEndpointAreAddedUpAndARetractedWindowHasNoRow() throws Exception {
    Series one =
        Series.of(
            "oht50_http_requests_total",
            Labels.of("endpoint", "/m/{id}", "path", "/m/1", "job", "b"),
            MetricKind.COUNTER);
    Series other =
        Series.of(
            "oht50_http_requests_total",
            Labels.of("endpoint", "/m/{id}", "path", "/m/2", "job", "b"),
            MetricKind.COUNTER);
    catalog(one, other, gets);
    rollup(one, Interval.MINUTE, NOON + 60_000, 12, Cause.ON_TIME);
    rollup(other, Interval.MINUTE, NOON + 60_000, 18, Cause.ON_TIME);
    rollup(gets, Interval.MINUTE, NOON + 60_000, 6, Cause.ON_TIME);
    database.execute("UPDATE rollups SET count = 0 WHERE series_id = ?", gets.id());

    assertThat(database.rows(AGGREGATED)).containsExactly("1m|avg|0.5|/m/{id}|-|t|0");
  }
}
