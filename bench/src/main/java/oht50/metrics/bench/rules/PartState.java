package oht50.metrics.bench.rules;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import oht50.metrics.ruleeval.PartIndex;
import oht50.metrics.ruleeval.PartSeries;
import oht50.metrics.ruleeval.PartStore;
import oht50.metrics.ruleeval.PointSlice;
import oht50.metrics.ruleeval.RuleState;
import oht50.metrics.wire.Codec;

/** The state of one part in memory. */
final class PartState implements PartStore {
  private final TreeSet<Long> wakeUps = new TreeSet<>();
  private final Cells<Long, PointSlice> slices; // start -> its content
  private final Cells<Long, RuleState> rules; // id -> what is kept of it
  private final Cells<String, PartIndex> index;
  private final Cells<String, PartSeries> series;

  /**
   * @param areBytes whether each write makes bytes and each read objects of them, as a state
   *     backend outside of the heap does
   */
  PartState(boolean areBytes) {
    this.slices = new Cells<>(areBytes ? new PointSlice.BinaryForm() : null);
    this.rules = new Cells<>(areBytes ? new RuleState.BinaryForm() : null);
    this.index = new Cells<>(areBytes ? new PartIndex.BinaryForm() : null);
    this.series = new Cells<>(areBytes ? new PartSeries.BinaryForm() : null);
  }

  /** Values, or their bytes if there is a codec. */
  private static final class Cells<K, V> {
    private final Codec<V> codec;
    private final Map<K, Object> all = new HashMap<>(); // a value or its bytes

    Cells(Codec<V> codec) {
      this.codec = codec;
    }

    @SuppressWarnings("unchecked")
    V get(K key) {
      Object held = all.get(key);
      return held == null || codec == null ? (V) held : read((byte[]) held);
    }

    void put(K key, V value) {
      if (value == null) {
        all.remove(key);
      } else {
        all.put(key, codec == null ? value : written(value));
      }
    }

    private V read(byte[] bytes) {
      try {
        return codec.read(codec.version(), new DataInputStream(new ByteArrayInputStream(bytes)));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private byte[] written(V value) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try {
        codec.write(value, new DataOutputStream(bytes));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return bytes.toByteArray();
    }
  }

  /** Whether the part asked to be called by now; forgets that it did. */
  boolean isDue(long watermark) {
    if (wakeUps.isEmpty() || wakeUps.first() > watermark) {
      return false;
    }
    wakeUps.headSet(watermark, true).clear();
    return true;
  }

  @Override
  public PartIndex index() {
    return index.get("");
  }

  @Override
  public void index(PartIndex value) {
    index.put("", value);
  }

  @Override
  public PartSeries series() {
    return series.get("");
  }

  @Override
  public void series(PartSeries value) {
    series.put("", value);
  }

  @Override
  public PointSlice slice(long start) {
    return slices.get(start);
  }

  @Override
  public void slice(long start, PointSlice slice) {
    slices.put(start, slice);
  }

  @Override
  public RuleState rule(long id) {
    return rules.get(id);
  }

  @Override
  public void rule(long id, RuleState state) {
    rules.put(id, state);
  }

  @Override
  public void wakeAt(long watermark) {
    wakeUps.add(watermark);
  }
}
