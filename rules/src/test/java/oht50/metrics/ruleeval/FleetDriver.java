package oht50.metrics.ruleeval;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import oht50.metrics.model.AlertTransition;
import oht50.metrics.model.SampleBatch;
import oht50.metrics.promql.eval.EvaluationOptions;
import oht50.metrics.rulefile.RecordingRule;
import oht50.metrics.rulefile.Rule;
import oht50.metrics.rulefile.RuleGroup;
import oht50.metrics.ruleplan.PartKind;
import oht50.metrics.ruleplan.PlacedRule;
import oht50.metrics.ruleplan.Placement;
import oht50.metrics.ruleplan.PlanName;
import oht50.metrics.ruleplan.RuleOrders;
import oht50.metrics.ruleplan.RuleVersions;

/** All parts of a fleet, driven by hand: those of entities first, then that of everything. */
final class FleetDriver {
  private final SortedMap<PlanName, List<PlacedRule>> plans;
  private final Map<PlanName, PartRules> rules = new HashMap<>();
  private final PartRouting routing;
  private final SortedMap<String, MapPartStore> stores = new TreeMap<>(); // by part
  private long watermark = Long.MIN_VALUE;

  final Published published = new Published();
  int beyond;
  int handedOn;

  FleetDriver(List<RuleGroup> groups, EvaluationOptions options, Duration horizon) {
    plans = Placement.of(groups, options);
    routing = new PartRouting(plans, options);
    plans.forEach(
        (name, placed) ->
            rules.put(
                name,
                new PartRules(
                    placed,
                    RuleOrders.OF_NUMBERS,
                    RuleVersions.ONE,
                    PartDriver.settings(options, horizon))));
  }

  SortedMap<PlanName, List<PlacedRule>> plans() {
    return plans;
  }

  /** The highest so far. */
  long watermark() {
    return watermark;
  }

  private PlanName planOf(String part) {
    return plans.keySet().stream()
        .filter(plan -> plan.prefix().equals(PlanName.prefixOf(part)))
        .findFirst()
        .orElseThrow();
  }

  private MapPartStore store(String part) {
    return stores.computeIfAbsent(part, any -> new MapPartStore());
  }

  void send(SampleBatch batch) {
    routing.route(
        batch,
        input ->
            beyond +=
                rules
                    .get(planOf(input.part()))
                    .onBatch(input.samples(), watermark, store(input.part())));
  }

  void watermark(long time) {
    boolean isFirst = watermark == Long.MIN_VALUE;
    long before = watermark;
    watermark = Math.max(watermark, time);
    List<RecordedPoint> forWhole = new ArrayList<>();
    for (String part : List.copyOf(stores.keySet())) {
      if (planOf(part).kind() != PartKind.WHOLE) {
        wake(part, forWhole);
      }
    }
    for (PlanName plan : plans.keySet()) {
      if (plan.kind() == PartKind.WHOLE) {
        if (!forWhole.isEmpty()) {
          beyond += rules.get(plan).onRecorded(forWhole, before, store(plan.whole()));
        }
        if (isFirst) {
          rules.get(plan).keepAwake(watermark, store(plan.whole()));
        }
        wake(plan.whole(), new ArrayList<>());
      }
    }
    handedOn += forWhole.size();
  }

  private void wake(String part, List<RecordedPoint> handedOn) {
    MapPartStore store = store(part);
    if (!store.wakeUps().isEmpty() && store.wakeUps().first() <= watermark) {
      store.wakeUps().headSet(watermark, true).clear();
      published.handedOn = handedOn;
      rules.get(planOf(part)).onWatermark(watermark, watermark, store, published);
    }
  }

  /** Another process goes on with what was written. */
  void restart() {
    stores.replaceAll((part, store) -> store.restored());
  }

  /** What all parts have said. */
  static final class Published implements PartOutput {
    final List<AlertTransition> transitions = new ArrayList<>();
    final List<RecordedPoint> points = new ArrayList<>();
    final List<String> failures = new ArrayList<>();
    private List<RecordedPoint> handedOn;

    @Override
    public void transition(AlertTransition transition) {
      transitions.add(transition);
    }

    @Override
    public void recorded(RecordingRule rule, RecordedPoint point) {
      points.add(point);
    }

    @Override
    public void handedOn(RecordedPoint point) {
      handedOn.add(point);
    }

    @Override
    public void failed(Rule rule, long tick, String message) {
      failures.add(rule.words() + " at " + tick + ": " + message);
    }
  }
}
