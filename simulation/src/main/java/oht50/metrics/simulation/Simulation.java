package oht50.metrics.simulation;

import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import oht50.metrics.model.AlertTransition;
import oht50.metrics.model.Backfill;
import oht50.metrics.model.Event;
import oht50.metrics.model.Occurrence;
import oht50.metrics.model.Registration;
import oht50.metrics.model.Rollup;
import oht50.metrics.model.SampleBatch;
import oht50.metrics.model.Stampable;
import oht50.metrics.simulation.life.Alerts;
import oht50.metrics.simulation.life.Coverage;
import oht50.metrics.simulation.life.Digest;
import oht50.metrics.simulation.life.Lives;
import oht50.metrics.simulation.life.Result;
import oht50.metrics.simulation.life.Shrinker;

/**
 * One life of the operators, and what was wrong in it.
 *
 * <p>Rows reach the tables when they are published; of the last of a failed attempt some reach them
 * only after its successor has begun to write, as those of a process that was thought dead. In the
 * end three days of silence pass, on the machine's clock too, after which every window is final and
 * nothing may be left in state.
 */
final class Simulation {
  private static final long HOUR = 60 * 60_000;
  private static final int STALE_WRITES = 40;
  static final int ROCKSDB_EVERY = 100;
  private static final int SHOWN = 12;
  private static final int ROUNDS = 10;

  /** Which surroundings the operators run in. */
  enum Kind implements Lives {
    /** The pure cores, their state through bytes at each snapshot. */
    CORE,
    /** Flink's operator harness. */
    HARNESS;

    @Override
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    @Override
    public Result run(long seed) {
      return Simulation.run(Generator.scenario(seed), this);
    }

    @Override
    public Coverage nothing() {
      return new Coverage(What.values());
    }

    @Override
    public String failure(long seed, boolean isShrunk) {
      Scenario scenario = Generator.scenario(seed);
      if (isShrunk) {
        scenario = scenario.with(Shrinker.shrink(scenario.steps(), failing(scenario)));
      }
      StringBuilder text = new StringBuilder("seed ").append(seed).append(" fails on ");
      text.append(word()).append(":\n");
      Simulation.run(scenario, this)
          .faults()
          .forEach(fault -> text.append("  ").append(fault).append('\n'));
      return isShrunk ? text + "shrunk to:\n" + scenario : text.toString();
    }

    /** Histories that are undecided are not asked about. */
    private Predicate<List<Step>> failing(Scenario scenario) {
      return steps -> {
        Scenario some = scenario.with(steps);
        return Admissions.of(some.setup(), History.of(some)).undecided.isEmpty()
            && !Simulation.run(some, this).isWell();
      };
    }
  }

  private final Scenario scenario;
  private final Coverage coverage = new Coverage(What.values());
  private final List<String> faults = new ArrayList<>();
  private final Tables tables = new Tables();
  private final Alerts alerts = new Alerts(false);
  private final Invariants invariants;
  private final Repairs repairs;
  private final Deque<Object> sinceSnapshot = new ArrayDeque<>(); // stamped rows
  private final Deque<Object> stale = new ArrayDeque<>();
  private long epoch = 1;
  private long seq;
  private int parallelism = 1;
  private ZoneId zone; // configured

  private Simulation(Scenario scenario) {
    this.scenario = scenario;
    this.zone = scenario.setup().zone();
    this.invariants = new Invariants(scenario.setup(), tables, coverage, faults);
    this.repairs = new Repairs(tables, coverage);
  }

  static Result run(Scenario scenario, Kind kind) {
    return new Simulation(scenario).run(kind);
  }

  private Result run(Kind kind) {
    List<Step> history = new ArrayList<>(History.of(scenario));
    long last = lastInstant(history);
    for (long hours : new long[] {1, 3, 6, 12, 24, 36, 48, 60, 72}) {
      history.add(new Step.Mark(last + hours * HOUR));
    }
    history.add(new Step.Standstill());
    history.add(new Step.Snapshot());
    Admissions admissions = Admissions.of(scenario.setup(), history);
    if (!admissions.undecided.isEmpty()) {
      throw new IllegalArgumentException("undecided: " + admissions.undecided);
    }
    Set<Answer> expected = Oracle.answers(admissions);
    try (Target target = open(kind)) {
      live(history, target);
      repairAll(target);
      unregisterAll(target);
      String leftovers = target.leftovers(expected.stream().anyMatch(Simulation::isOpen));
      if (!leftovers.isEmpty()) {
        faults.add("after three days of silence there is still state: " + leftovers);
      }
    } catch (Exception | StackOverflowError e) {
      faults.add("failed: " + e + " at " + firstFrame(e));
    }
    Set<Answer> answers = new HashSet<>();
    tables.addAnswers(answers);
    alerts.standing().forEach(alert -> answers.add(Answer.Alert.of(alert)));
    laws(answers, admissions);
    Predicate<Answer> isNotCompared =
        answer ->
            isWithdrawnOrOpenDay(answer, admissions)
                || (answer instanceof Answer.Expected expects
                    && admissions.isPerhapsOutdated(expects.series()));
    answers.removeIf(isNotCompared);
    expected.removeIf(isNotCompared);
    compare(answers, expected);
    note(admissions);
    Contents.count(scenario, coverage);
    return new Result(faults, coverage, Digest.of(answers));
  }

  /** After three days of silence every window can be computed. */
  private void repairAll(Target target) throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      for (Backfill next = repairs.next(); next != null; next = repairs.next()) {
        target.take(next);
      }
      repairs.round();
    }
    tables.requests().stream()
        .limit(SHOWN)
        .forEach(window -> faults.add("was never repaired: " + window));
  }

  /** What the registry says is no leftover, as long as it says so. */
  private void unregisterAll(Target target) throws Exception {
    for (Robot robot : Robot.ALL) {
      target.take(Registration.removal(robot.id(), 0, Long.MAX_VALUE));
    }
  }

  /** On every level, and of every day, however it is cut. */
  private void laws(Set<Answer> answers, Admissions admissions) {
    Set<Long> excused = new HashSet<>(tables.ofOtherLives());
    if (invariants.hasCrashed()) {
      Robot.ALL.stream()
          .filter(robot -> admissions.movedLate.contains(robot.id()))
          .forEach(robot -> excused.addAll(robot.seriesIds()));
    }
    Laws.broken(answers, excused).stream().limit(SHOWN).forEach(faults::add);
  }

  /** A day without samples is in no view; where the days of a robot that moved late end is open. */
  private static boolean isWithdrawnOrOpenDay(Answer answer, Admissions admissions) {
    return answer instanceof Answer.Row row
        && row.interval().equals("1d")
        && (row.count() == 0
            || Robot.ALL.stream()
                .anyMatch(
                    robot ->
                        admissions.movedLate.contains(robot.id())
                            && robot.seriesIds().contains(row.series())));
  }

  private static boolean isOpen(Answer answer) {
    return answer instanceof Answer.Alert alert && alert.endsAt() == AlertTransition.OPEN;
  }

  private static String firstFrame(Throwable failure) {
    return failure.getStackTrace().length == 0 ? "?" : failure.getStackTrace()[0].toString();
  }

  private static long lastInstant(List<Step> history) {
    long last = Long.MIN_VALUE;
    for (Step step : history) {
      if (step instanceof Step.Mark mark) {
        last = Math.max(last, mark.watermark());
      } else if (step instanceof Step.Take take) {
        last = Math.max(last, newest(take.message()));
      }
    }
    return last;
  }

  private static long newest(Object message) {
    if (message instanceof Registration) {
      return Long.MIN_VALUE;
    }
    return message instanceof SampleBatch batch
        ? batch.newest()
        : message instanceof Occurrence fact ? fact.timestamp() : ((Event) message).timestamp();
  }

  private Target open(Kind kind) throws Exception {
    Target.Output out =
        new Target.Output() {
          @Override
          public void row(Object row) {
            write(row);
          }

          @Override
          public void transition(AlertTransition transition) {
            invariants.judge(transition);
            alerts.publish(transition);
          }
        };
    return kind == Kind.CORE
        ? new CoreTarget(scenario.setup(), out)
        : new HarnessTarget(scenario.setup(), backends(), out);
  }

  /** RocksDB takes twenty times as long, so it has a share of the seeds only. */
  private HarnessTarget.Backends backends() {
    int share = Math.floorMod(scenario.seed(), ROCKSDB_EVERY);
    if (share == 0) {
      coverage.add(What.ROCKSDB);
      return HarnessTarget.Backends.ROCKSDB;
    }
    if (share == ROCKSDB_EVERY / 2) {
      coverage.add(What.BACKENDS_IN_TURN);
      return HarnessTarget.Backends.TAKING_TURNS;
    }
    return HarnessTarget.Backends.HEAP;
  }

  private void live(List<Step> history, Target target) throws Exception {
    Object snapshot = null;
    for (Step step : history) {
      Backfill repaired = step instanceof Step.Restore ? null : repairs.next();
      if (repaired != null) {
        target.take(repaired);
      }
      if (step instanceof Step.Take take) {
        repairs.arrives(take.message());
        invariants.arrives(take.message());
        target.take(take.message());
      } else if (step instanceof Step.Mark mark) {
        invariants.mark(mark.watermark());
        target.watermark(mark.watermark());
      } else if (step instanceof Step.Standstill) {
        coverage.add(What.STANDSTILLS);
        target.standStill();
      } else if (step instanceof Step.Snapshot) {
        coverage.add(What.SNAPSHOTS);
        snapshot = target.snapshot();
        alerts.commit();
        sinceSnapshot.clear();
        invariants.snapshot();
        repairs.snapshot();
      } else if (step instanceof Step.Restore restore) {
        restore(restore);
        target.restore(snapshot, restore.parallelism(), restore.zone());
      }
    }
    writeStale();
  }

  private void restore(Step.Restore restore) {
    coverage.add(What.RESTORES);
    coverage.add(What.RESCALES, restore.parallelism() == parallelism ? 0 : 1);
    coverage.add(What.RECONFIGURED, restore.zone().equals(zone) ? 0 : 1);
    parallelism = restore.parallelism();
    zone = restore.zone();
    invariants.restore(restore.afterCrash());
    repairs.restore(restore.afterCrash());
    if (restore.afterCrash()) {
      coverage.add(What.CRASHES);
      alerts.fail();
      writeStale();
      while (sinceSnapshot.size() > STALE_WRITES) {
        sinceSnapshot.removeFirst();
      }
      stale.addAll(sinceSnapshot);
    }
    sinceSnapshot.clear();
    epoch++;
    seq = 0;
  }

  private void writeStale() {
    int before = tables.guarded;
    stale.forEach(tables::write);
    coverage.add(What.STALE_WRITES, tables.guarded - before);
    stale.clear();
  }

  private void write(Object row) {
    if (row instanceof Stampable<?> stampable) {
      row = stampable.stamped(epoch, ++seq);
    }
    if (row instanceof Rollup rollup) {
      invariants.judge(rollup);
    }
    tables.write(row);
    if (row instanceof Rollup rollup) {
      invariants.judgeStored(rollup);
    }
    sinceSnapshot.add(row);
    if (seq == STALE_WRITES) {
      writeStale();
    }
  }

  private void note(Admissions admissions) {
    coverage.add(What.BEYOND_POINTS, admissions.latePoints.size());
    coverage.add(What.BEYOND_FACTS, admissions.uncounted.size());
    coverage.add(What.REMEMBERED_EVENTS, admissions.rememberedEvents);
    coverage.add(What.CUT_BEYOND, admissions.latelyMoved);
    coverage.add(What.EXPECTED_OTHERWISE, tables.expectedOtherwise);
    coverage.add(What.CORRECTIONS, tables.corrections);
    coverage.add(What.REPLAY_CORRECTIONS, tables.replays);
    coverage.add(What.RAISED, alerts.raised());
    coverage.add(What.ENDED, alerts.ended());
    coverage.add(What.WITHDRAWN, alerts.withdrawn());
    coverage.add(What.REPLACED, alerts.replaced());
  }

  private void compare(Set<Answer> answers, Set<Answer> expected) {
    if (!invariants.hasCrashed() && tables.replays > 0) {
      faults.add(tables.replays + " final rows changed without a cause, and without a restart");
    }
    tables.refused().stream().limit(SHOWN).forEach(faults::add);
    alerts.violations().stream().limit(SHOWN).forEach(faults::add);
    note("expected and missing: ", expected, answers);
    note("there and not expected: ", answers, expected);
  }

  private void note(String what, Set<Answer> of, Set<Answer> without) {
    List<String> lines =
        of.stream()
            .filter(answer -> !without.contains(answer))
            .map(Answer::toString)
            .sorted()
            .toList();
    lines.stream().limit(SHOWN).forEach(line -> faults.add(what + line));
    if (lines.size() > SHOWN) {
      faults.add(what + (lines.size() - SHOWN) + " more");
    }
  }
}
