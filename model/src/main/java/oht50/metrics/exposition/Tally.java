package oht50.metrics.exposition;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import oht50.metrics.model.Labels;
import oht50.metrics.wire.Codec;
import oht50.metrics.wire.Primitives;

/**
 * What came together for one series of the page. Tallies of the same form merge in any order; of
 * levels the newest counts, and of readings of one time the second.
 *
 * @param name of the metric
 * @param labels of the series on the page
 * @param timestamp of a level or a reading: its event time, ms; of a count in a minute the minute's
 *     start; 0 otherwise
 * @param value the level, the reading, the increment, or the sum of the observations
 * @param buckets of observations: how many fell into each bucket, not cumulative, the last is +Inf;
 *     empty otherwise. Not to be modified.
 */
public record Tally(
    Form form, String name, Labels labels, long timestamp, double value, long[] buckets) {

  private static final long[] NO_BUCKETS = {};

  /** How tallies come together. The codes are persisted and never reused. */
  public enum Form {
    /** How many more the job has counted; negative when a count was too high. */
    INCREMENT(1),
    /** A measured value, or the running total that its source reports. */
    LEVEL(2),
    /** Observations of a distribution. */
    OBSERVATIONS(3),
    /** How many more the job has counted in the minute that begins at the timestamp. */
    COUNT_IN_MINUTE(4),
    /** The running total that its source reported at the timestamp, each reading by itself. */
    READING(5);

    private final int code;

    Form(int code) {
      this.code = code;
    }

    int code() {
      return code;
    }

    /** Whether tallies of different times are not to come together. */
    boolean isOfATime() {
      return this == COUNT_IN_MINUTE || this == READING;
    }

    static Form ofCode(int code) {
      for (Form form : values()) {
        if (form.code == code) {
          return form;
        }
      }
      throw new IllegalArgumentException("unknown form code " + code);
    }
  }

  /** A tally of one sample; an observation is a duration, and at least 0. */
  static Tally of(Placement place, long timestamp, double value) {
    return switch (place.form()) {
      case INCREMENT -> place.tally(0, value, NO_BUCKETS);
      case LEVEL, READING -> place.tally(timestamp, value, NO_BUCKETS);
      case COUNT_IN_MINUTE -> place.tally(Throughput.minuteOf(timestamp), value, NO_BUCKETS);
      case OBSERVATIONS -> {
        // Two clocks can make a duration negative; a sum that fell would be read as a restart.
        double duration = Math.max(0, value);
        long[] buckets = new long[place.metric().bounds().size() + 1];
        buckets[place.metric().bucketOf(duration)] = 1;
        yield place.tally(0, duration, buckets);
      }
    };
  }

  /** Both together; of two levels of one time the second counts. */
  Tally plus(Tally other) {
    return switch (form) {
      case INCREMENT -> with(0, value + other.value, NO_BUCKETS);
      case LEVEL -> other.timestamp >= timestamp ? other : this;
      case COUNT_IN_MINUTE -> with(timestamp, value + other.value, NO_BUCKETS);
      case READING -> other;
      case OBSERVATIONS -> with(0, value + other.value, sums(buckets, other.buckets));
    };
  }

  private Tally with(long changedTimestamp, double changedValue, long[] changedBuckets) {
    return new Tally(form, name, labels, changedTimestamp, changedValue, changedBuckets);
  }

  Tally withLabels(Labels changed) {
    return new Tally(form, name, changed, timestamp, value, buckets);
  }

  private static long[] sums(long[] some, long[] others) {
    long[] sums = some.clone();
    for (int i = 0; i < sums.length; i++) {
      sums[i] += others[i];
    }
    return sums;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Tally tally
        && form == tally.form
        && name.equals(tally.name)
        && labels.equals(tally.labels)
        && timestamp == tally.timestamp
        && Double.compare(value, tally.value) == 0
        && java.util.Arrays.equals(buckets, tally.buckets);
  }

  @Override
  public int hashCode() {
    return 31 * name.hashCode() + labels.hashCode();
  }

  /** Form code, name, labels, timestamp, value (raw bits), buckets. */
  public static final class BinaryForm implements Codec<Tally> {
    private static final long serialVersionUID = 1L;

    @Override
    public int version() {
      return 1;
    }

    @Override
    public void write(Tally tally, DataOutput out) throws IOException {
      out.writeByte(tally.form.code());
      Primitives.writeText(tally.name, out);
      Primitives.writeLabels(tally.labels, out);
      out.writeLong(tally.timestamp);
      Primitives.writeDouble(tally.value, out);
      Primitives.writeLongs(tally.buckets, out);
    }

    @Override
    public Tally read(int version, DataInput in) throws IOException {
      return new Tally(
          Form.ofCode(in.readByte()),
          Primitives.readText(in),
          Primitives.readLabels(in),
          in.readLong(),
          Primitives.readDouble(in),
          Primitives.readLongs(in));
    }
  }
}
