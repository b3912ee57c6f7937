package oht50.metrics.count;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import oht50.metrics.wire.StateBytes;

/** A store of one key in a map, with the wake-ups that a test has to deliver. */
public final class MapCountStore implements CountStore {
  final Map<Long, CountedSecond> seconds = new TreeMap<>();
  final TreeSet<Long> wakeUps = new TreeSet<>();
  CountIndex index;

  public boolean isEmpty() {
    return seconds.isEmpty() && index == null && wakeUps.isEmpty();
  }

  /** Watermarks asked for; whoever delivers one takes it out. */
  public TreeSet<Long> wakeUps() {
    return wakeUps;
  }

  @Override
  public CountedSecond second(long start) {
    return seconds.get(start);
  }

  @Override
  public void second(long start, CountedSecond counted) {
    if (counted == null) {
      seconds.remove(start);
    } else {
      seconds.put(start, counted);
    }
  }

  @Override
  public CountIndex index() {
    return index;
  }

  @Override
  public void index(CountIndex value) {
    index = value;
  }

  @Override
  public void wakeAt(long watermark) {
    wakeUps.add(watermark);
  }

  /** Everything, as a snapshot holds it. */
  public void write(DataOutput to) throws IOException {
    StateBytes.writeInstants(wakeUps, to);
    StateBytes.write(index, new CountIndex.BinaryForm(), to);
    StateBytes.writeMap(seconds, new CountedSecond.BinaryForm(), to);
  }

  public static MapCountStore read(DataInput from) throws IOException {
    MapCountStore store = new MapCountStore();
    StateBytes.readInstants(from, store.wakeUps);
    store.index = StateBytes.read(new CountIndex.BinaryForm(), from);
    StateBytes.readMap(new CountedSecond.BinaryForm(), from, store.seconds);
    return store;
  }
}
