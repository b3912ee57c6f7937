package oht50.metrics.source.exposition;

/**
 * Whether the samples of a histogram fit together: bounds and counts ascend, {@code +Inf} is there
 * and has the count, sum and count come together, and a sum means something: not where negative
 * values may have been observed.
 */
final class HistogramCheck {
  private final String name;

  private boolean open;
  private long group;
  private double time;

  private double bound; // NaN: no bucket yet
  private double inBucket;
  private double count; // NaN: not said
  private boolean hasSum;
  private boolean hasGaugeSum;
  private boolean hasNegativeBuckets;
  private boolean hasNegativeGaugeSum;

  HistogramCheck(String name) {
    this.name = name;
  }

  /**
   * @param newTime seconds, or NaN
   * @param newBound of a bucket
   */
  void add(String suffix, long newGroup, double newTime, double newBound, double value, Scanner in)
      throws InvalidExposition {
    if (!open || newGroup != group || Double.compare(newTime, time) != 0) {
      finish(in);
      begin(newGroup, newTime);
    }
    switch (suffix) {
      case "_bucket" -> bucket(newBound, value, in);
      case "_count", "_gcount" -> count = value;
      case "_sum" -> hasSum = true;
      case "_gsum" -> {
        hasGaugeSum = true;
        hasNegativeGaugeSum |= value < 0;
      }
      default -> {} // when it was created
    }
  }

  private void begin(long newGroup, double newTime) {
    open = true;
    group = newGroup;
    time = newTime;
    bound = Double.NaN;
    inBucket = 0;
    count = Double.NaN;
    hasSum = false;
    hasGaugeSum = false;
    hasNegativeBuckets = false;
    hasNegativeGaugeSum = false;
  }

  private void bucket(double newBound, double value, Scanner in) throws InvalidExposition {
    require(!(newBound <= bound), "has buckets out of order", in);
    require(value >= inBucket, "has a bucket with less than the one below it", in);
    hasNegativeBuckets |= newBound < 0;
    bound = newBound;
    inBucket = value;
  }

  /** When no further sample of the last group comes. */
  void finish(Scanner in) throws InvalidExposition {
    if (!open) {
      return;
    }
    boolean hasCount = !Double.isNaN(count);
    boolean hasAnySum = hasSum || hasGaugeSum;
    require(bound == Double.POSITIVE_INFINITY, "has no +Inf bucket", in);
    require(!hasCount || count == inBucket, "has a count that is not that of its +Inf bucket", in);
    require(hasCount == hasAnySum, "has one of count and sum", in);
    require(!(hasNegativeBuckets && hasSum), "has a sum, and buckets below 0", in);
    require(
        hasNegativeBuckets || !hasNegativeGaugeSum, "has a sum below 0, and no bucket there", in);
  }

  private void require(boolean holds, String fault, Scanner in) throws InvalidExposition {
    if (!holds) {
      throw in.malformed(name + " " + fault);
    }
  }
}
