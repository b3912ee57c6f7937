package oht50.metrics.job.rule;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import oht50.metrics.job.SideOutputs;
import oht50.metrics.job.state.JudgedUntil;
import oht50.metrics.model.AlertTransition;
import oht50.metrics.model.Labels;
import oht50.metrics.model.MetricKind;
import oht50.metrics.model.RecordedSample;
import oht50.metrics.model.RuleSet;
import oht50.metrics.model.Series;
import oht50.metrics.model.StaleMarker;
import oht50.metrics.promql.syntax.LabelMatcher;
import oht50.metrics.ruleeval.PartInput;
import oht50.metrics.ruleeval.PartOutput;
import oht50.metrics.ruleeval.PartRules;
import oht50.metrics.ruleeval.RecordedPoint;
import oht50.metrics.ruleeval.RuleSettings;
import oht50.metrics.rulefile.RecordingRule;
import oht50.metrics.rulefile.Rule;
import oht50.metrics.ruleplan.PlanName;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.apache.flink.streaming.api.operators.Triggerable;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Judges the rules of parts: samples in, changes of alerts and recorded samples out.
 *
 * <p>Key: the part. State: its points as far back as rules look and corrections reach, and how its
 * alerts stand; all of it goes once nothing can change it ({@link PartRules}). A late sample has
 * the ticks that looked at it judged again; one beyond the horizon is counted and not judged.
 *
 * <p>Operator state: the rule sets, and how far time had come before a restart.
 */
public final class RuleOperator extends AbstractStreamOperator<AlertTransition>
    implements TwoInputStreamOperator<PartInput, RuleSet, AlertTransition>,
        Triggerable<String, VoidNamespace> {
  private static final long serialVersionUID = 1L;

  // Configuration.
  private final RuleSet configured;
  private final RuleSettings settings;
  private final boolean isOfWhole;

  // Runtime.
  private transient LoadedRules loaded;
  private transient JudgedUntil judged;
  private transient InternalTimerService<VoidNamespace> timers;
  private transient KeyedPartStore store;
  private transient Emitter out;
  private transient Counter beyond;
  private transient boolean areWholesAwake;

  /**
   * @param configured the rules of the configuration, effective from when the job was submitted
   * @param isOfWhole whether the parts are those of everything, which are awake without samples
   */
  public RuleOperator(RuleSet configured, RuleSettings settings, boolean isOfWhole) {
    this.configured = configured;
    this.settings = settings;
    this.isOfWhole = isOfWhole;
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    loaded = new LoadedRules(context.getOperatorStateStore(), configured, settings);
    judged = new JudgedUntil(context.getOperatorStateStore());
  }

  @Override
  public void open() throws Exception {
    super.open();
    timers = getInternalTimerService("rules", VoidNamespaceSerializer.INSTANCE, this);
    store = new KeyedPartStore(getKeyedStateStore(), timers);
    MetricGroup health = getMetricGroup().addGroup("oht50");
    beyond = health.counter("rule_samples_beyond_horizon");
    out = new Emitter(health.counter("rule_failures"));
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    judged.snapshot();
  }

  private PartRules rules() {
    return loaded.rules().of((String) getCurrentKey());
  }

  private long watermark() {
    return judged.at(timers.currentWatermark());
  }

  @Override
  public void processElement1(StreamRecord<PartInput> record) {
    PartInput input = record.getValue();
    beyond.inc(
        input.samples() != null
            ? rules().onBatch(input.samples(), watermark(), store)
            : rules().onRecorded(input.recorded(), watermark(), store));
  }

  @Override
  public void onEventTime(InternalTimer<String, VoidNamespace> timer) {
    judge();
  }

  @Override
  public void onProcessingTime(InternalTimer<String, VoidNamespace> timer) {
    judge();
  }

  private void judge() {
    out.begin((String) getCurrentKey());
    rules().onWatermark(watermark(), timers.currentProcessingTime(), store, out);
    out.end();
  }

  /** All parts look at the new rules when they become effective, and those of everything begin. */
  @Override
  public void processElement2(StreamRecord<RuleSet> record) throws Exception {
    RuleSet set = record.getValue();
    loaded.add(set, watermark());
    areWholesAwake = false;
    for (Object part : parts()) {
      setCurrentKey(part);
      store.wakeAt(set.effectiveFrom());
    }
  }

  /** In a list, because a backend's keys must not change while they are gone through. */
  private List<Object> parts() {
    try (Stream<Object> parts =
        getKeyedStateBackend().getKeys(KeyedPartStore.OF_EVERY_KEY, VoidNamespace.INSTANCE)) {
      return parts.toList();
    }
  }

  @Override
  public void processWatermark(Watermark mark) throws Exception {
    if (isOfWhole && !areWholesAwake && mark.getTimestamp() != Long.MAX_VALUE) {
      for (String whole : loaded.rules().wholes()) {
        if (isMine(whole)) {
          setCurrentKey(whole);
          rules().keepAwake(judged.at(mark.getTimestamp()), store);
        }
      }
      areWholesAwake = true;
    }
    super.processWatermark(mark);
  }

  private boolean isMine(String part) {
    var task = getRuntimeContext().getTaskInfo();
    return KeyGroupRangeAssignment.assignKeyToParallelOperator(
            part, task.getMaxNumberOfParallelSubtasks(), task.getNumberOfParallelSubtasks())
        == task.getIndexOfThisSubtask();
  }

  private final class Emitter implements PartOutput {
    private final Counter failures;
    private final List<RecordedPoint> handedOn = new ArrayList<>();
    private String part;

    private Emitter(Counter failures) {
      this.failures = failures;
    }

    private void begin(String judgedPart) {
      part = judgedPart;
    }

    /** What a part hands on at once goes together, in its order. */
    private void end() {
      if (!handedOn.isEmpty()) {
        PartInput input = PartInput.of(PlanName.wholeBeside(part), handedOn);
        output.collect(RuleTypes.FOR_WHOLE, new StreamRecord<>(input));
        handedOn.clear();
      }
    }

    @Override
    public void transition(AlertTransition transition) {
      output.collect(new StreamRecord<>(transition));
    }

    @Override
    public void recorded(RecordingRule rule, RecordedPoint point) {
      Labels labels = point.labels();
      Series series =
          Series.of(
              rule.name(), labels.without(List.of(LabelMatcher.METRIC_NAME)), MetricKind.GAUGE);
      double value = point.isRetracted() ? StaleMarker.VALUE : point.value();
      output.collect(
          SideOutputs.RECORDED,
          new StreamRecord<>(new RecordedSample(series, point.timestamp(), value)));
    }

    @Override
    public void handedOn(RecordedPoint point) {
      handedOn.add(point);
    }

    @Override
    public void failed(Rule rule, long tick, String message) {
      failures.inc();
      LOG.warn("{} has no result at {}: {}", rule.words(), Instant.ofEpochMilli(tick), message);
    }
  }
}
