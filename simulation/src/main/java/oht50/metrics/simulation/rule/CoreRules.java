package oht50.metrics.simulation.rule;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import oht50.metrics.model.AlertTransition;
import oht50.metrics.model.Labels;
import oht50.metrics.model.MetricKind;
import oht50.metrics.model.RecordedSample;
import oht50.metrics.model.RuleSet;
import oht50.metrics.model.SampleBatch;
import oht50.metrics.model.Series;
import oht50.metrics.model.StaleMarker;
import oht50.metrics.promql.syntax.LabelMatcher;
import oht50.metrics.ruleeval.FleetRules;
import oht50.metrics.ruleeval.MapPartStore;
import oht50.metrics.ruleeval.PartInput;
import oht50.metrics.ruleeval.PartOutput;
import oht50.metrics.ruleeval.PartRouting;
import oht50.metrics.ruleeval.RecordedPoint;
import oht50.metrics.rulefile.RecordingRule;
import oht50.metrics.rulefile.Rule;
import oht50.metrics.ruleplan.PlanName;
import oht50.metrics.ruleset.InvalidRules;
import oht50.metrics.ruleset.RuleHistory;
import oht50.metrics.wire.Codec;

/** The pure core of the stage on stores in maps; all that crosses an edge goes through bytes. */
final class CoreRules implements RuleTarget {
  private static final Codec<PartInput> INPUTS = new PartInput.BinaryForm();
  private static final Codec<RuleSet> SETS = new RuleSet.BinaryForm();

  private final Output out;
  private final Map<SortedMap<Long, RuleSet>, FleetRules> read = new HashMap<>(); // it takes long
  private RuleHistory history;
  private FleetRules rules;
  private PartRouting routing;
  private final SortedMap<String, MapPartStore> stores = new TreeMap<>(); // by part
  private long watermark = Long.MIN_VALUE;
  private long judged = Long.MIN_VALUE; // the highest watermark, also of processes before
  private boolean areWholesAwake;

  CoreRules(RuleSet configured, Output out) {
    this.out = out;
    this.history = RuleHistory.of(new TreeMap<>()).with(configured.effectiveFrom(RuleSet.ALWAYS));
    useRules();
  }

  private void useRules() {
    rules = read.computeIfAbsent(history.sets(), any -> read(history));
    routing = rules.routing();
  }

  private static FleetRules read(RuleHistory history) {
    try {
      return new FleetRules(history.plans(RuleSetup.SETTINGS), RuleSetup.SETTINGS);
    } catch (InvalidRules e) {
      throw new IllegalStateException(e);
    }
  }

  private MapPartStore store(String part) {
    return stores.computeIfAbsent(part, any -> new MapPartStore());
  }

  @Override
  public void take(SampleBatch batch) {
    routing.route(batch, this::deliver);
  }

  private void deliver(PartInput sent) {
    PartInput input = throughBytes(sent);
    MapPartStore store = store(input.part());
    if (input.samples() != null) {
      rules.of(input.part()).onBatch(input.samples(), judged, store);
    } else {
      rules.of(input.part()).onRecorded(input.recorded(), judged, store);
    }
  }

  private static PartInput throughBytes(PartInput input) {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      INPUTS.write(input, new DataOutputStream(bytes));
      return INPUTS.read(
          INPUTS.version(), new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void load(RuleSet set) {
    history = history.with(set);
    useRules();
    areWholesAwake = false;
    stores.values().forEach(store -> store.wakeAt(set.effectiveFrom()));
  }

  @Override
  public void watermark(long reached) {
    long before = judged;
    watermark = Math.max(watermark, reached);
    List<PartInput> handedOn = judge(false, Math.max(judged, reached));
    // What comes before the watermark is taken in before it.
    judged = before;
    handedOn.forEach(this::deliver);
    judged = Math.max(before, reached);
    if (!areWholesAwake) {
      rules.wholes().forEach(part -> rules.of(part).keepAwake(since(before), store(part)));
      areWholesAwake = true;
    }
    judge(true, judged);
  }

  private long since(long before) {
    return before == Long.MIN_VALUE ? judged : before;
  }

  @Override
  public void standStill() {
    judge(false, judged).forEach(this::deliver);
    judge(true, judged);
  }

  /** Those parts that asked for it. */
  private List<PartInput> judge(boolean areWholes, long time) {
    List<PartInput> handedOn = new ArrayList<>();
    for (String part : List.copyOf(stores.keySet())) {
      var wakeUps = stores.get(part).wakeUps();
      if (PlanName.isWhole(part) == areWholes
          && !wakeUps.isEmpty()
          && wakeUps.first() <= watermark) {
        wakeUps.headSet(watermark, true).clear();
        Emitter emitter = new Emitter();
        rules.of(part).onWatermark(time, time, stores.get(part), emitter);
        if (!emitter.handedOn.isEmpty()) {
          out.handedOn(emitter.handedOn.size());
          handedOn.add(PartInput.of(PlanName.wholeBeside(part), emitter.handedOn));
        }
      }
    }
    return handedOn;
  }

  private final class Emitter implements PartOutput {
    private final List<RecordedPoint> handedOn = new ArrayList<>();

    @Override
    public void transition(AlertTransition transition) {
      out.transition(transition);
    }

    @Override
    public void recorded(RecordingRule rule, RecordedPoint point) {
      Labels labels = point.labels().without(List.of(LabelMatcher.METRIC_NAME));
      out.recorded(
          new RecordedSample(
              Series.of(rule.name(), labels, MetricKind.GAUGE),
              point.timestamp(),
              point.isRetracted() ? StaleMarker.VALUE : point.value()));
    }

    @Override
    public void handedOn(RecordedPoint point) {
      handedOn.add(point);
    }

    @Override
    public void failed(Rule rule, long tick, String message) {
      throw new IllegalStateException(rule.words() + " fails at " + tick + ": " + message);
    }
  }

  @Override
  public Object snapshot() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream to = new DataOutputStream(bytes);
    to.writeLong(judged);
    to.writeInt(history.sets().size());
    for (var each : history.sets().entrySet()) {
      to.writeLong(each.getKey());
      SETS.write(each.getValue(), to);
    }
    to.writeInt(stores.size());
    for (var each : stores.entrySet()) {
      to.writeUTF(each.getKey());
      each.getValue().write(to);
    }
    return bytes.toByteArray();
  }

  @Override
  public void restore(Object snapshot, int parallelism) throws IOException {
    DataInputStream from = new DataInputStream(new ByteArrayInputStream((byte[]) snapshot));
    watermark = Long.MIN_VALUE;
    areWholesAwake = false;
    judged = from.readLong();
    SortedMap<Long, RuleSet> sets = new TreeMap<>();
    for (int left = from.readInt(); left > 0; left--) {
      sets.put(from.readLong(), SETS.read(SETS.version(), from));
    }
    history = RuleHistory.of(sets);
    useRules();
    stores.clear();
    for (int left = from.readInt(); left > 0; left--) {
      stores.put(from.readUTF(), MapPartStore.read(from));
    }
  }

  @Override
  public String leftovers(boolean isOfWholeToo) {
    List<String> left = new ArrayList<>();
    stores.forEach(
        (part, store) -> {
          if (!store.isEmpty() && (isOfWholeToo || !PlanName.isWhole(part))) {
            left.add(part);
          }
        });
    return String.join(", ", left);
  }

  @Override
  public void close() {}
}
