package oht50.metrics.simulation;

import java.util.ArrayList;
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
import oht50.metrics.model.Registration;
import oht50.metrics.model.Rollup;
import oht50.metrics.model.SampleBatch;
import oht50.metrics.simulation.life.Coverage;
import oht50.metrics.time.Interval;

/** What holds at each moment, whatever comes later. */
final class Invariants {
  private static final long MINUTE = 60_000;

  private final Setup setup;
  private final Tables tables;
  private final Coverage coverage;
  private final List<String> faults;
  private final Map<Tables.RowKey, Integer> seenRevisions = new HashMap<>();
  private final Map<Long, TreeSet<Long>> lateMinutes = new HashMap<>(); // series -> minutes
  private long highestMark = Long.MIN_VALUE;
  private long watermark = Long.MIN_VALUE; // of this attempt
  private boolean hasCrashed;

  // By this life of state.
  private Set<Tables.RowKey> publishedFinal = new HashSet<>();
  private Set<Tables.RowKey> publishedFinalAtSnapshot = new HashSet<>();

  // What this life of state has heard, and how far its time has come.
  private final List<Event> heard = new ArrayList<>();
  private long lifeMark = Long.MIN_VALUE;
  private int heardAtSnapshot;
  private long lifeMarkAtSnapshot = Long.MIN_VALUE;

  /**
   * @param faults to which what is broken is added
   */
  Invariants(Setup setup, Tables tables, Coverage coverage, List<String> faults) {
    this.setup = setup;
    this.tables = tables;
    this.coverage = coverage;
    this.faults = faults;
  }

  boolean hasCrashed() {
    return hasCrashed;
  }

  void snapshot() {
    publishedFinalAtSnapshot = new HashSet<>(publishedFinal);
    heardAtSnapshot = heard.size();
    lifeMarkAtSnapshot = lifeMark;
  }

  void restore(boolean afterCrash) {
    hasCrashed |= afterCrash;
    publishedFinal = new HashSet<>(publishedFinalAtSnapshot);
    heard.subList(heardAtSnapshot, heard.size()).clear();
    lifeMark = lifeMarkAtSnapshot;
    watermark = Long.MIN_VALUE;
  }

  /** The watermark reaches an instant. */
  void mark(long reached) {
    if (highestMark != Long.MIN_VALUE && reached - highestMark >= 30 * MINUTE) {
      coverage.add(What.SILENCES);
    }
    if (reached < highestMark) {
      coverage.add(What.LOW_WATERMARKS);
    }
    watermark = reached;
    lifeMark = Math.max(lifeMark, reached);
    highestMark = Math.max(highestMark, reached);
  }

  /** A message is about to be taken in. */
  void arrives(Object message) {
    coverage.add(What.INPUTS);
    if (message instanceof SampleBatch batch) {
      for (int i = 0; i < batch.size(); i++) {
        noteSample(batch.layout().series(i).id(), batch.timestamp(i), What.LATE_SAMPLES);
      }
    } else if (message instanceof Occurrence fact) {
      for (int i = 0; i < fact.series().size(); i++) {
        noteSample(fact.series().series(i).id(), fact.timestamp(), What.LATE_FACTS);
      }
    } else if (message instanceof Registration) {
      coverage.add(What.REGISTRATIONS);
    } else {
      Event event = (Event) message;
      coverage.add(What.LATE_EVENTS, event.timestamp() <= watermark ? 1 : 0);
      if (lifeMark == Long.MIN_VALUE || event.timestamp() >= lifeMark - setup.horizon()) {
        heard.add(event);
      }
    }
  }

  private void noteSample(long series, long timestamp, What late) {
    long minute = minuteOf(timestamp);
    if (minute + MINUTE <= highestMark) {
      coverage.add(late);
      lateMinutes.computeIfAbsent(series, any -> new TreeSet<>()).add(minute);
    }
  }

  static long minuteOf(long timestamp) {
    return Math.floorDiv(timestamp, MINUTE) * MINUTE;
  }

  /** What holds for each row, whatever comes later. */
  void judge(Rollup row) {
    Tables.RowKey key = key(row);
    if (row.isFinal()) {
      publishedFinal.add(key);
      if (row.windowEnd() > highestMark) {
        faults.add("final before the watermark has passed its end: " + row);
      }
    } else {
      coverage.add(What.EARLY_ROWS);
      if (row.cause() == Cause.DEFINITION) {
        publishedFinal.remove(key); // it ends elsewhere now, and that is ahead
      } else if (publishedFinal.contains(key)) {
        faults.add("early after it was final: " + row);
      }
    }
    if (row.cause() == Cause.LATE) {
      TreeSet<Long> late = lateMinutes.get(row.seriesId());
      // A counter or a state carries over what an earlier minute says.
      boolean carriesOver = !Rollup.isNone(row.boundaryIncrease()) || row.coveredMillis() >= 0;
      Long minute = late == null ? null : late.lower(row.windowEnd());
      if (minute == null || (minute < row.windowStart() && !carriesOver)) {
        faults.add("corrected, and nothing in it was late: " + row);
      }
    } else if (row.cause() == Cause.BACKFILL) {
      coverage.add(What.REPAIRED_ROWS);
    } else if (row.cause() == Cause.DEFINITION && row.interval() == Interval.DAY) {
      coverage.add(What.CUT_ANEW);
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

  /** What holds once a row was written. */
  void judgeStored(Rollup row) {
    Tables.RowKey key = key(row);
    int revision = tables.stored(key).revision();
    Integer before = seenRevisions.put(key, revision);
    if (before != null && before > revision) {
      faults.add("revision fell from " + before + " to " + revision + ": " + row);
    }
  }

  /** Nothing is taken back that what is known by then says. */
  void judge(AlertTransition transition) {
    if (!transition.withdrawn()) {
      return;
    }
    for (Answer answer : Oracle.alertsOf(heard, lifeMark)) {
      if (answer instanceof Answer.Alert alert
          && alert.rule().equals(transition.rule())
          && alert.robot().equals(transition.labels().get("robot_id"))
          && alert.activeAt() == transition.activeAt()) {
        faults.add("withdrawn, and it stands: " + transition);
      }
    }
  }

  private static Tables.RowKey key(Rollup row) {
    return new Tables.RowKey(row.seriesId(), row.interval().word(), row.windowStart());
  }
}
