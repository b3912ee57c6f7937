package oht50.metrics.ruleeval;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import oht50.metrics.wire.StateBytes;

/** A store of one part in maps, with the wake-ups that a test has to deliver. */
public final class MapPartStore implements PartStore {
  private final TreeSet<Long> wakeUps = new TreeSet<>();
  private final Map<Long, PointSlice> slices = new TreeMap<>(); // start -> its content
  private final Map<Long, RuleState> rules = new TreeMap<>(); // id -> what is kept of it
  private PartIndex index;
  private PartSeries series;
  private int accesses;

  /** Watermarks asked for; whoever delivers one takes it out. */
  public TreeSet<Long> wakeUps() {
    return wakeUps;
  }

  /** Whether nothing is kept, and nothing asked for. */
  public boolean isEmpty() {
    return wakeUps.isEmpty()
        && index == null
        && series == null
        && slices.isEmpty()
        && rules.isEmpty();
  }

  /** Reads and writes of what is kept so far. */
  int accesses() {
    return accesses;
  }

  @Override
  public PartIndex index() {
    accesses++;
    return index;
  }

  @Override
  public void index(PartIndex value) {
    accesses++;
    index = value;
  }

  @Override
  public PartSeries series() {
    accesses++;
    return series;
  }

  @Override
  public void series(PartSeries value) {
    accesses++;
    series = value;
  }

  @Override
  public PointSlice slice(long start) {
    accesses++;
    return slices.get(start);
  }

  @Override
  public void slice(long start, PointSlice slice) {
    accesses++;
    put(slices, start, slice);
  }

  @Override
  public RuleState rule(long id) {
    accesses++;
    return rules.get(id);
  }

  @Override
  public void rule(long id, RuleState state) {
    accesses++;
    put(rules, id, state);
  }

  private static <T> void put(Map<Long, T> all, long key, T value) {
    if (value == null) {
      all.remove(key);
    } else {
      all.put(key, value);
    }
  }

  @Override
  public void wakeAt(long watermark) {
    wakeUps.add(watermark);
  }

  public void write(DataOutput to) throws IOException {
    StateBytes.writeInstants(wakeUps, to);
    StateBytes.write(index, new PartIndex.BinaryForm(), to);
    StateBytes.write(series, new PartSeries.BinaryForm(), to);
    StateBytes.writeMap(slices, new PointSlice.BinaryForm(), to);
    StateBytes.writeMap(rules, new RuleState.BinaryForm(), to);
  }

  public static MapPartStore read(DataInput from) throws IOException {
    MapPartStore part = new MapPartStore();
    StateBytes.readInstants(from, part.wakeUps);
    part.index = StateBytes.read(new PartIndex.BinaryForm(), from);
    part.series = StateBytes.read(new PartSeries.BinaryForm(), from);
    StateBytes.readMap(new PointSlice.BinaryForm(), from, part.slices);
    StateBytes.readMap(new RuleState.BinaryForm(), from, part.rules);
    return part;
  }

  /** What a restart finds. */
  MapPartStore restored() {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      write(new DataOutputStream(bytes));
      return read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
