package oht50.metrics.cli.faults;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;

/** Works through a list of actions on a stack while the input is sent, then compares. */
final class Campaign {
  /** Ticks of input for each action, as many before the first, and as many after the last. */
  static final int TICKS_PER_ACTION = 40;

  // A short outage tells nothing about what grows with it, and a full collection delays the job.
  private static final double HEAP_IS_MEASURED_FROM_SECONDS = 20;
  private static final long HEAP_MAY_GROW_BYTES = 8L << 20;

  private static final String TRANSITIONS =
      "SELECT transition_id || ' ' || turn FROM alert_transitions";

  private final CampaignStack stack;
  private final Faults faults;
  private final List<List<CampaignInput.Line>> input;
  private final Duration patience;
  private final PrintWriter out;
  private final Violations violations = new Violations();

  /**
   * @param patience for progress after each fault
   */
  Campaign(
      CampaignStack stack,
      Faults faults,
      List<List<CampaignInput.Line>> input,
      Duration patience,
      PrintWriter out) {
    this.stack = stack;
    this.faults = faults;
    this.input = input;
    this.patience = patience;
    this.out = out;
  }

  static int ticks(int actions) {
    return TICKS_PER_ACTION * (actions + 1);
  }

  CampaignResult run(List<FaultAction> actions, Tables undisturbed) throws Exception {
    long begun = System.nanoTime();
    List<ActionResult> results = new ArrayList<>();
    Optional<Tables> tables = Optional.empty();
    AlertsWatch.Count alerts = null;
    try (Feeder feeder = Feeder.start(stack.bootstrapServers(), input);
        AlertsWatch alertsWatch = AlertsWatch.start(stack.bootstrapServers());
        RollupsWatch rollupsWatch = RollupsWatch.start(stack.jdbcUrl(), violations)) {
      int ticks = TICKS_PER_ACTION / 2;
      feeder.finish(ticks);
      // Whether it came or not: what counts is progress after a fault.
      OptionalDouble unused = new Progress(stack).await(patience);
      for (FaultAction action : actions) {
        feeder.allow(ticks + TICKS_PER_ACTION);
        if (action.kind() == FaultKind.LOSE_PAST) {
          rollupsWatch.livesEnd();
        }
        ActionResult result = run(action, begun);
        out.println(result.line());
        out.flush();
        results.add(result);
        if (violations.any()) {
          break;
        }
        ticks += TICKS_PER_ACTION;
        feeder.finish(ticks);
      }
      if (!violations.any()) {
        feeder.finish(input.size());
        tables =
            new Ending(stack, feeder, patience.multipliedBy(2)).reach(input.size(), violations);
      }
      if (tables.isPresent()) {
        tables.get().compare(undisturbed, violations);
        alerts = alerts(alertsWatch);
        boolean mayRefuse = actions.stream().anyMatch(each -> each.kind() == FaultKind.OUTAGE);
        if (alerts.republished() > 0 && !mayRefuse) {
          violations.add("republished", alerts.republished() + " though no commit can be refused");
        }
      }
      return new CampaignResult(
          results,
          tables.map(Tables::digests).orElse(Map.of()),
          undisturbed.digests(),
          alerts,
          rollupsWatch.looks(),
          violations.byCheck(),
          (System.nanoTime() - begun) / 1e9);
    }
  }

  private ActionResult run(FaultAction action, long begun) throws Exception {
    double at = (System.nanoTime() - begun) / 1e9;
    String impossible = faults.impossible(action);
    if (impossible != null) {
      return new ActionResult(action, at, "", impossible, 0, null);
    }
    boolean mustNotRestart = action.target() == Target.POSTGRES && !action.isAimed();
    String job = mustNotRestart ? stack.rest().liveJob().orElseThrow().id() : null;
    long begunMillis = System.currentTimeMillis();
    boolean weighs =
        mustNotRestart
            && action.seconds() >= HEAP_IS_MEASURED_FROM_SECONDS
            && LiveHeap.canBeMeasured();
    long heapBefore = weighs ? LiveHeap.of(stack.taskManagers()) : 0;
    LiveHeap.Change[] heap = new LiveHeap.Change[1];
    String hit =
        faults.inflict(
            action,
            () -> {
              if (weighs) {
                heap[0] = new LiveHeap.Change(heapBefore, LiveHeap.of(stack.taskManagers()));
              }
            });
    OptionalDouble recovery = new Progress(stack).await(patience);
    if (mustNotRestart && stack.rest().restartedMillis(job) >= begunMillis) {
      violations.add(
          "restarts", "the job restarted by action %d, the database's".formatted(action.number()));
    }
    if (recovery.isEmpty()) {
      violations.add(
          "progress",
          "none within %d s after action %d".formatted(patience.toSeconds(), action.number()));
    }
    if (heap[0] != null && heap[0].growth() > HEAP_MAY_GROW_BYTES) {
      violations.add("heap", "action %d: %s".formatted(action.number(), heap[0].describe()));
    }
    ActionResult result = new ActionResult(action, at, hit, null, recovery.orElse(-1), heap[0]);
    if (result.isMissed()) {
      violations.add("aims", "action " + action.number() + " did not hit");
    }
    return result;
  }

  /** Gives the consumer time: what the table has may become visible on the topic a moment later. */
  private AlertsWatch.Count alerts(AlertsWatch watch) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    List<String> stored = stack.rows(TRANSITIONS);
    AlertsWatch.Count count = watch.compare(stored);
    while (System.nanoTime() < deadline && !(count.lost().isEmpty() && count.untold().isEmpty())) {
      TimeUnit.MILLISECONDS.sleep(200);
      stored = stack.rows(TRANSITIONS);
      count = watch.compare(stored);
    }
    count.lost().forEach(each -> violations.add("alerts-lost", each));
    count.doubled().forEach(each -> violations.add("alerts-doubled", each));
    count.untold().forEach(each -> violations.add("alerts-untold", each));
    return count;
  }
}
