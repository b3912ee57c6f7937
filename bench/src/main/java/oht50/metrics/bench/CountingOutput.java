package oht50.metrics.bench;

import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import oht50.metrics.model.Rollup;
import oht50.metrics.time.Interval;
import org.apache.flink.runtime.event.WatermarkEvent;
import org.apache.flink.streaming.api.operators.Output;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.LatencyMarker;
import org.apache.flink.streaming.runtime.streamrecord.RecordAttributes;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.util.OutputTag;

/** Counts rows and forgets them. */
final class CountingOutput implements Output<StreamRecord<Rollup>> {
  private final long[] rollups = new long[Interval.values().length]; // by ordinal
  private final Map<String, long[]> aside = new TreeMap<>(); // side output -> count

  /** Rows by kind, for people. */
  String summary() {
    Map<Interval, Long> byInterval = new EnumMap<>(Interval.class);
    for (Interval interval : Interval.values()) {
      byInterval.put(interval, rollups[interval.ordinal()]);
    }
    StringBuilder text = new StringBuilder("rollups");
    byInterval.forEach((interval, rows) -> append(text, interval.word(), rows));
    aside.forEach((tag, rows) -> append(text.append(';'), tag, rows[0]));
    return text.toString();
  }

  private static void append(StringBuilder text, String kind, long rows) {
    text.append(' ').append(kind).append(' ').append(rows);
  }

  @Override
  public void collect(StreamRecord<Rollup> record) {
    rollups[record.getValue().interval().ordinal()]++;
  }

  @Override
  public <X> void collect(OutputTag<X> tag, StreamRecord<X> record) {
    aside.computeIfAbsent(tag.getId(), id -> new long[1])[0]++;
  }

  @Override
  public void emitWatermark(Watermark mark) {}

  @Override
  public void emitWatermark(WatermarkEvent event) {}

  @Override
  public void emitWatermarkStatus(WatermarkStatus status) {}

  @Override
  public void emitLatencyMarker(LatencyMarker marker) {}

  @Override
  public void emitRecordAttributes(RecordAttributes attributes) {}

  @Override
  public void close() {}
}
