package oht50.metrics.count;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import oht50.metrics.model.Occurrence;
import oht50.metrics.model.SampleBatch;
import oht50.metrics.model.Series;
import oht50.metrics.model.SeriesLayout;

/**
 * Occurrences in, samples of delta series out: the point (series, second) = n is the number of
 * distinct natural keys in that second. It is published when the second has ended, and again
 * whenever a late occurrence changes n.
 *
 * <p>Seconds leave state with the horizon, measured from the key's own newest event time; a key
 * that has been silent for the idle time ages by the watermark as well. None leaves unpublished: a
 * watermark may jump over the end of a second and its horizon at once. An occurrence before the
 * frontier is beyond the horizon.
 *
 * <p>The frontier stays longer than the seconds, until the series operator has let go of the day's
 * series: a count that begins anew would replace the full one there.
 */
public final class OccurrenceCounter {
  private static final long SECOND = 1_000;
  private static final long MINUTE = 60_000;
  private static final long LOOK_EVERY = 1_800_000;

  /** No calendar day ends later after an instant in it. */
  private static final long LONGEST_DAY = 26 * 3_600_000L;

  private static final int REMEMBERED_LAYOUTS = 4_096;

  private final long horizon;
  private final long idle;

  // A fleet counts the same few combinations of series again and again.
  private final Map<List<Series>, SeriesLayout> layouts = new HashMap<>();

  public OccurrenceCounter(Duration horizon, Duration idle) {
    this.horizon = horizon.toMillis();
    this.idle = idle.toMillis();
  }

  public void onOccurrence(
      Occurrence occurrence, long watermark, CountStore store, CountOutput out) {
    CountIndex index = store.index();
    if (index == null) {
      index = CountIndex.startingWith(occurrence);
    }
    long timestamp = occurrence.timestamp();
    if (timestamp < index.frontier()) {
      out.beyondHorizon(occurrence);
      return;
    }
    long start = Math.floorDiv(timestamp, SECOND) * SECOND;
    CountedSecond before = store.second(start);
    CountedSecond after = after(before, occurrence);
    if (after == null || after.equals(before)) {
      return;
    }
    if (start + SECOND <= watermark) {
      after = publish(start, after, index, out);
    } else {
      store.wakeAt(start + SECOND);
    }
    store.second(start, after);
    noteArrival(timestamp, watermark, index, store, out);
  }

  /** Null if there is nothing to be counted, and was nothing. */
  private static CountedSecond after(CountedSecond before, Occurrence occurrence) {
    if (occurrence.isWithdrawn()) {
      return before == null ? null : before.without(occurrence.series(), occurrence.naturalKey());
    }
    return before == null
        ? CountedSecond.of(occurrence.series(), occurrence.naturalKey())
        : before.with(occurrence.series(), occurrence.naturalKey());
  }

  /** To be called when the watermark has reached an instant asked for by {@code wakeAt}. */
  public void onWatermark(long instant, long watermark, CountStore store, CountOutput out) {
    CountedSecond second = store.second(instant - SECOND);
    CountIndex index = store.index();
    if (second != null && !second.isPublished()) {
      store.second(instant - SECOND, publish(instant - SECOND, second, index, out));
    }
    if (Math.floorMod(instant, LOOK_EVERY) == 0 && index != null && watermark != Long.MAX_VALUE) {
      CountIndex left = look(index, instant, watermark, store, out);
      store.index(left);
      if (left != null) {
        store.wakeAt(nextLook(watermark));
      }
    }
  }

  /** What is left of an index after it has been looked at; null when nothing is. */
  private CountIndex look(
      CountIndex before, long instant, long watermark, CountStore store, CountOutput out) {
    // A key that spoke before there was a watermark is as old as the first look at it.
    CountIndex index = before.arrival() == Long.MIN_VALUE ? before.arrivedAt(instant) : before;
    if (index.isEmpty()) {
      return watermark - index.arrival() < idle + 2 * horizon + LONGEST_DAY ? index : null;
    }
    // One that spoke while the watermark was not known, or low after a restart, is no older for it.
    long spoke = Math.max(index.arrival(), index.newest());
    long silent = Math.max(0, watermark - spoke - idle);
    CountIndex left = evict(index, index.newest() + silent, store, out);
    return left.isEmpty() ? left.arrivedAt(watermark) : left;
  }

  private void noteArrival(
      long timestamp, long watermark, CountIndex index, CountStore store, CountOutput out) {
    long minute = Math.floorDiv(timestamp, MINUTE) * MINUTE;
    CountIndex noted = index.with(minute, timestamp, watermark);
    if (!index.has(minute)) {
      noted = evict(noted, noted.newest(), store, out);
      store.wakeAt(nextLook(watermark == Long.MIN_VALUE ? timestamp : watermark));
    }
    store.index(noted);
  }

  private CountIndex evict(CountIndex index, long age, CountStore store, CountOutput out) {
    long frontier = Math.max(index.frontier(), Math.floorDiv(age - horizon, MINUTE) * MINUTE);
    int drop = 0;
    while (drop < index.minutes().length && index.minutes()[drop] < frontier) {
      for (long second = 0; second < MINUTE; second += SECOND) {
        evict(index.minutes()[drop] + second, index, store, out);
      }
      drop++;
    }
    long[] kept = Arrays.copyOfRange(index.minutes(), drop, index.minutes().length);
    return new CountIndex(index.life(), index.newest(), index.arrival(), frontier, kept);
  }

  private void evict(long start, CountIndex index, CountStore store, CountOutput out) {
    CountedSecond second = store.second(start);
    if (second == null) {
      return;
    }
    if (!second.isPublished()) {
      publish(start, second, index, out);
    }
    store.second(start, null);
  }

  private CountedSecond publish(
      long start, CountedSecond second, CountIndex index, CountOutput out) {
    List<Series> changed = new ArrayList<>();
    double[] values = new double[second.series().size()];
    double[] increments = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      if (second.count(i) != second.published()[i]) {
        values[changed.size()] = second.count(i);
        increments[changed.size()] = second.count(i) - second.published()[i];
        changed.add(second.series().series(i));
      }
    }
    CountedSecond published = second.asPublished();
    SeriesLayout layout = layoutOf(changed);
    out.counts(sample(layout, start, values, index, published));
    out.increments(sample(layout, start, increments, index, published));
    return published;
  }

  private static SampleBatch sample(
      SeriesLayout layout, long start, double[] values, CountIndex index, CountedSecond published) {
    return new SampleBatch(
        layout,
        new long[] {start},
        Arrays.copyOf(values, layout.size()),
        index.life(),
        published.version());
  }

  private SeriesLayout layoutOf(List<Series> series) {
    SeriesLayout layout = layouts.get(series);
    if (layout == null) {
      if (layouts.size() >= REMEMBERED_LAYOUTS) {
        layouts.clear();
      }
      layout = SeriesLayout.of(series);
      layouts.put(List.copyOf(series), layout);
    }
    return layout;
  }

  private static long nextLook(long watermark) {
    return Math.floorDiv(watermark, LOOK_EVERY) * LOOK_EVERY + LOOK_EVERY;
  }
}
