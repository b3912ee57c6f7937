package oht50.metrics.bench.rules;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.TreeMap;
import oht50.metrics.bench.Backend;
import oht50.metrics.bench.DirectOutput;
import oht50.metrics.job.SideOutputs;
import oht50.metrics.job.rule.RuleOperator;
import oht50.metrics.job.rule.RuleRouter;
import oht50.metrics.job.rule.RuleTypes;
import oht50.metrics.model.AlertTransition;
import oht50.metrics.model.RecordedSample;
import oht50.metrics.model.RuleSet;
import oht50.metrics.model.SampleBatch;
import oht50.metrics.model.SeriesInput;
import oht50.metrics.ruleeval.PartInput;
import oht50.metrics.ruleeval.RuleSettings;
import oht50.metrics.ruleplan.PlanName;
import oht50.metrics.typeinfo.TypeInfos;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;

/**
 * The job's operators of rules in Flink's harness, with its keys, state and timers; all that goes
 * from one to the next becomes bytes on its way, and what they publish too.
 */
final class OperatorsEngine implements RuleEngine {
  private static final int MAX_PARALLELISM = 4_096;
  private static final String RECORDED = "oht50.recorded";

  private final PublishedAlerts published = new PublishedAlerts();
  private final Exchange<SeriesInput> samples = new Exchange<>(TypeInfos.SERIES_INPUT);
  private final Exchange<PartInput> inputs = new Exchange<>(RuleTypes.PART_INPUT);
  private final Exchange<AlertTransition> transitions = new Exchange<>(TypeInfos.ALERT_TRANSITION);
  private final Exchange<RecordedSample> recorded = new Exchange<>(TypeInfos.RECORDED_SAMPLE);
  private final Stage<SeriesInput, PartInput> router;
  private final Stage<PartInput, AlertTransition> parts;
  private final Stage<PartInput, AlertTransition> whole;

  /**
   * @param rules a rule file
   */
  OperatorsEngine(String rules, Backend backend, Duration horizon) throws Exception {
    RuleSettings settings = PartsEngine.settings(horizon);
    TreeMap<String, String> files = new TreeMap<>();
    files.put("rules.yml", rules);
    RuleSet configured = RuleSet.configured(files);
    router =
        new Stage<>(
            new RuleRouter(configured, settings, RECORDED),
            new DirectOutput<>(this::judge, this::aside),
            null,
            backend);
    parts = judging(new RuleOperator(configured, settings, false), backend);
    whole = judging(new RuleOperator(configured, settings, true), backend);
  }

  private Stage<PartInput, AlertTransition> judging(RuleOperator operator, Backend backend)
      throws Exception {
    return new Stage<>(
        operator, new DirectOutput<>(this::transition, this::aside), PartInput::part, backend);
  }

  /** To another task: written into a buffer, and read from it. */
  private static final class Exchange<T> {
    private final DataOutputSerializer out = new DataOutputSerializer(4_096);
    private final DataInputDeserializer in = new DataInputDeserializer();
    private final TypeSerializer<T> writer;
    private final TypeSerializer<T> reader;

    Exchange(TypeInformation<T> type) {
      writer = type.createSerializer(new SerializerConfigImpl());
      reader = writer.duplicate();
    }

    T cross(T value) {
      try {
        out.clear();
        writer.serialize(value, out);
        in.setBuffer(out.getSharedBuffer(), 0, out.length());
        return reader.deserialize(in);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** An operator in its harness; its rule sets are broadcast, of which only the first comes. */
  private static final class Stage<I, O> implements AutoCloseable {
    private final AbstractStreamOperatorTestHarness<O> harness;
    private final TwoInputStreamOperator<I, RuleSet, O> operator;

    /**
     * @param key null if it has no keyed state
     */
    @SuppressWarnings("unchecked")
    Stage(
        TwoInputStreamOperator<I, RuleSet, O> operator,
        DirectOutput<O> output,
        KeySelector<I, String> key,
        Backend backend)
        throws Exception {
      harness = new AbstractStreamOperatorTestHarness<>(output.of(operator), MAX_PARALLELISM, 1, 0);
      if (key != null) {
        harness.getStreamConfig().setStatePartitioner(0, key);
        harness
            .getStreamConfig()
            .setStateKeySerializer(Types.STRING.createSerializer(new SerializerConfigImpl()));
        harness.getStreamConfig().serializeAllConfigs();
      }
      backend.set(harness);
      harness.open();
      this.operator = (TwoInputStreamOperator<I, RuleSet, O>) harness.getOperator();
    }

    void process(I value) {
      StreamRecord<I> record = new StreamRecord<>(value);
      try {
        operator.setKeyContextElement1(record);
        operator.processElement1(record);
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }

    void watermark(long timestamp) throws Exception {
      operator.processWatermark1(new Watermark(timestamp));
      operator.processWatermark2(new Watermark(timestamp));
    }

    @Override
    public void close() throws Exception {
      harness.close();
    }
  }

  private void judge(PartInput input) {
    PartInput there = inputs.cross(input);
    (PlanName.isWhole(there.part()) ? whole : parts).process(there);
  }

  private void transition(AlertTransition transition) {
    published.transition(transitions.cross(transition));
  }

  private void aside(OutputTag<?> tag, Object value) {
    if (tag.equals(RuleTypes.FOR_WHOLE)) {
      PartInput input = (PartInput) value;
      published.handedOn(input.recorded().size());
      judge(input);
    } else if (tag.equals(SideOutputs.RECORDED)) {
      recorded.cross((RecordedSample) value);
      published.recorded();
    }
  }

  @Override
  public void process(SampleBatch batch) {
    router.process(samples.cross(batch));
  }

  /** As it comes to them one after the other. */
  @Override
  public void watermark(long time) throws Exception {
    router.watermark(time);
    parts.watermark(time);
    whole.watermark(time);
  }

  @Override
  public FiredAlerts alerts() {
    return published.fired();
  }

  @Override
  public String summary() {
    return published.summary();
  }

  @Override
  public void close() throws Exception {
    router.close();
    parts.close();
    whole.close();
  }
}
