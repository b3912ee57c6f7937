package oht50.metrics.simulation;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import oht50.metrics.model.AlertTransition;
import oht50.metrics.model.Cause;
import oht50.metrics.model.Event;
import oht50.metrics.model.Occurrence;
import oht50.metrics.model.Rollup;
import oht50.metrics.model.SampleBatch;
import oht50.metrics.model.Stampable;

/**
 * One life of the operators, and what was wrong in it.
 *
 * <p>Rows reach the tables when they are published; of the last of a failed attempt some reach them
 * only after its successor has begun to write, as those of a process that was thought dead. In the
 * end three days of silence pass, on the machine's clock too, after which every window is final and
 * nothing may be left in state.
 */
final class Simulation {
  private static final long MINUTE = 60_000;
  private static final long HOUR = 60 * MINUTE;
  private static final int STALE_WRITES = 40;
  static final int ROCKSDB_EVERY = 50;
  private static final int SHOWN = 12;

  /** Which surroundings the operators run in. */
  enum Kind {
    /** The pure cores, their state through bytes at each snapshot. */
    CORE,
    /** Flink's operator harness. */
    HARNESS
  }

  /**
   * @param faults what differs from the oracle, and broken invariants; empty if all is well
   * @param digest of the final answers
   */
  record Result(List<String> faults, Coverage coverage, long digest) {
    boolean isWell() {
      return faults.isEmpty();
    }
  }

  private final Scenario scenario;
  private final Coverage coverage = new Coverage();
  private final List<String> faults = new ArrayList<>();
  private final Tables tables = new Tables();
  private final Alerts alerts = new Alerts();
  private final Map<Tables.RowKey, Integer> seenRevisions = new HashMap<>();
  private final Deque<Object> sinceSnapshot = new ArrayDeque<>(); // stamped rows
  private final Deque<Object> stale = new ArrayDeque<>();
  private Set<Tables.RowKey> publishedFinal = new HashSet<>(); // by this life of state
  private Set<Tables.RowKey> publishedFinalAtSnapshot = new HashSet<>();
  private final Map<Long, TreeSet<Long>> lateMinutes = new HashMap<>(); // series -> minutes
  private long highestMark = Long.MIN_VALUE;
  private long watermark = Long.MIN_VALUE;
  private long epoch = 1;
  private long seq;
  private int parallelism = 1;
  private boolean hasCrashed;

  // What this life of state has heard, and how far its time has come.
  private final List<Event> heard = new ArrayList<>();
  private long lifeMark = Long.MIN_VALUE;
  private int heardAtSnapshot;
  private long lifeMarkAtSnapshot = Long.MIN_VALUE;

  private Simulation(Scenario scenario) {
    this.scenario = scenario;
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
    Set<Answer> expected = Oracle.answers(scenario.setup(), admissions);
    try (Target target = open(kind)) {
      live(history, target);
      String leftovers = target.leftovers(expected.stream().anyMatch(Simulation::isOpen));
      if (!leftovers.isEmpty()) {
        faults.add("after three days of silence there is still state: " + leftovers);
      }
    } catch (Exception | StackOverflowError e) {
      faults.add("failed: " + e + " at " + firstFrame(e));
    }
    Set<Answer> answers = new HashSet<>();
    tables.addAnswers(answers);
    alerts.addAnswers(answers);
    compare(answers, expected);
    note(admissions);
    noteContents();
    return new Result(faults, coverage, Answer.digest(answers));
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
            judge(transition);
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
      coverage.add(Coverage.What.ROCKSDB);
      return HarnessTarget.Backends.ROCKSDB;
    }
    if (share == ROCKSDB_EVERY / 2) {
      coverage.add(Coverage.What.BACKENDS_IN_TURN);
      return HarnessTarget.Backends.TAKING_TURNS;
    }
    return HarnessTarget.Backends.HEAP;
  }

  private void live(List<Step> history, Target target) throws Exception {
    Object snapshot = null;
    for (Step step : history) {
      if (step instanceof Step.Take take) {
        noteArrival(take.message());
        target.take(take.message());
      } else if (step instanceof Step.Mark mark) {
        note(mark);
        target.watermark(mark.watermark());
      } else if (step instanceof Step.Standstill) {
        coverage.add(Coverage.What.STANDSTILLS);
        target.standStill();
      } else if (step instanceof Step.Snapshot) {
        coverage.add(Coverage.What.SNAPSHOTS);
        snapshot = target.snapshot();
        alerts.commit();
        sinceSnapshot.clear();
        publishedFinalAtSnapshot = new HashSet<>(publishedFinal);
        heardAtSnapshot = heard.size();
        lifeMarkAtSnapshot = lifeMark;
      } else if (step instanceof Step.Restore restore) {
        restore(restore);
        target.restore(snapshot, restore.parallelism());
      }
    }
    writeStale();
  }

  private void restore(Step.Restore restore) {
    coverage.add(Coverage.What.RESTORES);
    coverage.add(Coverage.What.RESCALES, restore.parallelism() == parallelism ? 0 : 1);
    parallelism = restore.parallelism();
    publishedFinal = new HashSet<>(publishedFinalAtSnapshot);
    heard.subList(heardAtSnapshot, heard.size()).clear();
    lifeMark = lifeMarkAtSnapshot;
    if (restore.afterCrash()) {
      coverage.add(Coverage.What.CRASHES);
      hasCrashed = true;
      alerts.fail();
      writeStale();
      while (sinceSnapshot.size() > STALE_WRITES) {
        sinceSnapshot.removeFirst();
      }
      stale.addAll(sinceSnapshot);
    }
    sinceSnapshot.clear();
    watermark = Long.MIN_VALUE;
    epoch++;
    seq = 0;
  }

  private void writeStale() {
    int before = tables.guarded;
    stale.forEach(tables::write);
    coverage.add(Coverage.What.STALE_WRITES, tables.guarded - before);
    stale.clear();
  }

  private void write(Object row) {
    if (row instanceof Stampable<?> stampable) {
      row = stampable.stamped(epoch, ++seq);
    }
    if (row instanceof Rollup rollup) {
      judge(rollup);
    }
    tables.write(row);
    if (row instanceof Rollup rollup) {
      Tables.RowKey key = key(rollup);
      int revision = tables.stored(key).revision();
      Integer before = seenRevisions.put(key, revision);
      if (before != null && before > revision) {
        faults.add("revision fell from " + before + " to " + revision + ": " + rollup);
      }
    }
    sinceSnapshot.add(row);
    if (seq == STALE_WRITES) {
      writeStale();
    }
  }

  private static Tables.RowKey key(Rollup row) {
    return new Tables.RowKey(row.seriesId(), row.interval().word(), row.windowStart());
  }

  /** What holds for each row, whatever comes later. */
  private void judge(Rollup row) {
    Tables.RowKey key = key(row);
    if (row.isFinal()) {
      publishedFinal.add(key);
      if (row.windowEnd() > highestMark) {
        faults.add("final before the watermark has passed its end: " + row);
      }
    } else {
      coverage.add(Coverage.What.EARLY_ROWS);
      if (publishedFinal.contains(key)) {
        faults.add("early after it was final: " + row);
      }
    }
    if (row.cause() == Cause.LATE) {
      TreeSet<Long> late = lateMinutes.get(row.seriesId());
      Long minute = late == null ? null : late.ceiling(row.windowStart());
      if (minute == null || minute >= row.windowEnd()) {
        faults.add("corrected, and nothing in it was late: " + row);
      }
    } else if (row.cause() != Cause.ON_TIME) {
      faults.add("the operator knows no such cause: " + row);
    }
    Tables.Stored stored = tables.stored(key);
    if (!hasCrashed
        && stored != null
        && stored.row().isFinal()
        && row.isFinal()
        && row.cause() == Cause.ON_TIME) {
      faults.add("final for the first time twice: " + row);
    }
  }

  /** Nothing is taken back that what is known by then says. */
  private void judge(AlertTransition transition) {
    if (!transition.withdrawn()) {
      return;
    }
    for (Answer answer : Oracle.alertsOf(scenario.setup(), heard, lifeMark)) {
      if (answer instanceof Answer.Alert alert
          && alert.rule().equals(transition.rule())
          && alert.robot().equals(transition.labels().get("robot_id"))
          && alert.activeAt() == transition.activeAt()) {
        faults.add("withdrawn, and it stands: " + transition);
      }
    }
  }

  private void note(Step.Mark mark) {
    if (highestMark != Long.MIN_VALUE && mark.watermark() - highestMark >= 30 * MINUTE) {
      coverage.add(Coverage.What.SILENCES);
    }
    if (mark.watermark() < highestMark) {
      coverage.add(Coverage.What.LOW_WATERMARKS);
    }
    watermark = mark.watermark();
    lifeMark = Math.max(lifeMark, mark.watermark());
    highestMark = Math.max(highestMark, mark.watermark());
  }

  /** What the messages of the scenario are to each other; a replay after a crash is no repeat. */
  private void noteContents() {
    Map<List<Object>, Object> contents = new HashMap<>(); // identity -> value
    for (Step step : scenario.steps()) {
      if (step instanceof Step.Take take && take.message() instanceof SampleBatch batch) {
        noteContents(batch, contents);
      } else if (step instanceof Step.Take take && take.message() instanceof Occurrence fact) {
        List<Object> identity = List.of(fact.key(), fact.naturalKey());
        coverage.add(
            Coverage.What.REPEATS, contents.put(identity, fact.timestamp()) == null ? 0 : 1);
      } else if (step instanceof Step.Take take) {
        Event event = (Event) take.message();
        noteRepeat(contents.put(List.of(event.id()), event.timestamp()), event.timestamp());
      }
    }
  }

  private void noteContents(SampleBatch batch, Map<List<Object>, Object> contents) {
    boolean isRepeat = true;
    boolean isConflict = false;
    boolean isSplit = false;
    for (int i = 0; i < batch.size(); i++) {
      isSplit |= minuteOf(batch.timestamp(i)) != minuteOf(batch.timestamp(0));
      Object value = Double.doubleToRawLongBits(batch.values()[i]);
      Object before =
          contents.put(List.of(batch.layout().series(i).id(), batch.timestamp(i)), value);
      isRepeat &= before != null;
      isConflict |= before != null && !before.equals(value);
    }
    coverage.add(Coverage.What.SPLIT_BATCHES, isSplit ? 1 : 0);
    coverage.add(Coverage.What.CONFLICTS, isConflict ? 1 : 0);
    coverage.add(Coverage.What.REPEATS, isRepeat && !isConflict ? 1 : 0);
  }

  private void noteRepeat(Object before, Object now) {
    if (before != null) {
      coverage.add(before.equals(now) ? Coverage.What.REPEATS : Coverage.What.CONFLICTS);
    }
  }

  private void noteArrival(Object message) {
    coverage.add(Coverage.What.INPUTS);
    if (message instanceof SampleBatch batch) {
      for (int i = 0; i < batch.size(); i++) {
        noteArrival(batch.layout().series(i).id(), batch.timestamp(i), Coverage.What.LATE_SAMPLES);
      }
    } else if (message instanceof Occurrence fact) {
      for (int i = 0; i < fact.series().size(); i++) {
        noteArrival(fact.series().series(i).id(), fact.timestamp(), Coverage.What.LATE_FACTS);
      }
    } else {
      Event event = (Event) message;
      coverage.add(Coverage.What.LATE_EVENTS, event.timestamp() <= watermark ? 1 : 0);
      if (lifeMark == Long.MIN_VALUE
          || event.timestamp() >= lifeMark - scenario.setup().horizon()) {
        heard.add(event);
      }
    }
  }

  private void noteArrival(long series, long timestamp, Coverage.What late) {
    long minute = minuteOf(timestamp);
    if (minute + MINUTE <= highestMark) {
      coverage.add(late);
      lateMinutes.computeIfAbsent(series, any -> new TreeSet<>()).add(minute);
    }
  }

  private static long minuteOf(long timestamp) {
    return Math.floorDiv(timestamp, MINUTE) * MINUTE;
  }

  private void note(Admissions admissions) {
    coverage.add(Coverage.What.BEYOND_POINTS, admissions.latePoints.size());
    coverage.add(Coverage.What.BEYOND_FACTS, admissions.repairs.size());
    coverage.add(Coverage.What.REMEMBERED_EVENTS, admissions.rememberedEvents);
    coverage.add(Coverage.What.CORRECTIONS, tables.corrections);
    coverage.add(Coverage.What.REPLAY_CORRECTIONS, tables.replays);
    coverage.add(Coverage.What.RAISED, alerts.raised);
    coverage.add(Coverage.What.ENDED, alerts.ended);
    coverage.add(Coverage.What.WITHDRAWN, alerts.withdrawn);
    coverage.add(Coverage.What.REPLACED, alerts.replaced);
  }

  private void compare(Set<Answer> answers, Set<Answer> expected) {
    if (!hasCrashed && tables.replays > 0) {
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
