package oht50.metrics.bench;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import oht50.metrics.model.SampleBatch;
import oht50.metrics.time.Interval;
import oht50.metrics.typeinfo.CodecTypeInfo;
import oht50.metrics.wire.Codec;
import oht50.metrics.wire.Primitives;
import org.apache.flink.api.common.ExecutionConfig;
import org.apache.flink.api.common.functions.AggregateFunction;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.functions.windowing.WindowFunction;
import org.apache.flink.streaming.api.windowing.assigners.TumblingEventTimeWindows;
import org.apache.flink.streaming.api.windowing.triggers.EventTimeTrigger;
import org.apache.flink.streaming.api.windowing.windows.TimeWindow;
import org.apache.flink.streaming.runtime.operators.windowing.WindowOperatorBuilder;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.util.Collector;

/**
 * What Flink gives for the same: a window operator for each interval, keyed by series, one record a
 * sample, with an incremental aggregate and a hand-written serializer. Each publishes at its end
 * and again for each late sample; nothing early, and a repeated sample counts twice.
 */
final class StockWindows implements Contender {
  private static final int MAX_PARALLELISM = 4_096;
  private static final List<Interval> INTERVALS =
      List.of(Interval.MINUTE, Interval.FIVE_MINUTES, Interval.HOUR, Interval.DAY);
  private static final TypeInformation<Sample> SAMPLE =
      new CodecTypeInfo<>(Sample.class, new SampleCodec());
  private static final TypeInformation<Totals> TOTALS =
      new CodecTypeInfo<>(Totals.class, new TotalsCodec());

  private final RowTally rows;
  private final List<KeyedOneInputStreamOperatorTestHarness<Long, Sample, Row>> operators =
      new ArrayList<>();

  StockWindows(Duration allowedLateness, Backend backend, RowTally rows) throws Exception {
    this.rows = rows;
    DirectOutput<Row> output = new DirectOutput<>(this::tally, rows::aside);
    for (Interval interval : INTERVALS) {
      WindowOperatorBuilder<Sample, Long, TimeWindow> windows =
          new WindowOperatorBuilder<>(
              TumblingEventTimeWindows.of(Duration.ofMillis(interval.millis())),
              EventTimeTrigger.create(),
              new ExecutionConfig(),
              SAMPLE,
              Sample::series,
              Types.LONG);
      windows.allowedLateness(allowedLateness);
      KeyedOneInputStreamOperatorTestHarness<Long, Sample, Row> harness =
          new KeyedOneInputStreamOperatorTestHarness<>(
              output.of(windows.aggregate(new Fold(), new ToRow(interval), TOTALS)),
              Sample::series,
              Types.LONG,
              MAX_PARALLELISM,
              1,
              0);
      backend.set(harness);
      harness.open();
      operators.add(harness);
    }
  }

  private void tally(Row row) {
    Totals totals = row.totals();
    rows.row(row.series(), row.interval(), row.start(), totals.count, totals.min, totals.max);
  }

  @Override
  public void process(SampleBatch batch) throws Exception {
    for (int i = 0; i < batch.size(); i++) {
      Sample sample =
          new Sample(batch.layout().series(i).id(), batch.timestamp(i), batch.values()[i]);
      for (KeyedOneInputStreamOperatorTestHarness<Long, Sample, Row> operator : operators) {
        operator.processElement(new StreamRecord<>(sample, sample.timestamp()));
      }
    }
  }

  @Override
  public void watermark(long timestamp) throws Exception {
    for (KeyedOneInputStreamOperatorTestHarness<Long, Sample, Row> operator : operators) {
      operator.processWatermark(timestamp);
    }
  }

  @Override
  public RowTally rows() {
    return rows;
  }

  @Override
  public void close() throws Exception {
    for (KeyedOneInputStreamOperatorTestHarness<Long, Sample, Row> operator : operators) {
      operator.close();
    }
  }

  private record Sample(long series, long timestamp, double value) {}

  private record Row(long series, Interval interval, long start, Totals totals) {}

  private static final class Totals {
    private long count;
    private double sum;
    private double min = Double.POSITIVE_INFINITY;
    private double max = Double.NEGATIVE_INFINITY;
  }

  private static final class Fold implements AggregateFunction<Sample, Totals, Totals> {
    private static final long serialVersionUID = 1L;

    @Override
    public Totals createAccumulator() {
      return new Totals();
    }

    @Override
    public Totals add(Sample sample, Totals totals) {
      totals.count++;
      totals.sum += sample.value();
      totals.min = Math.min(totals.min, sample.value());
      totals.max = Math.max(totals.max, sample.value());
      return totals;
    }

    @Override
    public Totals getResult(Totals totals) {
      return totals;
    }

    @Override
    public Totals merge(Totals one, Totals other) {
      throw new IllegalStateException("tumbling windows are not merged");
    }
  }

  private static final class ToRow implements WindowFunction<Totals, Row, Long, TimeWindow> {
    private static final long serialVersionUID = 1L;

    private final Interval interval;

    private ToRow(Interval interval) {
      this.interval = interval;
    }

    @Override
    public void apply(Long series, TimeWindow window, Iterable<Totals> of, Collector<Row> out) {
      for (Totals totals : of) {
        out.collect(new Row(series, interval, window.getStart(), totals));
      }
    }
  }

  private static final class SampleCodec implements Codec<Sample> {
    private static final long serialVersionUID = 1L;

    @Override
    public int version() {
      return 1;
    }

    @Override
    public void write(Sample sample, DataOutput out) throws IOException {
      out.writeLong(sample.series());
      out.writeLong(sample.timestamp());
      Primitives.writeDouble(sample.value(), out);
    }

    @Override
    public Sample read(int version, DataInput in) throws IOException {
      return new Sample(in.readLong(), in.readLong(), Primitives.readDouble(in));
    }
  }

  private static final class TotalsCodec implements Codec<Totals> {
    private static final long serialVersionUID = 1L;

    @Override
    public int version() {
      return 1;
    }

    @Override
    public void write(Totals totals, DataOutput out) throws IOException {
      out.writeLong(totals.count);
      Primitives.writeDouble(totals.sum, out);
      Primitives.writeDouble(totals.min, out);
      Primitives.writeDouble(totals.max, out);
    }

    @Override
    public Totals read(int version, DataInput in) throws IOException {
      Totals totals = new Totals();
      totals.count = in.readLong();
      totals.sum = Primitives.readDouble(in);
      totals.min = Primitives.readDouble(in);
      totals.max = Primitives.readDouble(in);
      return totals;
    }
  }
}
