package oht50.metrics.bench;

import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.apache.flink.runtime.event.WatermarkEvent;
import org.apache.flink.streaming.api.operators.Output;
import org.apache.flink.streaming.api.operators.SimpleOperatorFactory;
import org.apache.flink.streaming.api.operators.StreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.LatencyMarker;
import org.apache.flink.streaming.runtime.streamrecord.RecordAttributes;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.util.OutputTag;

/** Hands on what comes out and forgets it: the harness' own output keeps and copies every row. */
public final class DirectOutput<R> implements Output<StreamRecord<R>> {
  private final Consumer<R> row;
  private final BiConsumer<OutputTag<?>, Object> aside;

  /**
   * @param row takes what comes out
   * @param aside takes what comes out at the side
   */
  public DirectOutput(Consumer<R> row, BiConsumer<OutputTag<?>, Object> aside) {
    this.row = row;
    this.aside = aside;
  }

  /** An operator that writes here, for the harness. */
  public SimpleOperatorFactory<R> of(StreamOperator<R> operator) {
    return new WithOutput<>(operator, this);
  }

  private static final class WithOutput<R> extends SimpleOperatorFactory<R> {
    private static final long serialVersionUID = 1L;

    private final transient DirectOutput<R> output;

    private WithOutput(StreamOperator<R> operator, DirectOutput<R> output) {
      super(operator);
      this.output = output;
    }

    @Override
    public <T extends StreamOperator<R>> T createStreamOperator(
        StreamOperatorParameters<R> parameters) {
      return super.createStreamOperator(
          new StreamOperatorParameters<>(
              parameters.getContainingTask(),
              parameters.getStreamConfig(),
              output,
              parameters::getProcessingTimeService,
              parameters.getOperatorEventDispatcher(),
              parameters.getMailboxExecutor()));
    }
  }

  @Override
  public void collect(StreamRecord<R> record) {
    row.accept(record.getValue());
  }

  @Override
  public <X> void collect(OutputTag<X> tag, StreamRecord<X> record) {
    aside.accept(tag, record.getValue());
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
