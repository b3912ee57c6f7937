package oht50.metrics.series;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import oht50.metrics.model.MetricKind;
import oht50.metrics.model.Series;
import oht50.metrics.model.SeriesLayout;
import oht50.metrics.wire.Codec;
import oht50.metrics.wire.Primitives;

/**
 * The series of a key that are in state, one column each. Logs and blocks name a series by its
 * column; a column is given again only after no log and no block holds it.
 *
 * <p>Immutable: a change makes a new table, so a snapshot may read the old one.
 */
public final class SeriesTable {
  public static final SeriesTable EMPTY = new SeriesTable(0);

  static final int UNKNOWN = -1;
  static final int COLLISION = -2;

  /** Where a series has said nothing. */
  static final long NO_TIME = Long.MIN_VALUE;

  /** Of a free column. */
  private static final byte FREE = 0;

  private final long[] ids;
  private final long[] checks;
  private final byte[] kinds; // MetricKind codes
  private final long[] incarnations;
  private final long[] spans; // ms of a chunk
  private final long[] frontiers; // first ms whose points are in state
  private final long[] newest; // newest event time
  private final long[] arrivals; // watermark when the series last changed
  private final int[] points; // points in state
  private final long[] heldTimes; // of the newest point that carries over, or NO_TIME
  private final double[] heldValues; // what it said
  private final long[] edgeTimes; // the same of the newest one whose minute has left state
  private final double[] edgeValues;

  // Lookups of the layout asked for last; a key mostly sees one shape of message.
  private transient SeriesLayout lastLayout;
  private transient int[] lastColumns;

  private SeriesTable(int columns) {
    ids = new long[columns];
    checks = new long[columns];
    kinds = new byte[columns];
    incarnations = new long[columns];
    spans = new long[columns];
    frontiers = new long[columns];
    newest = new long[columns];
    arrivals = new long[columns];
    points = new int[columns];
    heldTimes = new long[columns];
    heldValues = new double[columns];
    edgeTimes = new long[columns];
    edgeValues = new double[columns];
  }

  private SeriesTable(SeriesTable other, int columns) {
    ids = Arrays.copyOf(other.ids, columns);
    checks = Arrays.copyOf(other.checks, columns);
    kinds = Arrays.copyOf(other.kinds, columns);
    incarnations = Arrays.copyOf(other.incarnations, columns);
    spans = Arrays.copyOf(other.spans, columns);
    frontiers = Arrays.copyOf(other.frontiers, columns);
    newest = Arrays.copyOf(other.newest, columns);
    arrivals = Arrays.copyOf(other.arrivals, columns);
    points = Arrays.copyOf(other.points, columns);
    heldTimes = Arrays.copyOf(other.heldTimes, columns);
    heldValues = Arrays.copyOf(other.heldValues, columns);
    edgeTimes = Arrays.copyOf(other.edgeTimes, columns);
    edgeValues = Arrays.copyOf(other.edgeValues, columns);
  }

  /** Number of columns, free ones included. */
  int columns() {
    return ids.length;
  }

  boolean isFree(int column) {
    return kinds[column] == FREE;
  }

  boolean isEmpty() {
    for (byte kind : kinds) {
      if (kind != FREE) {
        return false;
      }
    }
    return true;
  }

  long id(int column) {
    return ids[column];
  }

  int kind(int column) {
    return kinds[column];
  }

  /** Whether what the series said before a window counts in it. */
  boolean carriesOver(int column) {
    return isCounter(column) || isState(column);
  }

  boolean isCounter(int column) {
    return kinds[column] == MetricKind.COUNTER.code();
  }

  boolean isState(int column) {
    return kinds[column] == MetricKind.STATE.code() || isTracked(column);
  }

  /** Whether the minutes of a series say when its value changed. */
  boolean isTracked(int column) {
    return kinds[column] == MetricKind.TRACKED_STATE.code();
  }

  /** Time of the newest point of a series that carries over, {@link #NO_TIME} if there is none. */
  long heldTime(int column) {
    return heldTimes[column];
  }

  double heldValue(int column) {
    return heldValues[column];
  }

  /** Time of the newest point that carries over and whose minute is no longer in state. */
  long edgeTime(int column) {
    return edgeTimes[column];
  }

  double edgeValue(int column) {
    return edgeValues[column];
  }

  long incarnation(int column) {
    return incarnations[column];
  }

  long span(int column) {
    return spans[column];
  }

  /** Points before it are no longer in state, and a sample before it is beyond the horizon. */
  long frontier(int column) {
    return frontiers[column];
  }

  long newest(int column) {
    return newest[column];
  }

  long arrival(int column) {
    return arrivals[column];
  }

  int points(int column) {
    return points[column];
  }

  /** Whether any point of the series is in state. */
  boolean hasPoints(int column) {
    return !isFree(column) && frontiers[column] <= newest[column];
  }

  /**
   * The column of each series of a layout, {@link #UNKNOWN} for one that is not in the table,
   * {@link #COLLISION} for one whose id another series has. Not to be modified.
   */
  int[] columnsOf(SeriesLayout layout) {
    if (layout.equals(lastLayout)) {
      return lastColumns;
    }
    int[] columns = new int[layout.size()];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = columnOf(layout.series(i));
    }
    lastColumns = columns;
    lastLayout = layout;
    return columns;
  }

  int columnOf(Series series) {
    for (int column = 0; column < ids.length; column++) {
      if (ids[column] == series.id() && kinds[column] != FREE) {
        return checks[column] == series.check() ? column : COLLISION;
      }
    }
    return UNKNOWN;
  }

  /** This table and one more series; its column is the lowest free one. */
  SeriesTable with(Series series, long incarnation, long span, long watermark) {
    int column = 0;
    while (column < ids.length && kinds[column] != FREE) {
      column++;
    }
    SeriesTable table = new SeriesTable(this, Math.max(ids.length, column + 1));
    table.ids[column] = series.id();
    table.checks[column] = series.check();
    table.kinds[column] = (byte) series.kind().code();
    table.incarnations[column] = incarnation;
    table.spans[column] = span;
    table.frontiers[column] = Long.MIN_VALUE;
    table.newest[column] = Long.MIN_VALUE;
    table.arrivals[column] = watermark;
    table.points[column] = 0;
    table.heldTimes[column] = NO_TIME;
    table.edgeTimes[column] = NO_TIME;
    return table;
  }

  Editor edit() {
    return new Editor(new SeriesTable(this, ids.length));
  }

  /** Collects the changes of one pass into one new table. */
  static final class Editor {
    private final SeriesTable table;

    private Editor(SeriesTable copy) {
      this.table = copy;
    }

    /** The table under change; the same object after every edit. */
    SeriesTable table() {
      return table;
    }

    void changed(int column, long newestEventTime, int pointsAdded, long watermark) {
      table.newest[column] = Math.max(table.newest[column], newestEventTime);
      table.points[column] += pointsAdded;
      table.arrivals[column] = Math.max(table.arrivals[column], watermark);
    }

    /** Notes the newest point that carries over. */
    void held(int column, long time, double value) {
      table.heldTimes[column] = time;
      table.heldValues[column] = value;
    }

    /** Notes what was said before all that is in state. */
    void edge(int column, long time, double value) {
      table.edgeTimes[column] = time;
      table.edgeValues[column] = value;
    }

    /** Notes the last point of a minute that leaves state. */
    void left(int column, long time, double value) {
      if (time > table.edgeTimes[column]) {
        table.edgeTimes[column] = time;
        table.edgeValues[column] = value;
      }
    }

    void frontier(int column, long frontier) {
      table.frontiers[column] = frontier;
    }

    void pointsEvicted(int column, int count) {
      table.points[column] -= count;
    }

    void remove(int column) {
      table.kinds[column] = FREE;
      table.ids[column] = 0;
    }
  }

  /** Columns, then the arrays in the order of the fields. */
  public static final class BinaryForm implements Codec<SeriesTable> {
    private static final long serialVersionUID = 1L;

    @Override
    public int version() {
      return 1;
    }

    @Override
    public void write(SeriesTable table, DataOutput out) throws IOException {
      Primitives.writeCount(table.columns(), out);
      for (int i = 0; i < table.columns(); i++) {
        out.writeByte(table.kinds[i]);
        if (table.kinds[i] == FREE) {
          continue;
        }
        out.writeLong(table.ids[i]);
        out.writeLong(table.checks[i]);
        out.writeLong(table.incarnations[i]);
        out.writeLong(table.spans[i]);
        out.writeLong(table.frontiers[i]);
        out.writeLong(table.newest[i]);
        out.writeLong(table.arrivals[i]);
        out.writeInt(table.points[i]);
        if (table.carriesOver(i)) {
          out.writeLong(table.heldTimes[i]);
          out.writeLong(Double.doubleToRawLongBits(table.heldValues[i]));
          out.writeLong(table.edgeTimes[i]);
          out.writeLong(Double.doubleToRawLongBits(table.edgeValues[i]));
        }
      }
    }

    @Override
    public SeriesTable read(int version, DataInput in) throws IOException {
      SeriesTable table = new SeriesTable(Primitives.readCount(in));
      for (int i = 0; i < table.columns(); i++) {
        table.kinds[i] = in.readByte();
        if (table.kinds[i] == FREE) {
          continue;
        }
        table.ids[i] = in.readLong();
        table.checks[i] = in.readLong();
        table.incarnations[i] = in.readLong();
        table.spans[i] = in.readLong();
        table.frontiers[i] = in.readLong();
        table.newest[i] = in.readLong();
        table.arrivals[i] = in.readLong();
        table.points[i] = in.readInt();
        if (table.carriesOver(i)) {
          table.heldTimes[i] = in.readLong();
          table.heldValues[i] = Double.longBitsToDouble(in.readLong());
          table.edgeTimes[i] = in.readLong();
          table.edgeValues[i] = Double.longBitsToDouble(in.readLong());
        } else {
          table.heldTimes[i] = NO_TIME;
          table.edgeTimes[i] = NO_TIME;
        }
      }
      return table;
    }
  }
}
