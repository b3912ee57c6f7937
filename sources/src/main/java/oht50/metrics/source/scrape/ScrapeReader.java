package oht50.metrics.source.scrape;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import oht50.metrics.source.Decoded;
import oht50.metrics.source.host.Handover;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.core.io.InputStatus;

/**
 * Emits what the loop has scraped; the task's thread never waits for a target. State: the targets
 * it has, those too whose end it has not emitted yet.
 */
final class ScrapeReader implements SourceReader<Decoded, TargetSplit> {
  private final Handover<Scraped> handover;
  private final ScrapeLoop loop;

  // id -> split
  private final Map<String, TargetSplit> splits = new LinkedHashMap<>();

  ScrapeReader(Handover<Scraped> handover, ScrapeLoop loop) {
    this.handover = handover;
    this.loop = loop;
  }

  @Override
  public void start() {}

  @Override
  public InputStatus pollNext(ReaderOutput<Decoded> output) {
    Scraped scraped = handover.poll();
    if (scraped != null) {
      emit(scraped, output);
    }
    return handover.isEmpty() ? InputStatus.NOTHING_AVAILABLE : InputStatus.MORE_AVAILABLE;
  }

  private void emit(Scraped scraped, ReaderOutput<Decoded> output) {
    if (scraped.failure() != null) {
      throw new IllegalStateException("a scrape failed by itself", scraped.failure());
    }
    output.collect(scraped.decoded());
    TargetSplit split = scraped.ended() == null ? null : splits.get(scraped.ended());
    if (split != null && split.ended()) {
      splits.remove(split.splitId());
    }
  }

  @Override
  public void addSplits(List<TargetSplit> added) {
    for (TargetSplit split : added) {
      splits.put(split.splitId(), split);
      if (split.ended()) {
        loop.end(split.target());
      } else {
        loop.begin(split.target());
      }
    }
  }

  @Override
  public List<TargetSplit> snapshotState(long checkpointId) {
    return List.copyOf(splits.values());
  }

  @Override
  public CompletableFuture<Void> isAvailable() {
    return handover.available();
  }

  @Override
  public void notifyNoMoreSplits() {}

  @Override
  public void close() {
    loop.close();
  }
}
