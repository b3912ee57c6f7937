package oht50.metrics.source.scrape;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLSocketFactory;
import oht50.metrics.source.Decoded;
import oht50.metrics.source.host.Handover;
import oht50.metrics.source.relabel.Relabeling;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.connector.source.SupportsSplitReassignmentOnRecovery;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.metrics.ThreadSafeSimpleCounter;

/**
 * Scrapes Prometheus exporters: splits are targets. Nothing is scraped twice and nothing again:
 * what a job did not emit before it failed is a gap, as in Prometheus.
 */
public final class ScrapeSource
    implements Source<Decoded, TargetSplit, Void>,
        SupportsSplitReassignmentOnRecovery,
        ResultTypeQueryable<Decoded> {
  private static final long serialVersionUID = 1L;

  /** Pages that may wait for the job; further ones wait to be scraped. */
  private static final int WAITING = 16;

  private final List<ScrapeJob> jobs;
  private final AddressRules addresses;
  private final int threads;
  private final Duration maxAhead;

  /**
   * @param threads of each reader: how many of its targets are asked at once
   * @param maxAhead how far ahead of now a time that a target exposes may be
   */
  public ScrapeSource(
      List<ScrapeJob> jobs, AddressRules addresses, int threads, Duration maxAhead) {
    if (jobs.isEmpty() || threads < 1) {
      throw new IllegalArgumentException(jobs.size() + " jobs and " + threads + " threads");
    }
    this.jobs = List.copyOf(jobs);
    this.addresses = addresses;
    this.threads = threads;
    this.maxAhead = maxAhead;
  }

  @Override
  public Boundedness getBoundedness() {
    return Boundedness.CONTINUOUS_UNBOUNDED;
  }

  @Override
  public SourceReader<Decoded, TargetSplit> createReader(SourceReaderContext context) {
    // Splits carry no rules: those of a target from a savepoint are the ones of today's file.
    Map<String, Relabeling> rules = new HashMap<>(); // job -> of its samples
    jobs.forEach(job -> rules.put(job.name(), job.relabeling().samples()));
    Handover<Scraped> handover = new Handover<>(WAITING);
    PageClient client =
        new PageClient(
            addresses,
            InetAddress::getAllByName,
            (SSLSocketFactory) SSLSocketFactory.getDefault(),
            System::nanoTime);
    ScrapeLoop loop =
        new ScrapeLoop(
            threads,
            target ->
                new TargetScraper(
                    target,
                    rules.getOrDefault(target.job(), Relabeling.NONE),
                    client,
                    System::currentTimeMillis,
                    System::nanoTime,
                    maxAhead.toMillis()),
            handover,
            System::currentTimeMillis,
            context.metricGroup().counter("scrapesMissed", new ThreadSafeSimpleCounter()));
    return new ScrapeReader(handover, loop);
  }

  @Override
  public SplitEnumerator<TargetSplit, Void> createEnumerator(
      SplitEnumeratorContext<TargetSplit> context) {
    Duration refreshInterval =
        jobs.stream().map(ScrapeJob::refreshInterval).min(Comparator.naturalOrder()).orElseThrow();
    return new ScrapeEnumerator(context, new TargetLists(jobs), refreshInterval);
  }

  @Override
  public SplitEnumerator<TargetSplit, Void> restoreEnumerator(
      SplitEnumeratorContext<TargetSplit> context, Void nothing) {
    return createEnumerator(context);
  }

  @Override
  public SimpleVersionedSerializer<TargetSplit> getSplitSerializer() {
    return new TargetSplit.Serializer();
  }

  @Override
  public SimpleVersionedSerializer<Void> getEnumeratorCheckpointSerializer() {
    return new NothingSerializer();
  }

  @Override
  public TypeInformation<Decoded> getProducedType() {
    return Decoded.TYPE;
  }

  /** Form, version 1: no bytes. */
  private static final class NothingSerializer implements SimpleVersionedSerializer<Void> {
    @Override
    public int getVersion() {
      return 1;
    }

    @Override
    public byte[] serialize(Void nothing) {
      return new byte[0];
    }

    @Override
    public Void deserialize(int version, byte[] bytes) throws IOException {
      if (version != 1) {
        throw new IOException("state of version " + version + ", version 1 is known");
      }
      return null;
    }
  }
}
