package oht50.metrics.rule;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import oht50.metrics.wire.StateBytes;

/** A store of one robot in maps, with the wake-ups that a test has to deliver. */
public final class MapSequenceStore implements SequenceStore {
  private final TreeSet<Long> wakeUps = new TreeSet<>();
  private final Map<Long, LogSlice> slices = new TreeMap<>(); // start -> its content
  private LogIndex index = LogIndex.EMPTY;
  private boolean isJudgedSinceStart;
  private int reads;

  /** Watermarks asked for; whoever delivers one takes it out. */
  public TreeSet<Long> wakeUps() {
    return wakeUps;
  }

  /** Whether nobody has asked since the robot's state was made or restored. */
  public boolean isFirstSinceStart() {
    boolean isFirst = !isJudgedSinceStart;
    isJudgedSinceStart = true;
    return isFirst;
  }

  /** Slices read since {@link #forgetReads}. */
  int reads() {
    return reads;
  }

  void forgetReads() {
    reads = 0;
  }

  /** Whether nothing is kept, and nothing asked for. */
  public boolean isEmpty() {
    return wakeUps.isEmpty() && slices.isEmpty() && index.isEmpty();
  }

  @Override
  public LogIndex index() {
    return index;
  }

  @Override
  public void index(LogIndex value) {
    index = value;
  }

  @Override
  public LogSlice slice(long start) {
    reads++;
    return slices.get(start);
  }

  @Override
  public void slice(long start, LogSlice slice) {
    if (slice == null) {
      slices.remove(start);
    } else {
      slices.put(start, slice);
    }
  }

  @Override
  public void wakeAt(long watermark) {
    wakeUps.add(watermark);
  }

  public void write(DataOutput to) throws IOException {
    StateBytes.writeInstants(wakeUps, to);
    StateBytes.write(index, new LogIndex.BinaryForm(), to);
    StateBytes.writeMap(slices, new LogSlice.BinaryForm(), to);
  }

  public static MapSequenceStore read(DataInput from) throws IOException {
    MapSequenceStore robot = new MapSequenceStore();
    StateBytes.readInstants(from, robot.wakeUps);
    robot.index = StateBytes.read(new LogIndex.BinaryForm(), from);
    StateBytes.readMap(new LogSlice.BinaryForm(), from, robot.slices);
    return robot;
  }
}
