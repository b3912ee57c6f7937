package oht50.metrics.job.scenario;

import java.util.List;
import java.util.function.Supplier;
import oht50.metrics.job.SideOutputs;
import oht50.metrics.job.count.CountFunction;
import oht50.metrics.job.sequence.SequenceFunction;
import oht50.metrics.job.series.SeriesOperator;
import oht50.metrics.model.AlertTransition;
import oht50.metrics.model.Event;
import oht50.metrics.model.Occurrence;
import oht50.metrics.model.Rollup;
import oht50.metrics.model.SampleBatch;
import oht50.metrics.model.SeriesInput;
import oht50.metrics.rule.SequenceRule;
import oht50.metrics.series.SeriesOptions;
import oht50.metrics.typeinfo.TypeInfos;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.util.OutputTag;

/** A keyed operator under test, and how it is keyed in the job. */
public record Subject<K, I, O>(
    Supplier<OneInputStreamOperator<I, O>> operator,
    KeySelector<I, K> key,
    TypeInformation<K> keyType,
    TypeInformation<O> outputType,
    List<OutputTag<?>> sideOutputs) {

  public static Subject<Long, Occurrence, SampleBatch> counts(SeriesOptions options) {
    return new Subject<>(
        () -> new KeyedProcessOperator<>(new CountFunction(options.horizon(), options.idle())),
        Occurrence::key,
        Types.LONG,
        TypeInfos.SAMPLE_BATCH,
        List.of());
  }

  public static Subject<Long, SeriesInput, Rollup> series(SeriesOptions options) {
    return new Subject<>(
        () -> new SeriesOperator(options),
        SeriesInput::key,
        Types.LONG,
        TypeInfos.ROLLUP,
        List.of(
            SideOutputs.CHUNKS,
            SideOutputs.LATE_POINTS,
            SideOutputs.LATEST_POINTS,
            SideOutputs.REPAIR_WINDOWS,
            SideOutputs.SERIES,
            SideOutputs.REJECTED));
  }

  public static Subject<String, Event, AlertTransition> sequences(
      List<SequenceRule> rules, SeriesOptions options) {
    return new Subject<>(
        () -> new KeyedProcessOperator<>(new SequenceFunction(rules, options.horizon())),
        Event::entity,
        Types.STRING,
        TypeInfos.ALERT_TRANSITION,
        List.of());
  }
}
