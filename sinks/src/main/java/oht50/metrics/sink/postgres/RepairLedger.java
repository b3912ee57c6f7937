package oht50.metrics.sink.postgres;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import oht50.metrics.model.Hash64;
import oht50.metrics.model.Labels;
import oht50.metrics.model.MetricKind;
import oht50.metrics.model.Position;
import oht50.metrics.model.RejectReason;
import oht50.metrics.model.Rejected;
import oht50.metrics.model.RepairWindow;
import oht50.metrics.model.Series;
import oht50.metrics.time.Interval;

/**
 * What the database holds for the repair: requests, the raw points and rows around them, and what
 * has become of requests. For one thread.
 */
public final class RepairLedger implements AutoCloseable {
  private static final TypeReference<TreeMap<String, String>> TEXTS = new TypeReference<>() {};
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int ROWS_AT_ONCE = 10_000;

  private static final String MOMENT =
      "SELECT now(), CASE WHEN is_called THEN last_value ELSE 0 END FROM write_epochs";

  // Of days only is it looked up how long they are: a join would take all requests to all rows.
  private static final String REQUESTS =
      """
      SELECT s.metric_name, s.labels::text, s.kind, s.incarnation, w.series_id, w."interval",
        to_millis(w.window_start), w.cause, %s,
        (extract(epoch FROM w.requested_at) * 1000000)::bigint, a.is_answerable
      FROM repair_windows w
      JOIN series s USING (series_id)
      CROSS JOIN LATERAL (
        SELECT CASE w."interval"
          WHEN '1m' THEN w.window_start + interval '1 minute'
          WHEN '5m' THEN w.window_start + interval '5 minutes'
          WHEN '15m' THEN w.window_start + interval '15 minutes'
          WHEN '1h' THEN w.window_start + interval '1 hour'
          ELSE coalesce(
            (SELECT r.window_end
              FROM rollups r
              WHERE r.series_id = w.series_id
                AND r."interval" = w."interval"
                AND r.window_start = w.window_start),
            w.window_start + interval '26 hours')
        END AS window_end) AS e
      CROSS JOIN LATERAL (
        SELECT coalesce(w.requested_at > ? AND e.window_end <= w.frontier, false)
          AS is_answerable) AS a
      WHERE w.requested_at <= ?
        AND (a.is_answerable
          OR w.asked_at IS NULL
          OR w.asked_at <= ?
          OR w.asked_at <= now() - ? * interval '1 millisecond')
      ORDER BY w.requested_at, w.series_id, w."interval", w.window_start
      LIMIT ?
      """
          .formatted(RepairWindowStatement.frontierMillis("w.frontier"));

  // The bits of a value as a number: as text, every NaN is the same.
  private static final String POINTS =
      """
      SELECT DISTINCT ON (p.millis) p.millis,
        ('x' || encode(float8send(p.value), 'hex'))::bit(64)::bigint
      FROM (
        SELECT to_millis(c.chunk_start) + o.offset_ms AS millis, o.value, false AS is_late,
          c.epoch, c.seq
        FROM (SELECT ?::bigint AS series_id, ?::bigint AS first_ms, ?::bigint AS end_ms) AS s
        JOIN chunks c
          ON c.series_id = s.series_id
          AND c.chunk_start > from_millis(s.first_ms) - interval '24 hours'
          AND c.chunk_start < from_millis(s.end_ms)
          AND c.chunk_end > from_millis(s.first_ms)
        CROSS JOIN LATERAL unnest(c.offsets_ms, c.point_values) AS o (offset_ms, value)
        WHERE to_millis(c.chunk_start) + o.offset_ms >= s.first_ms
          AND to_millis(c.chunk_start) + o.offset_ms < s.end_ms
        UNION ALL
        SELECT to_millis(l."timestamp"), l.value, true, l.epoch, l.seq
        FROM late_points l
        WHERE l.series_id = ?
          AND l."timestamp" >= from_millis(?)
          AND l."timestamp" < from_millis(?)
      ) AS p
      %s
      ORDER BY p.millis %s, p.is_late DESC, p.epoch DESC, p.seq DESC
      LIMIT ?
      """;
  private static final String OLDEST_FIRST = POINTS.formatted("", "ASC");
  private static final String NEWEST_FIRST = POINTS.formatted("", "DESC");

  /** A counter goes on from its last sample, however it was marked since. */
  private static final String NEWEST_SAMPLE_FIRST =
      POINTS.formatted("WHERE float8send(p.value) <> '\\x7ff0000000000002'", "DESC");

  private static final String STORED =
      """
      SELECT r."interval", to_millis(r.window_start), to_millis(r.window_end), r.count
      FROM rollups r
      WHERE r.series_id = ?
        AND r."interval" = ANY (?)
        AND r.window_start >= from_millis(?)
        AND r.window_start < from_millis(?)
        AND r.count > 0
      ORDER BY r.window_start
      """;
  private static final String[] INTERVALS =
      Arrays.stream(Interval.values()).map(Interval::word).toArray(String[]::new);

  /** Only what is still asked for as it was read. */
  private static final String AS_READ =
      """
      unnest(?::bigint[], ?::text[], ?::bigint[], ?::bigint[], ?::bigint[])
        AS i (series_id, "interval", window_start, requested_at, frontier)
      WHERE w.series_id = i.series_id
        AND w."interval" = i."interval"
        AND w.window_start = from_millis(i.window_start)
        AND (extract(epoch FROM w.requested_at) * 1000000)::bigint = i.requested_at
        AND %s = i.frontier
      """
          .formatted(RepairWindowStatement.frontierMillis("w.frontier"));

  private static final String DELETE = "DELETE FROM repair_windows w USING " + AS_READ;
  private static final String NOTE_ASKED =
      "UPDATE repair_windows w SET asked_at = now() FROM " + AS_READ;

  private final Connections connections;

  public RepairLedger(PostgresConnection settings) {
    this.connections = new Connections(settings);
  }

  /**
   * A moment of the database's clock.
   *
   * @param attempt rises when operators of the job open
   */
  public record Moment(Instant now, long attempt) {}

  /**
   * A row of {@code repair_windows}.
   *
   * @param incarnation the newest life of the series
   * @param requestedMicros when it was last asked for, microseconds since 1970
   * @param isAnswerable whether all that the window is made of had left state, in an attempt that
   *     has not failed since
   */
  public record Request(
      Series series,
      long incarnation,
      RepairWindow window,
      long requestedMicros,
      boolean isAnswerable) {
    String describe() {
      return String.format(
          "series_id=%d, interval=%s, window_start=%s",
          window.seriesId(), window.interval().word(), Instant.ofEpochMilli(window.windowStart()));
    }
  }

  /** A row of {@code rollups} that counted samples in [start, end). */
  public record StoredWindow(Interval interval, long start, long end, long count) {
    public boolean holds(long time) {
      return start <= time && time < end;
    }
  }

  /** A request that is, or holds something that is, refused. */
  public record Reject(Request request, RejectReason reason, String detail) {}

  /** Something that is read. */
  public interface Reading<T> {
    T read() throws SQLException;
  }

  public Moment moment() throws SQLException {
    try (PreparedStatement query = prepare(MOMENT);
        ResultSet row = query.executeQuery()) {
      row.next();
      return new Moment(row.getObject(1, OffsetDateTime.class).toInstant(), row.getLong(2));
    }
  }

  /** What is read within is of one moment. */
  public <T> T inSnapshot(Reading<T> reading) throws SQLException {
    Connection connection = connection();
    try {
      connection.setAutoCommit(false);
      connection.setReadOnly(true);
      connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      T read = reading.read();
      connection.commit();
      connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
      connection.setReadOnly(false);
      connection.setAutoCommit(true);
      return read;
    } catch (SQLException | RuntimeException e) {
      connections.closeConnection();
      throw e;
    }
  }

  /**
   * The oldest requests for which there is something to do, of series that are in the catalog.
   *
   * @param since requests up to here are of attempts that may have failed
   * @param until requests up to here are taken
   * @param askAgain how long a question is waited for
   */
  public List<Request> requests(Instant since, Instant until, Duration askAgain, int limit)
      throws SQLException {
    List<Request> requests = new ArrayList<>();
    try (PreparedStatement query = prepare(REQUESTS)) {
      query.setObject(1, utc(since));
      query.setObject(2, utc(until));
      query.setObject(3, utc(since));
      query.setLong(4, askAgain.toMillis());
      query.setInt(5, limit);
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          requests.add(request(row));
        }
      }
    }
    return requests;
  }

  private static Request request(ResultSet row) throws SQLException {
    Series series =
        Series.of(row.getString(1), labels(row.getString(2)), MetricKind.ofCode(row.getInt(3)));
    RepairWindow window =
        new RepairWindow(
            row.getLong(5),
            Interval.ofWord(row.getString(6)),
            row.getLong(7),
            RepairWindowStatement.cause(row.getString(8)),
            row.getLong(9));
    return new Request(series, row.getLong(4), window, row.getLong(10), row.getBoolean(11));
  }

  /** What a reader sees of [from, until), the first so many points. */
  public StoredPoints points(long seriesId, long from, long until, int limit) throws SQLException {
    return points(OLDEST_FIRST, seriesId, from, until, limit);
  }

  /** The newest point before a time that the series goes on from, if one is near enough. */
  public StoredPoints newestBefore(Series series, long time, Duration within) throws SQLException {
    String sql = series.kind() == MetricKind.COUNTER ? NEWEST_SAMPLE_FIRST : NEWEST_FIRST;
    return points(sql, series.id(), time - within.toMillis(), time, 1);
  }

  private StoredPoints points(String sql, long seriesId, long from, long until, int limit)
      throws SQLException {
    long[] timestamps = new long[0];
    double[] values = new double[0];
    int size = 0;
    try (PreparedStatement query = prepare(sql)) {
      query.setFetchSize(ROWS_AT_ONCE);
      query.setLong(1, seriesId);
      query.setLong(2, SqlTime.clamped(from));
      query.setLong(3, SqlTime.clamped(until));
      query.setLong(4, seriesId);
      query.setLong(5, SqlTime.clamped(from));
      query.setLong(6, SqlTime.clamped(until));
      query.setInt(7, limit);
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          if (size == timestamps.length) {
            int capacity = Math.min(limit, Math.max(64, 2 * size));
            timestamps = Arrays.copyOf(timestamps, capacity);
            values = Arrays.copyOf(values, capacity);
          }
          timestamps[size] = row.getLong(1);
          values[size] = Double.longBitsToDouble(row.getLong(2));
          size++;
        }
      }
    }
    return new StoredPoints(Arrays.copyOf(timestamps, size), Arrays.copyOf(values, size));
  }

  /** Rows that counted something, of windows that begin in [from, until). */
  public List<StoredWindow> stored(long seriesId, long from, long until) throws SQLException {
    List<StoredWindow> windows = new ArrayList<>();
    try (PreparedStatement query = prepare(STORED)) {
      query.setLong(1, seriesId);
      query.setObject(2, INTERVALS);
      query.setLong(3, SqlTime.clamped(from));
      query.setLong(4, SqlTime.clamped(until));
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          windows.add(
              new StoredWindow(
                  Interval.ofWord(row.getString(1)),
                  row.getLong(2),
                  row.getLong(3),
                  row.getLong(4)));
        }
      }
    }
    return windows;
  }

  /**
   * What has become of requests, in one transaction. One that has been made again meanwhile stays.
   *
   * @param done to be deleted
   * @param asked whose series has been asked
   */
  public void settle(List<Request> done, List<Request> asked, List<Reject> rejects)
      throws SQLException {
    Connection connection = connection();
    try {
      connection.setAutoCommit(false);
      reject(rejects);
      change(DELETE, done);
      change(NOTE_ASKED, asked);
      connection.commit();
      connection.setAutoCommit(true);
    } catch (SQLException | RuntimeException e) {
      connections.closeConnection(); // which rolls back
      throw e;
    }
  }

  private void change(String sql, List<Request> requests) throws SQLException {
    if (requests.isEmpty()) {
      return;
    }
    try (PreparedStatement statement = prepare(sql)) {
      new Columns<>(statement, requests)
          .longs(request -> request.window().seriesId())
          .texts(request -> request.window().interval().word())
          .longs(request -> request.window().windowStart())
          .longs(Request::requestedMicros)
          .longs(request -> request.window().frontier());
      statement.executeUpdate();
    }
  }

  private void reject(List<Reject> rejects) throws SQLException {
    if (rejects.isEmpty()) {
      return;
    }
    long now = moment().now().toEpochMilli();
    try (PreparedStatement insert = prepare(RejectedStatement.SQL)) {
      for (Reject reject : rejects) {
        String key = reject.request().describe();
        RejectedStatement.bind(
            insert,
            new Rejected(
                new Position("table:repair_windows", -1, Hash64.id(key)),
                key,
                reject.reason(),
                reject.detail(),
                reject.request().series().canonical(),
                null,
                now));
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  private PreparedStatement prepare(String sql) throws SQLException {
    return connection().prepareStatement(sql);
  }

  private Connection connection() throws SQLException {
    try {
      return connections.getOrEstablishConnection();
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException("the PostgreSQL driver is not on the class path", e);
    }
  }

  private static OffsetDateTime utc(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }

  private static Labels labels(String json) {
    try {
      return Labels.of(JSON.readValue(json, TEXTS));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("labels that this job has written cannot be read", e);
    }
  }

  @Override
  public void close() {
    connections.closeConnection();
  }
}
