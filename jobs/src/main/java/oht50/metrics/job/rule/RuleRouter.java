package oht50.metrics.job.rule;

import java.util.function.Consumer;
import oht50.metrics.job.SideOutputs;
import oht50.metrics.model.Position;
import oht50.metrics.model.RuleSet;
import oht50.metrics.model.RuleSetEntry;
import oht50.metrics.model.SampleBatch;
import oht50.metrics.model.SeriesInput;
import oht50.metrics.ruleeval.PartInput;
import oht50.metrics.ruleeval.PartRouting;
import oht50.metrics.ruleeval.RuleSettings;
import oht50.metrics.ruleplan.PlanName;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Sends samples to the parts in which rules look at them; others are let go. What rules have
 * recorded does not come to them again: it is in their parts already. State: the rule sets.
 */
public final class RuleRouter extends AbstractStreamOperator<PartInput>
    implements TwoInputStreamOperator<SeriesInput, RuleSet, PartInput> {
  private static final long serialVersionUID = 1L;

  // Configuration.
  private final RuleSet configured;
  private final RuleSettings settings;
  private final long recordedTopic; // source id of its first partition

  // Runtime.
  private transient LoadedRules loaded;
  private transient PartRouting routing;
  private transient Consumer<PartInput> out;
  private transient long watermark;
  private transient boolean isConfiguredTold;

  /**
   * @param configured the rules of the configuration, effective from when the job was submitted
   * @param recordedTopic from which comes back what rules have recorded
   */
  public RuleRouter(RuleSet configured, RuleSettings settings, String recordedTopic) {
    this.configured = configured;
    this.settings = settings;
    this.recordedTopic = Position.sourceId(recordedTopic, 0);
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    loaded = new LoadedRules(context.getOperatorStateStore(), configured, settings);
    routing = loaded.rules().routing();
  }

  @Override
  public void open() throws Exception {
    super.open();
    watermark = Long.MIN_VALUE;
    out = this::send;
  }

  private void send(PartInput input) {
    if (PlanName.isWhole(input.part())) {
      output.collect(RuleTypes.FOR_WHOLE, new StreamRecord<>(input));
    } else {
      output.collect(new StreamRecord<>(input));
    }
  }

  @Override
  public void processElement1(StreamRecord<SeriesInput> record) {
    if (record.getValue() instanceof SampleBatch batch
        && Position.topicOf(batch.sourceId()) != recordedTopic) {
      routing.route(batch, out);
    }
  }

  @Override
  public void processElement2(StreamRecord<RuleSet> record) throws Exception {
    loaded.add(record.getValue(), watermark);
    routing = loaded.rules().routing();
  }

  @Override
  public void processWatermark(org.apache.flink.streaming.api.watermark.Watermark mark)
      throws Exception {
    watermark = mark.getTimestamp();
    if (!isConfiguredTold && getRuntimeContext().getTaskInfo().getIndexOfThisSubtask() == 0) {
      isConfiguredTold = true;
      tellConfigured();
    }
    super.processWatermark(mark);
  }

  /** Once after each start, because only now it is known from when on they are valid. */
  private void tellConfigured() {
    RuleSet told = loaded.configured();
    if (told != null) {
      long now = getProcessingTimeService().getCurrentProcessingTime();
      output.collect(
          SideOutputs.RULE_SET_ENTRIES,
          new StreamRecord<>(new RuleSetEntry(RuleSetEntry.CONFIGURED, told, now, true)));
    }
  }
}
