package oht50.metrics.source.scrape;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import oht50.metrics.model.Hash64;
import oht50.metrics.model.Series;
import oht50.metrics.source.exposition.ExposedSample;

/**
 * The series that a target has said, by the bytes in which it says them: a page like the last one
 * builds no text. It knows as much as the last page had, and which series have gone since.
 */
final class SeriesCache {
  /** A series of the target. */
  static final class Known {
    private final Series series;
    private boolean live;
    private boolean marked; // ends with a staleness marker
    private long saidIn;
    private long saidAt;

    private Known(Series series) {
      this.series = series;
    }

    Series series() {
      return series;
    }
  }

  private final SeriesNaming naming;
  private final Map<Written, Known> byText = new HashMap<>();
  private final Map<Series, Known> bySeries = new HashMap<>();
  private final Written probe = new Written();

  private long scrape = 1;
  private int said;
  private int added;

  SeriesCache(SeriesNaming naming) {
    this.naming = naming;
  }

  /** The series of a sample; whether it counts as said is for {@link #say} to decide. */
  Known of(ExposedSample sample) {
    probe.set(sample.text(), sample.seriesStart(), sample.seriesEnd());
    Known known = byText.get(probe);
    if (known == null || known.series.kind() != sample.kind()) {
      Series series = naming.of(sample);
      known = bySeries.get(series);
      if (known == null || known.series.kind() != series.kind()) {
        Known before = known;
        known = new Known(series);
        known.live = before != null && before.live;
        known.marked = before != null && before.marked;
        bySeries.remove(series); // the key would stay the one of the other kind
        bySeries.put(series, known);
      }
      byText.put(probe.copy(), known);
    }
    return known;
  }

  /**
   * The target says this series in the scrape that is under way.
   *
   * @param timestamp of the sample, ms
   * @param marked whether the end of the series is to be marked
   * @return whether it has not said it of that time before
   */
  boolean say(Known known, long timestamp, boolean marked) {
    boolean isFirst = known.saidIn != scrape;
    if (!isFirst && known.saidAt == timestamp) {
      return false;
    }
    said += isFirst ? 1 : 0;
    added += known.live ? 0 : 1;
    known.live = true;
    known.marked = marked;
    known.saidIn = scrape;
    known.saidAt = timestamp;
    return true;
  }

  /** How many of the series said so far in this scrape are new. */
  int added() {
    return added;
  }

  /** Ends the scrape: the series that it did not say, and whose end is to be marked. */
  List<Series> endScrape() {
    List<Series> gone = new ArrayList<>();
    if (said < bySeries.size()) {
      for (Known known : bySeries.values()) {
        if (known.saidIn != scrape && known.live && known.marked) {
          gone.add(known.series);
        }
      }
      bySeries.values().removeIf(known -> known.saidIn != scrape);
      byText.values().removeIf(known -> known.saidIn != scrape);
    }
    scrape++;
    said = 0;
    added = 0;
    return gone;
  }

  /** Forgets a scrape that came to nothing, and all before it: their series have gone. */
  List<Series> endAll() {
    scrape++; // nothing is said in it
    said = 0;
    return endScrape();
  }

  /** Bytes that say a series. */
  private static final class Written {
    private byte[] bytes;
    private int from;
    private int to;
    private int hash;

    void set(byte[] text, int start, int end) {
      bytes = text;
      from = start;
      to = end;
      hash = Long.hashCode(Hash64.id(text, start, end - start));
    }

    Written copy() {
      Written copy = new Written();
      copy.bytes = Arrays.copyOfRange(bytes, from, to);
      copy.to = copy.bytes.length;
      copy.hash = hash;
      return copy;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Written written
          && hash == written.hash
          && Arrays.equals(bytes, from, to, written.bytes, written.from, written.to);
    }

    @Override
    public int hashCode() {
      return hash;
    }
  }
}
