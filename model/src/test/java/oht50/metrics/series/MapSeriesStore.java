package oht50.metrics.series;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import oht50.metrics.time.Interval;
import oht50.metrics.wire.StateBytes;

/** A store of one key in maps, with the wake-ups that a test has to deliver. */
public final class MapSeriesStore implements SeriesStore {
  private static final Set<Interval> STORED =
      EnumSet.of(Interval.MINUTE, Interval.FIVE_MINUTES, Interval.QUARTER);

  SeriesTable table;
  Agenda agenda;
  Holdings holdings;
  KeySettings settings;
  TelemetryCatalog telemetry;
  final Map<Long, List<LogBatch>> logs = new TreeMap<>(); // minute -> log
  final Map<Interval, Map<Long, AccumulatorBlock>> blocks =
      new EnumMap<>(Interval.class); // level -> start -> block
  boolean isAskedToWakeSoon;
  final TreeSet<Long> wakeUps = new TreeSet<>();

  /** Whether nothing is left but what the registry says. */
  public boolean isEmpty() {
    return table == null
        && agenda == null
        && holdings == null
        && telemetry == null
        && logs.isEmpty()
        && blocks.values().stream().allMatch(Map::isEmpty)
        && wakeUps.isEmpty();
  }

  /** Watermarks asked for; whoever delivers one takes it out. */
  public TreeSet<Long> wakeUps() {
    return wakeUps;
  }

  /** Whether it was asked for since the last time. */
  public boolean takeWakeSoon() {
    boolean wasAsked = isAskedToWakeSoon;
    isAskedToWakeSoon = false;
    return wasAsked;
  }

  @Override
  public SeriesTable table() {
    return table;
  }

  @Override
  public void table(SeriesTable value) {
    table = value;
  }

  @Override
  public Agenda agenda() {
    return agenda;
  }

  @Override
  public void agenda(Agenda value) {
    agenda = value;
  }

  @Override
  public Holdings holdings() {
    return holdings;
  }

  @Override
  public void holdings(Holdings value) {
    holdings = value;
  }

  @Override
  public KeySettings settings() {
    return settings;
  }

  @Override
  public void settings(KeySettings value) {
    settings = value;
  }

  @Override
  public TelemetryCatalog telemetry() {
    return telemetry;
  }

  @Override
  public void telemetry(TelemetryCatalog value) {
    telemetry = value;
  }

  @Override
  public void append(long minute, LogBatch batch) {
    logs.computeIfAbsent(minute, key -> new ArrayList<>()).add(batch);
  }

  @Override
  public void log(long minute, List<LogBatch> to) {
    to.addAll(logs.getOrDefault(minute, List.of()));
  }

  @Override
  public void clearLog(long minute) {
    logs.remove(minute);
  }

  @Override
  public AccumulatorBlock block(Interval level, long start) {
    return of(level).get(start);
  }

  @Override
  public void block(Interval level, long start, AccumulatorBlock block) {
    if (block == null) {
      of(level).remove(start);
    } else {
      of(level).put(start, block);
    }
  }

  private Map<Long, AccumulatorBlock> of(Interval level) {
    if (!STORED.contains(level)) {
      throw new IllegalArgumentException("blocks of " + level + " are not stored");
    }
    return blocks.computeIfAbsent(level, key -> new TreeMap<>());
  }

  @Override
  public void wakeSoon() {
    isAskedToWakeSoon = true;
  }

  @Override
  public void wakeAt(long watermark) {
    wakeUps.add(watermark);
  }

  /** Everything, as a snapshot holds it. */
  public void write(DataOutput to) throws IOException {
    StateBytes.writeInstants(wakeUps, to);
    to.writeBoolean(isAskedToWakeSoon);
    StateBytes.write(table, new SeriesTable.BinaryForm(), to);
    StateBytes.write(agenda, new Agenda.BinaryForm(), to);
    StateBytes.write(holdings, new Holdings.BinaryForm(), to);
    StateBytes.write(settings, new KeySettings.BinaryForm(), to);
    StateBytes.write(telemetry, new TelemetryCatalog.BinaryForm(), to);
    to.writeInt(logs.size());
    for (Map.Entry<Long, List<LogBatch>> log : logs.entrySet()) {
      to.writeLong(log.getKey());
      StateBytes.writeList(log.getValue(), new LogBatch.BinaryForm(), to);
    }
    for (Interval level : STORED) {
      StateBytes.writeMap(of(level), new AccumulatorBlock.BinaryForm(), to);
    }
  }

  /** A store with the same state, as a restore from a snapshot makes it. */
  MapSeriesStore copy() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    write(new DataOutputStream(bytes));
    return read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
  }

  public static MapSeriesStore read(DataInput from) throws IOException {
    MapSeriesStore store = new MapSeriesStore();
    StateBytes.readInstants(from, store.wakeUps);
    store.isAskedToWakeSoon = from.readBoolean();
    store.table = StateBytes.read(new SeriesTable.BinaryForm(), from);
    store.agenda = StateBytes.read(new Agenda.BinaryForm(), from);
    store.holdings = StateBytes.read(new Holdings.BinaryForm(), from);
    store.settings = StateBytes.read(new KeySettings.BinaryForm(), from);
    store.telemetry = StateBytes.read(new TelemetryCatalog.BinaryForm(), from);
    for (int left = from.readInt(); left > 0; left--) {
      store.logs.put(from.readLong(), StateBytes.readList(new LogBatch.BinaryForm(), from));
    }
    for (Interval level : STORED) {
      StateBytes.readMap(new AccumulatorBlock.BinaryForm(), from, store.of(level));
    }
    return store;
  }
}
