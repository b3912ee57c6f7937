package oht50.metrics.source.scrape;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.LongSupplier;
import java.util.zip.ZipException;
import oht50.metrics.model.Position;
import oht50.metrics.model.RejectReason;
import oht50.metrics.model.Rejected;
import oht50.metrics.model.SampleBatch;
import oht50.metrics.model.Series;
import oht50.metrics.model.StaleMarker;
import oht50.metrics.source.Decoded;
import oht50.metrics.source.exposition.ExposedSample;
import oht50.metrics.source.exposition.ExpositionFormat;
import oht50.metrics.source.exposition.InvalidExposition;
import oht50.metrics.source.kafka.Text;
import oht50.metrics.source.relabel.InvalidSeries;
import oht50.metrics.source.relabel.Relabeling;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Scrapes one target, and knows what it said last. What comes of a scrape is what Prometheus would
 * store of it: the samples, {@code up} and the other series about the scrape, and a staleness
 * marker for each series that the target said before and says no more. When a scrape comes to
 * nothing, all of them have ended; a page that cannot be read is also rejected. Where rules make
 * one series of two, its first sample counts and the others are rejected.
 *
 * <p>The position of a sample is (topic {@code scrape}, partition of the target's hash, offset the
 * time of the scrape). For one thread at a time.
 */
final class TargetScraper {
  static final String TOPIC = "scrape";

  private static final Logger LOG = LoggerFactory.getLogger(TargetScraper.class);
  private static final int EXCERPT_BYTES = 1_024;
  private static final byte[] NOTHING = {};

  private final Target target;
  private final PageClient client;
  private final LongSupplier clockMillis;
  private final LongSupplier nanoClock;
  private final long maxAheadMillis;
  private final int partition;
  private final SeriesCache cache;
  private final BatchPlan reports;
  private final ScrapedSamples samples = new ScrapedSamples();

  private BatchPlan plan = BatchPlan.EMPTY;
  private int dropped; // samples of this scrape, by rules
  private String failure; // of the last scrape, or null

  /**
   * @param relabeling of its samples
   * @param maxAheadMillis how far ahead of now a time that the target exposes may be
   */
  TargetScraper(
      Target target,
      Relabeling relabeling,
      PageClient client,
      LongSupplier clockMillis,
      LongSupplier nanoClock,
      long maxAheadMillis) {
    this.target = target;
    this.client = client;
    this.clockMillis = clockMillis;
    this.nanoClock = nanoClock;
    this.maxAheadMillis = maxAheadMillis;
    this.partition = (int) (target.hash() & Integer.MAX_VALUE);
    SeriesNaming naming = new SeriesNaming(target, relabeling);
    this.cache = new SeriesCache(naming);
    this.reports =
        BatchPlan.of(
            List.of(
                naming.ofScrape("up"),
                naming.ofScrape("scrape_duration_seconds"),
                naming.ofScrape("scrape_samples_scraped"),
                naming.ofScrape("scrape_samples_post_metric_relabeling"),
                naming.ofScrape("scrape_series_added")));
  }

  /**
   * Asks the target.
   *
   * @param slot the time of this scrape, ms, and of all its samples that have none of their own
   */
  Decoded scrape(long slot) {
    long begun = nanoClock.getAsLong();
    samples.clear();
    dropped = 0;
    byte[] page = NOTHING;
    int length = 0;
    try {
      Page answer = client.get(target);
      page = answer.bytes();
      length = answer.length();
      ExpositionFormat.ofContentType(answer.contentType())
          .parse(page, length, target.limits().text(), sample -> add(sample, slot));
      note(null);
      return said(slot, begun);
    } catch (InvalidExposition e) {
      return failed(
          slot,
          begun,
          e.getMessage(),
          e.isBeyondLimit() ? RejectReason.TOO_LARGE : RejectReason.MALFORMED_EXPOSITION,
          Arrays.copyOf(page, Math.min(length, 2 * EXCERPT_BYTES)));
    } catch (InvalidSeries e) {
      return failed(slot, begun, e.getMessage(), e.reason(), NOTHING);
    } catch (PageTooLarge e) {
      return failed(slot, begun, e.getMessage(), RejectReason.TOO_LARGE, e.beginning());
    } catch (ZipException e) {
      return failed(slot, begun, "not gzip", RejectReason.MALFORMED_EXPOSITION, NOTHING);
    } catch (IOException e) {
      return failed(slot, begun, String.valueOf(e.getMessage()), null, NOTHING);
    }
  }

  private void add(ExposedSample sample, long slot) {
    SeriesCache.Known known = cache.of(sample);
    if (known == null) {
      dropped++;
      return;
    }
    boolean timed = target.honorTimestamps() && sample.hasTimestamp();
    samples.add(known, sample.value(), timed ? sample.timestampMillis() : slot, timed);
  }

  private Decoded said(long slot, long begun) {
    long now = clockMillis.getAsLong();
    Position position = position(slot);
    Refused ahead = new Refused(RejectReason.TOO_FAR_AHEAD, "is more than may be ahead of now");
    Refused twice =
        new Refused(RejectReason.DUPLICATE_SAMPLE, "has a sample of this series already");
    Refused bad = new Refused(RejectReason.BAD_TIMESTAMP, "is no time after 1970");
    List<Series> series = new ArrayList<>(samples.size());
    double[] values = new double[samples.size()];
    long[] timestamps = new long[samples.size()];
    boolean anyTimed = false;
    for (int i = 0; i < samples.size(); i++) {
      SeriesCache.Known known = samples.series(i);
      long timestamp = samples.timestamp(i);
      if (timestamp <= 0 || timestamp > Math.max(slot, now + maxAheadMillis)) {
        (timestamp <= 0 ? bad : ahead).add(known.series(), timestamp);
      } else if (cache.say(known, timestamp, !samples.isTimed(i))) {
        values[series.size()] = samples.value(i);
        timestamps[series.size()] = timestamp;
        series.add(known.series());
        anyTimed |= samples.isTimed(i);
      } else {
        twice.add(known.series(), timestamp);
      }
    }
    if (!plan.isOf(series)) {
      plan = BatchPlan.of(series);
    }
    List<SampleBatch> batches = new ArrayList<>();
    if (anyTimed) {
      plan.addTo(batches, timestamps, values, position);
    } else {
      plan.addTo(batches, slot, values, position);
    }
    int added = cache.added();
    end(cache.endScrape(), batches, slot);
    report(batches, slot, begun, 1, samples.size() + dropped, added);
    List<Rejected> rejected = new ArrayList<>();
    ahead.addTo(rejected, position, now);
    bad.addTo(rejected, position, now);
    twice.addTo(rejected, position, now);
    return decoded(batches, rejected, slot, now);
  }

  private Decoded failed(
      long slot, long begun, String detail, RejectReason reason, byte[] beginning) {
    note(detail);
    List<SampleBatch> batches = new ArrayList<>();
    plan = BatchPlan.EMPTY;
    end(cache.endAll(), batches, slot);
    report(batches, slot, begun, 0, 0, 0);
    long now = clockMillis.getAsLong();
    List<Rejected> rejected =
        reason == null
            ? List.of()
            : List.of(
                new Rejected(
                    position(slot),
                    Rejected.WHOLE,
                    reason,
                    Text.brief(Text.sanitise(detail)),
                    target.place(),
                    Text.decodeFirst(beginning, EXCERPT_BYTES),
                    now));
    return decoded(batches, rejected, slot, now);
  }

  /**
   * The target is one no longer: all its series end.
   *
   * @param time of the end, ms
   */
  Decoded end(long time) {
    List<SampleBatch> batches = new ArrayList<>();
    end(cache.endAll(), batches, time);
    double[] ends = new double[5];
    Arrays.fill(ends, StaleMarker.VALUE);
    reports.addTo(batches, time, ends, position(time));
    return decoded(batches, List.of(), time, clockMillis.getAsLong());
  }

  private void end(List<Series> gone, List<SampleBatch> batches, long time) {
    if (!gone.isEmpty()) {
      double[] ends = new double[gone.size()];
      Arrays.fill(ends, StaleMarker.VALUE);
      BatchPlan.of(gone).addTo(batches, time, ends, position(time));
    }
  }

  private void report(
      List<SampleBatch> batches, long slot, long begun, int up, int scraped, int added) {
    double seconds = (nanoClock.getAsLong() - begun) / 1e9;
    int left = up == 0 ? 0 : scraped - dropped;
    reports.addTo(batches, slot, new double[] {up, seconds, scraped, left, added}, position(slot));
  }

  private Position position(long time) {
    return new Position(TOPIC, partition, time);
  }

  private static Decoded decoded(
      List<SampleBatch> batches, List<Rejected> rejected, long time, long now) {
    return Decoded.samplesAndRejects(
        batches.toArray(new SampleBatch[0]), rejected.toArray(new Rejected[0]), time, now);
  }

  /** Says in the log when a target begins to fail, fails otherwise, or is well again. */
  private void note(String newFailure) {
    if (!Objects.equals(failure, newFailure)) {
      LOG.info("{}: {}", target.place(), newFailure == null ? "is scraped again" : newFailure);
    }
    failure = newFailure;
  }

  /** Samples of one page that are left out for one reason: a row for all of them. */
  private final class Refused {
    private final RejectReason reason;
    private final String why;
    private Series first;
    private long timestamp;
    private int more;

    private Refused(RejectReason reason, String why) {
      this.reason = reason;
      this.why = why;
    }

    void add(Series series, long time) {
      if (first == null) {
        first = series;
        timestamp = time;
      } else {
        more++;
      }
    }

    void addTo(List<Rejected> rejected, Position position, long now) {
      if (first != null) {
        rejected.add(
            new Rejected(
                position,
                Text.brief(first.canonical()),
                reason,
                timestamp + " " + why + (more == 0 ? "" : "; and " + more + " more samples"),
                target.place(),
                null,
                now));
      }
    }
  }
}
