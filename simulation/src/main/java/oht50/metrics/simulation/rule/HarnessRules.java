package oht50.metrics.simulation.rule;

import java.util.List;
import oht50.metrics.job.SideOutputs;
import oht50.metrics.job.rule.RuleOperator;
import oht50.metrics.job.rule.RuleRouter;
import oht50.metrics.job.rule.RuleTypes;
import oht50.metrics.job.scenario.BroadcastSubject;
import oht50.metrics.job.scenario.BroadcastSubtasks;
import oht50.metrics.job.scenario.Input;
import oht50.metrics.job.scenario.Way;
import oht50.metrics.model.AlertTransition;
import oht50.metrics.model.RecordedSample;
import oht50.metrics.model.RuleSet;
import oht50.metrics.model.SampleBatch;
import oht50.metrics.model.SeriesInput;
import oht50.metrics.ruleeval.PartInput;
import oht50.metrics.ruleplan.PlanName;
import oht50.metrics.typeinfo.TypeInfos;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;

/** The three operators in Flink's own harness: real state, timers, snapshots and key groups. */
final class HarnessRules implements RuleTarget {
  private static final long CLOCK_STEP = 3_000;
  private static final int KEY_GROUPS = 4;
  private static final String RECORDED = "oht50.recorded";

  private record Snapshot(
      OperatorSubtaskState router,
      OperatorSubtaskState parts,
      OperatorSubtaskState whole,
      int parallelism) {}

  private final Output out;
  private final Way.Backend backend;
  private final BroadcastSubject<Long, SeriesInput, RuleSet, PartInput> routing;
  private final BroadcastSubject<String, PartInput, RuleSet, AlertTransition> partial;
  private final BroadcastSubject<String, PartInput, RuleSet, AlertTransition> total;
  private BroadcastSubtasks<Long, SeriesInput, RuleSet, PartInput> router;
  private BroadcastSubtasks<String, PartInput, RuleSet, AlertTransition> parts;
  private BroadcastSubtasks<String, PartInput, RuleSet, AlertTransition> whole;
  private long checkpoint;
  private long clock = 1;

  HarnessRules(RuleSet configured, Way.Backend backend, Output out) throws Exception {
    this.out = out;
    this.backend = backend;
    routing =
        new BroadcastSubject<>(
            () -> new RuleRouter(configured, RuleSetup.SETTINGS, RECORDED),
            SeriesInput::key,
            null,
            RuleTypes.PART_INPUT,
            List.of(RuleTypes.FOR_WHOLE));
    partial = judging(configured, false);
    total = judging(configured, true);
    open(null, 1);
  }

  private static BroadcastSubject<String, PartInput, RuleSet, AlertTransition> judging(
      RuleSet configured, boolean isOfWhole) {
    return new BroadcastSubject<>(
        () -> new RuleOperator(configured, RuleSetup.SETTINGS, isOfWhole),
        PartInput::part,
        Types.STRING,
        TypeInfos.ALERT_TRANSITION,
        List.of(SideOutputs.RECORDED, RuleTypes.FOR_WHOLE));
  }

  private void open(Snapshot from, int parallelism) throws Exception {
    router = open(routing, from == null ? null : from.router(), from, parallelism);
    parts = open(partial, from == null ? null : from.parts(), from, parallelism);
    whole = open(total, from == null ? null : from.whole(), from, parallelism);
    publish(router.clock(clock));
    publish(parts.clock(clock));
    publish(whole.clock(clock));
  }

  private <K, I, O> BroadcastSubtasks<K, I, RuleSet, O> open(
      BroadcastSubject<K, I, RuleSet, O> subject,
      OperatorSubtaskState state,
      Snapshot from,
      int parallelism)
      throws Exception {
    return new BroadcastSubtasks<>(
        subject, backend, KEY_GROUPS, parallelism, state, from == null ? 0 : from.parallelism());
  }

  @Override
  public void take(SampleBatch batch) throws Exception {
    publish(router.take(Input.of(batch)));
  }

  @Override
  public void load(RuleSet set) throws Exception {
    publish(router.broadcast(set));
    publish(parts.broadcast(set));
    publish(whole.broadcast(set));
  }

  @Override
  public void watermark(long reached) throws Exception {
    publish(router.take(Input.watermark(reached)));
    publish(parts.take(Input.watermark(reached)));
    publish(whole.take(Input.watermark(reached)));
  }

  @Override
  public void standStill() throws Exception {
    clock += CLOCK_STEP;
    publish(router.clock(clock));
    publish(parts.clock(clock));
    publish(whole.clock(clock));
  }

  private void publish(List<Object> published) throws Exception {
    for (Object each : published) {
      if (each instanceof PartInput input) {
        out.handedOn(input.recorded().size());
        publish((PlanName.isWhole(input.part()) ? whole : parts).take(Input.of(input)));
      } else if (each instanceof RecordedSample sample) {
        out.recorded(sample);
      } else {
        out.transition((AlertTransition) each);
      }
    }
  }

  @Override
  public Object snapshot() throws Exception {
    checkpoint++;
    return new Snapshot(
        router.snapshot(checkpoint),
        parts.snapshot(checkpoint),
        whole.snapshot(checkpoint),
        parts.parallelism());
  }

  @Override
  public void restore(Object snapshot, int parallelism) throws Exception {
    close();
    open((Snapshot) snapshot, parallelism);
  }

  @Override
  public String leftovers(boolean isOfWholeToo) {
    return leftovers("parts", parts) + (isOfWholeToo ? leftovers("whole", whole) : "");
  }

  private static String leftovers(String what, BroadcastSubtasks<?, ?, ?, ?> subtasks) {
    int entries = subtasks.stateEntries();
    int timers = subtasks.timers();
    return entries + timers == 0
        ? ""
        : "%s: %d entries, %d timers; ".formatted(what, entries, timers);
  }

  @Override
  public void close() throws Exception {
    router.close();
    parts.close();
    whole.close();
  }
}
