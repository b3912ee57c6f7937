package oht50.metrics.bench;

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

/** Tells rows to a tally and forgets them: the harness' own output keeps and copies every row. */
final class CountingOutput<R> implements Output<StreamRecord<R>> {
  private final Consumer<R> row;
  private final Consumer<String> aside; // takes the side output's tag

  CountingOutput(Consumer<R> row, Consumer<String> aside) {
    this.row = row;
    this.aside = aside;
  }

  /** An operator that writes here, for the harness. */
  SimpleOperatorFactory<R> of(StreamOperator<R> operator) {
    return new WithOutput<>(operator, this);
  }

  private static final class WithOutput<R> extends SimpleOperatorFactory<R> {
    private static final long serialVersionUID = 1L;

    private final transient CountingOutput<R> output;

    private WithOutput(StreamOperator<R> operator, CountingOutput<R> output) {
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
    aside.accept(tag.getId());
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
