package oht50.metrics.source;

import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceOutput;

/** What a reader has emitted. */
public final class Emitted<T> implements ReaderOutput<T> {
  private final List<T> elements = new ArrayList<>();

  public List<T> elements() {
    return elements;
  }

  @Override
  public void collect(T element) {
    elements.add(element);
  }

  @Override
  public void collect(T element, long timestamp) {
    elements.add(element);
  }

  @Override
  public void emitWatermark(Watermark watermark) {}

  @Override
  public void markIdle() {}

  @Override
  public void markActive() {}

  @Override
  public SourceOutput<T> createOutputForSplit(String splitId) {
    return this;
  }

  @Override
  public void releaseOutputForSplit(String splitId) {}
}
