package oht50.metrics.bench.rules;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import oht50.metrics.alerting.Installation;
import oht50.metrics.model.AlertTransition;
import oht50.metrics.model.SampleBatch;
import oht50.metrics.model.SourceNames;
import oht50.metrics.promql.eval.EvaluationOptions;
import oht50.metrics.ruleeval.FleetRules;
import oht50.metrics.ruleeval.PartInput;
import oht50.metrics.ruleeval.PartOutput;
import oht50.metrics.ruleeval.PartRouting;
import oht50.metrics.ruleeval.PartRules;
import oht50.metrics.ruleeval.RecordedPoint;
import oht50.metrics.ruleeval.RuleSettings;
import oht50.metrics.rulefile.RecordingRule;
import oht50.metrics.rulefile.Rule;
import oht50.metrics.rulefile.RuleGroup;
import oht50.metrics.ruleplan.Placement;
import oht50.metrics.ruleplan.PlanName;
import oht50.metrics.ruleplan.RulePlans;

/**
 * The parts of a fleet as the job evaluates them, those of robots first, then that of everything;
 * without Flink around them.
 */
final class PartsEngine implements RuleEngine {
  private final FleetRules rules;
  private final PartRouting routing;
  private final boolean isStateBytes;
  private final Map<String, Part> parts = new HashMap<>();
  private final List<Part> wholes = new ArrayList<>();
  private final Published published = new Published();
  private long watermark = Long.MIN_VALUE;

  /** A part, its rules and its state. */
  private record Part(String name, PartRules rules, PartState state) {}

  PartsEngine(List<RuleGroup> groups, boolean isStateBytes, Duration horizon) {
    RuleSettings settings = settings(horizon);
    this.isStateBytes = isStateBytes;
    this.rules = new FleetRules(RulePlans.of(Placement.of(groups, settings.options())), settings);
    this.routing = rules.routing();
    rules.wholes().forEach(name -> wholes.add(part(name)));
  }

  /** Those of the bench. */
  static RuleSettings settings(Duration horizon) {
    return new RuleSettings(
        Installation.UNNAMED,
        EvaluationOptions.DEFAULT,
        INTERVAL,
        horizon,
        RuleSettings.DEFAULT_MAX_LOOKBACK,
        SourceNames.NONE);
  }

  private Part part(String name) {
    return parts.computeIfAbsent(
        name, any -> new Part(name, rules.of(name), new PartState(isStateBytes)));
  }

  @Override
  public void process(SampleBatch batch) {
    routing.route(batch, this::take);
  }

  private void take(PartInput input) {
    Part part = part(input.part());
    refuseLate(part.rules.onBatch(input.samples(), watermark, part.state));
  }

  private static void refuseLate(int beyond) {
    if (beyond > 0) {
      throw new IllegalStateException("samples beyond the horizon, which the bench does not send");
    }
  }

  @Override
  public void watermark(long time) {
    long before = watermark;
    watermark = time;
    for (Part part : parts.values()) {
      if (!PlanName.isWhole(part.name)) {
        wake(part);
      }
    }
    for (Part whole : wholes) {
      List<RecordedPoint> handedOn = published.takeFor(whole.name);
      if (!handedOn.isEmpty()) {
        refuseLate(whole.rules.onRecorded(handedOn, before, whole.state));
      }
      if (before == Long.MIN_VALUE) {
        whole.rules.keepAwake(watermark, whole.state);
      }
      wake(whole);
    }
  }

  private void wake(Part part) {
    if (part.state.isDue(watermark)) {
      published.part = part.name;
      part.rules.onWatermark(watermark, watermark, part.state, published);
    }
  }

  @Override
  public FiredAlerts alerts() {
    return published.alerts.fired();
  }

  @Override
  public String summary() {
    return parts.size() + " parts, " + published.alerts.summary();
  }

  @Override
  public void close() {}

  /** What all parts have said. */
  private static final class Published implements PartOutput {
    private final PublishedAlerts alerts = new PublishedAlerts();
    private final Map<String, List<RecordedPoint>> forWhole = new HashMap<>(); // by its part
    private String part;

    List<RecordedPoint> takeFor(String whole) {
      List<RecordedPoint> points = forWhole.remove(whole);
      return points == null ? List.of() : points;
    }

    @Override
    public void transition(AlertTransition transition) {
      alerts.transition(transition);
    }

    @Override
    public void recorded(RecordingRule rule, RecordedPoint point) {
      alerts.recorded();
    }

    @Override
    public void handedOn(RecordedPoint point) {
      alerts.handedOn(1);
      forWhole.computeIfAbsent(PlanName.wholeBeside(part), any -> new ArrayList<>()).add(point);
    }

    @Override
    public void failed(Rule rule, long tick, String message) {
      throw new IllegalStateException(rule.words() + " at " + tick + ": " + message);
    }
  }
}
