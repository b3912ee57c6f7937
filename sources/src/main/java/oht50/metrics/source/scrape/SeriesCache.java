package oht50.metrics.source.scrape;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import oht50.metrics.model.Hash64;
import oht50.metrics.model.MetricKind;
import oht50.metrics.model.Series;
import oht50.metrics.source.exposition.ExposedSample;
import oht50.metrics.source.relabel.InvalidSeries;

/**
 * The series that a target has said, by the bytes in which it says them: a page like the last one
 * builds no text. It knows as much as the last page had, and which series have gone since. Rules
 * may make one series of several, or none: then a series has several wordings, or a wording no
 * series.
 */
final class SeriesCache {
  /** A series of the target. */
  static final class Known {
    private final Series series;
    private boolean live;
    private boolean marked; // ends with a staleness marker
    private long readIn;
    private long saidIn;
    private long saidAt;

    private Known(Series series) {
      this.series = series;
    }

    Series series() {
      return series;
    }
  }

  /** What a target means by a text. */
  private static final class Wording {
    private final Known known; // null when a rule drops it
    private final MetricKind kind;
    private long readIn;

    private Wording(Known known, MetricKind kind) {
      this.known = known;
      this.kind = kind;
    }
  }

  private final SeriesNaming naming;
  private final Map<Written, Wording> byText = new HashMap<>();
  private final Map<Series, Known> bySeries = new HashMap<>();
  private final Written probe = new Written();

  private long scrape = 1;
  private int read; // wordings
  private int said;
  private int added;

  SeriesCache(SeriesNaming naming) {
    this.naming = naming;
  }

  /**
   * The series of a sample, or null when a rule drops it; whether it counts as said is for {@link
   * #say} to decide.
   *
   * @throws InvalidSeries when rules leave no series
   */
  Known of(ExposedSample sample) {
    probe.set(sample.text(), sample.seriesStart(), sample.seriesEnd());
    Wording wording = byText.get(probe);
    if (wording == null || wording.kind != sample.kind()) {
      wording = new Wording(known(naming.of(sample)), sample.kind());
      byText.put(probe.copy(), wording);
    }
    if (wording.readIn != scrape) {
      wording.readIn = scrape;
      read++;
    }
    if (wording.known != null) {
      wording.known.readIn = scrape;
    }
    return wording.known;
  }

  /** What is known of a series; where rules make one of two kinds, it is of the first one's. */
  private Known known(Series series) {
    Known before = series == null ? null : bySeries.get(series);
    boolean isSame =
        before != null && (before.series.kind() == series.kind() || before.readIn == scrape);
    if (series == null || isSame) {
      return before;
    }
    Known known = new Known(series);
    if (before != null) {
      known.live = before.live;
      known.marked = before.marked;
      bySeries.remove(series); // the key would stay the one of the other kind
      byText.values().removeIf(wording -> wording.known == before);
    }
    bySeries.put(series, known);
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
    if (said < bySeries.size() || read < byText.size()) {
      for (Known known : bySeries.values()) {
        if (known.saidIn != scrape && known.live && known.marked) {
          gone.add(known.series);
        }
      }
      bySeries.values().removeIf(known -> known.saidIn != scrape);
      byText.values().removeIf(this::isOver);
    }
    scrape++;
    read = 0;
    said = 0;
    added = 0;
    return gone;
  }

  private boolean isOver(Wording wording) {
    boolean isSaid = wording.known == null || wording.known.saidIn == scrape;
    return wording.readIn != scrape || !isSaid;
  }

  /** Forgets a scrape that came to nothing, and all before it: their series have gone. */
  List<Series> endAll() {
    scrape++; // nothing is said in it
    read = 0;
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
