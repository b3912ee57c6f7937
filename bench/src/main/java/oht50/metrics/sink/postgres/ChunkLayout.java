package oht50.metrics.sink.postgres;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import oht50.metrics.model.LatePoint;
import oht50.metrics.model.LatestPoint;
import oht50.metrics.model.PointChunk;
import oht50.metrics.model.RepairWindow;
import oht50.metrics.model.Series;
import oht50.metrics.model.SeriesEntry;
import oht50.metrics.series.SeriesOptions;

/**
 * Chunks, late points and newest points as shipped, through the product's tables and writers. A
 * late point within the correction horizon has its chunk written again; one beyond it becomes a row
 * of late_points, which are merged as with the shipped settings: every ten seconds those that have
 * waited for ten minutes.
 */
final class ChunkLayout implements RawLayout {
  private static final int CHUNK_SECONDS = 120; // of series that speak once a second
  private static final int SETTLE_SECONDS = 600;
  private static final long LIFE = 11;
  private static final long ALL_KNOWN = Long.MIN_VALUE;

  private final int cadenceSeconds;
  private final boolean isBeyondHorizon;

  private ChunkLayout(int cadenceSeconds, boolean isBeyondHorizon) {
    this.cadenceSeconds = cadenceSeconds;
    this.isBeyondHorizon = isBeyondHorizon;
  }

  /** Each chunk again and again as long as it is open. */
  static RawLayout every(int seconds) {
    return new ChunkLayout(seconds, false);
  }

  /** The same at the shipped cadence. */
  static RawLayout asShipped() {
    return every((int) SeriesOptions.DEFAULTS.chunkCadence().toSeconds());
  }

  /** The same, if what is late were beyond the horizon. */
  static RawLayout asShippedBeyondHorizon() {
    return new ChunkLayout((int) SeriesOptions.DEFAULTS.chunkCadence().toSeconds(), true);
  }

  /** Each chunk once, as in a replay at full speed. */
  static RawLayout whenFull() {
    return every(CHUNK_SECONDS);
  }

  @Override
  public String name() {
    String name =
        cadenceSeconds == CHUNK_SECONDS
            ? "chunks, when full"
            : "chunks, every " + cadenceSeconds + " s";
    return isBeyondHorizon ? name + ", late points beyond the horizon" : name;
  }

  @Override
  public List<String> tables() {
    return List.of("public.chunks", "public.late_points", "public.latest_points");
  }

  @Override
  public String definition() {
    return "TRUNCATE series, chunks, late_points, latest_points, late_point_merges, repair_windows";
  }

  @Override
  public String count() {
    return "SELECT count(*) FROM points";
  }

  @Override
  public int restSeconds() {
    return RawFeed.LATENESS_SECONDS + SETTLE_SECONDS;
  }

  @Override
  public RawWriter open(PostgresConnection connection, RawFeed feed) throws SQLException {
    try (Connection catalog = open(connection);
        PreparedStatement insert = catalog.prepareStatement(SeriesStatement.SQL)) {
      for (Series series : feed.series) {
        SeriesStatement.bind(insert, new SeriesEntry(series, LIFE, RawFeed.START, 1_000, 1, 1));
        insert.addBatch();
      }
      insert.executeBatch();
    }
    return new Writer(connection, open(connection), feed);
  }

  private static Connection open(PostgresConnection connection) throws SQLException {
    try {
      return new Connections(connection).getOrEstablishConnection();
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }

  private final class Writer implements RawWriter {
    private final UpsertWriter<PointChunk> chunks;
    private final UpsertWriter<LatePoint> late;
    private final UpsertWriter<LatestPoint> latest;
    private final Connection maintenance;
    private final RawFeed feed;
    private long seq;
    private long lateNanos;
    private long mergeNanos;
    private long latestNanos;

    Writer(PostgresConnection connection, Connection maintenance, RawFeed feed) {
      this.chunks = Writers.of(new ChunksTable(), connection);
      this.late = Writers.of(new LatePointsTable(LatePointsTable.LATE), connection);
      this.latest = Writers.of(new LatestPointsTable(), connection);
      this.maintenance = maintenance;
      this.feed = feed;
    }

    @Override
    public void write(int from, int to) throws Exception {
      int start = from - from % CHUNK_SECONDS;
      if (to <= feed.seconds && (to % cadenceSeconds == 0 || to == feed.seconds)) {
        for (int i = 0; i < feed.series.size(); i++) {
          chunks.write(chunk(i, start, to, to), null);
        }
        chunks.flush(false);
      }
      if (to <= feed.seconds) {
        writeLatest(to);
      }
      long begun = System.nanoTime();
      if (isBeyondHorizon) {
        for (int second = from; second < to; second++) {
          writeLate(second - RawFeed.LATENESS_SECONDS);
        }
        late.flush(false);
      } else {
        writeAgain(from - RawFeed.LATENESS_SECONDS, to - RawFeed.LATENESS_SECONDS, to);
        chunks.flush(false);
      }
      lateNanos += System.nanoTime() - begun;
      if (isBeyondHorizon) {
        merge(to - SETTLE_SECONDS);
      }
    }

    /** The chunks of which something late of seconds {@code [from, to)} has come by now. */
    private void writeAgain(int from, int to, int now) throws IOException, InterruptedException {
      for (int i = 0; i < feed.series.size(); i++) {
        int written = -1; // start of the chunk that was written last
        for (int second = Math.max(from, 0); second < Math.min(to, feed.seconds); second++) {
          int start = second - second % CHUNK_SECONDS;
          if (feed.isLate(i, second) && start != written) {
            chunks.write(chunk(i, start, Math.min(start + CHUNK_SECONDS, feed.seconds), now), null);
            written = start;
          }
        }
      }
    }

    private void writeLatest(int to) throws IOException, InterruptedException {
      long begun = System.nanoTime();
      for (int i = 0; i < feed.series.size(); i++) {
        int second = to - 1;
        while (feed.isLate(i, second)) {
          second--;
        }
        latest.write(
            new LatestPoint(
                feed.series.get(i).id(),
                RawFeed.millis(second),
                feed.value(i, second),
                7,
                ++seq,
                LIFE,
                ALL_KNOWN,
                1,
                seq),
            null);
      }
      latest.flush(false);
      latestNanos += System.nanoTime() - begun;
    }

    /** As many of the oldest as were received before a second and are still there. */
    private void merge(int receivedBefore) throws SQLException {
      long begun = System.nanoTime();
      try (PreparedStatement merge =
          maintenance.prepareStatement(
              "SELECT merge_late_points(count(*)::integer, interval '0') FROM late_points"
                  + " WHERE \"timestamp\" < from_millis(?) HAVING count(*) > 0")) {
        merge.setLong(1, RawFeed.millis(receivedBefore - RawFeed.LATENESS_SECONDS));
        merge.execute();
      }
      mergeNanos += System.nanoTime() - begun;
    }

    @Override
    public String spent() {
      return String.format(
          Locale.ROOT,
          "newest %.1f, late %.1f, merge %.1f, ",
          latestNanos / 1e9,
          lateNanos / 1e9,
          mergeNanos / 1e9);
    }

    /**
     * @param now what has come by then is in it
     */
    private PointChunk chunk(int series, int start, int end, int now) {
      int[] offsets = new int[end - start];
      double[] values = new double[end - start];
      int size = 0;
      for (int second = start; second < end; second++) {
        if (!feed.isLate(series, second)
            || (!isBeyondHorizon && second + RawFeed.LATENESS_SECONDS < now)) {
          offsets[size] = (second - start) * 1_000;
          values[size++] = feed.value(series, second);
        }
      }
      return new PointChunk(
          feed.series.get(series).id(),
          RawFeed.millis(start),
          RawFeed.millis(start + CHUNK_SECONDS),
          Arrays.copyOf(offsets, size),
          Arrays.copyOf(values, size),
          LIFE,
          1,
          ++seq);
    }

    private void writeLate(int second) throws IOException, InterruptedException {
      if (second < 0 || second >= feed.seconds) {
        return;
      }
      for (int i = 0; i < feed.series.size(); i++) {
        if (feed.isLate(i, second)) {
          late.write(
              new LatePoint(
                  feed.series.get(i).id(),
                  RawFeed.millis(second),
                  feed.value(i, second),
                  7,
                  ++seq,
                  RepairWindow.UNKNOWN,
                  1,
                  seq),
              null);
        }
      }
    }

    @Override
    public void close() {
      chunks.close();
      late.close();
      latest.close();
      try {
        maintenance.close();
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
