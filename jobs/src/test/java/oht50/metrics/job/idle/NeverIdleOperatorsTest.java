package oht50.metrics.job.idle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.streaming.api.functions.co.KeyedCoProcessFunction;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamElement;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.apache.flink.util.Collector;
import org.junit.jupiter.api.Test;

/** What is handed on of silence and of time. */
class NeverIdleOperatorsTest {
  private static final class Nothing extends KeyedProcessFunction<Integer, Integer, Integer> {
    private static final long serialVersionUID = 1L;

    @Override
    public void processElement(Integer value, Context context, Collector<Integer> out) {}
  }

  private static final class NothingOfTwo
      extends KeyedCoProcessFunction<Integer, Integer, Integer, Integer> {
    private static final long serialVersionUID = 1L;

    @Override
    public void processElement1(Integer value, Context context, Collector<Integer> out) {}

    @Override
    public void processElement2(Integer value, Context context, Collector<Integer> out) {}
  }

  @Test
  void silenceIsNotHandedOn() throws Exception {
    try (var operator =
        new KeyedOneInputStreamOperatorTestHarness<>(
            new NeverIdleOperator<>(new Nothing()), value -> value, Types.INT)) {
      operator.open();

      operator.processWatermark(1);
      operator.processWatermarkStatus(WatermarkStatus.IDLE);
      operator.processWatermarkStatus(WatermarkStatus.ACTIVE);
      operator.processWatermark(2);

      assertThat(said(operator.getOutput())).containsExactly(new Watermark(1), new Watermark(2));
    }
  }

  @Test
  void ofTwoInputsTheOneThatSpeaksBringsTime() throws Exception {
    try (var operator =
        new KeyedTwoInputStreamOperatorTestHarness<>(
            new NeverIdleCoOperator<>(new NothingOfTwo()),
            value -> value,
            value -> value,
            Types.INT)) {
      operator.open();

      operator.processWatermark1(new Watermark(1));
      operator.processWatermarkStatus2(WatermarkStatus.IDLE);
      operator.processWatermarkStatus1(WatermarkStatus.IDLE);
      operator.processWatermarkStatus1(WatermarkStatus.ACTIVE);
      operator.processWatermark1(new Watermark(2));

      assertThat(said(operator.getOutput())).containsExactly(new Watermark(1), new Watermark(2));
    }
  }

  private static List<StreamElement> said(Iterable<Object> output) {
    List<StreamElement> said = new ArrayList<>();
    output.forEach(each -> said.add((StreamElement) each));
    return said;
  }
}
