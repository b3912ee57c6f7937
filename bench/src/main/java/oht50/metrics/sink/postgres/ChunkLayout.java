package oht50.metrics.sink.postgres;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import oht50.metrics.model.LatePoint;
import oht50.metrics.model.PointChunk;
import oht50.metrics.model.RepairWindow;
import oht50.metrics.model.Series;
import oht50.metrics.model.SeriesEntry;

/**
 * Chunks and late points as shipped, through the product's tables, writers and maintenance. The
 * late points of ten minutes are merged together, as with the shipped settling time.
 */
final class ChunkLayout implements RawLayout {
  private static final int CHUNK_SECONDS = 120; // of series that speak once a second
  private static final int MERGE_SECONDS = 600;
  private static final int MERGE_CHUNKS = 500;
  private static final long LIFE = 11;

  private final int cadenceSeconds;

  private ChunkLayout(int cadenceSeconds) {
    this.cadenceSeconds = cadenceSeconds;
  }

  /** Each chunk again and again as long as it is open. */
  static RawLayout every(int seconds) {
    return new ChunkLayout(seconds);
  }

  /** Each chunk once, as in a replay at full speed. */
  static RawLayout whenFull() {
    return new ChunkLayout(CHUNK_SECONDS);
  }

  @Override
  public String name() {
    return cadenceSeconds == CHUNK_SECONDS
        ? "chunks, when full"
        : "chunks, every " + cadenceSeconds + " s";
  }

  @Override
  public List<String> tables() {
    return List.of("public.chunks", "public.late_points");
  }

  @Override
  public String definition() {
    return "TRUNCATE series, chunks, late_points, late_point_merges, repair_windows";
  }

  @Override
  public String count() {
    return "SELECT count(*) FROM points";
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
    return new Writer(connection, feed);
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
    private final Maintenance maintenance;
    private final RawFeed feed;
    private long seq;
    private long lateNanos;
    private long mergeNanos;

    Writer(PostgresConnection connection, RawFeed feed) {
      this.chunks = Writers.of(new ChunksTable(), connection);
      this.late = Writers.of(new LatePointsTable(LatePointsTable.LATE), connection);
      this.maintenance =
          new Maintenance(connection, Duration.ZERO, MERGE_CHUNKS, Integer.MAX_VALUE);
      this.feed = feed;
    }

    @Override
    public void write(int from, int to) throws Exception {
      int start = from - from % CHUNK_SECONDS;
      if (to % cadenceSeconds == 0 || to == feed.seconds) {
        for (int i = 0; i < feed.series.size(); i++) {
          chunks.write(chunk(i, start, to), null);
        }
        chunks.flush(false);
      }
      long begun = System.nanoTime();
      for (int second = from; second < to; second++) {
        writeLate(second - RawFeed.LATENESS_SECONDS);
      }
      late.flush(false);
      lateNanos += System.nanoTime() - begun;
      if (to % MERGE_SECONDS == 0) {
        merge();
      }
    }

    private void merge() throws SQLException {
      long begun = System.nanoTime();
      maintenance.round();
      mergeNanos += System.nanoTime() - begun;
    }

    @Override
    public String spent() {
      return String.format(
          Locale.ROOT, "late %.1f, merge %.1f, ", lateNanos / 1e9, mergeNanos / 1e9);
    }

    private PointChunk chunk(int series, int start, int end) {
      int[] offsets = new int[end - start];
      double[] values = new double[end - start];
      int size = 0;
      for (int second = start; second < end; second++) {
        if (!feed.isLate(series, second)) {
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
      if (second < 0) {
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
    public void end() throws Exception {
      for (int second = Math.max(0, feed.seconds - RawFeed.LATENESS_SECONDS);
          second < feed.seconds;
          second++) {
        writeLate(second);
      }
      late.flush(true);
      merge();
    }

    @Override
    public void close() {
      chunks.close();
      late.close();
      maintenance.close();
    }
  }
}
