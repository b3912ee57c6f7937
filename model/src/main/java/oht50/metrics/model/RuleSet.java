package oht50.metrics.model;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.Serializable;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import oht50.metrics.wire.Codec;
import oht50.metrics.wire.Primitives;

/**
 * Rule files that replace all those before them.
 *
 * @param effectiveFrom the first instant at which they are evaluated, ms; {@link #ALWAYS} for since
 *     ever
 * @param files name -> text
 * @param source where they come from, for people and for what is rejected
 */
public record RuleSet(long effectiveFrom, SortedMap<String, String> files, Position source)
    implements Serializable {
  /** Since ever. */
  public static final long ALWAYS = Long.MIN_VALUE;

  private static final String CONFIGURATION = "configuration";

  public RuleSet {
    files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
  }

  /** Of the job's configuration. */
  public static RuleSet configured(SortedMap<String, String> files) {
    return new RuleSet(ALWAYS, files, new Position(CONFIGURATION, 0, 0));
  }

  public boolean isConfigured() {
    return source.topic().equals(CONFIGURATION);
  }

  public RuleSet effectiveFrom(long instant) {
    return new RuleSet(instant, files, source);
  }

  /** Instant, files, position. */
  public static final class BinaryForm implements Codec<RuleSet> {
    private static final long serialVersionUID = 1L;

    @Override
    public int version() {
      return 1;
    }

    @Override
    public void write(RuleSet set, DataOutput out) throws IOException {
      out.writeLong(set.effectiveFrom);
      Primitives.writeCount(set.files.size(), out);
      for (var file : set.files.entrySet()) {
        Primitives.writeText(file.getKey(), out);
        Primitives.writeText(file.getValue(), out);
      }
      Primitives.writeText(set.source.topic(), out);
      out.writeInt(set.source.partition());
      out.writeLong(set.source.offset());
    }

    @Override
    public RuleSet read(int version, DataInput in) throws IOException {
      long effectiveFrom = in.readLong();
      TreeMap<String, String> files = new TreeMap<>();
      for (int left = Primitives.readCount(in); left > 0; left--) {
        files.put(Primitives.readText(in), Primitives.readText(in));
      }
      Position source = new Position(Primitives.readText(in), in.readInt(), in.readLong());
      return new RuleSet(effectiveFrom, files, source);
    }
  }
}
