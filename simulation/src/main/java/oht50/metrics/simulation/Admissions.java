package oht50.metrics.simulation;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import oht50.metrics.model.Event;
import oht50.metrics.model.Occurrence;
import oht50.metrics.model.Registration;
import oht50.metrics.model.SampleBatch;
import oht50.metrics.model.Series;

/**
 * Which inputs of a history belong to the results, from the contract alone: what is within the
 * horizon does, what is beyond it does not.
 *
 * <p>When exactly a point leaves state depends on when the operator looks, so the contract has a
 * zone between the two. Bounds on both sides are kept here: {@code low <= frontier <= high}. An
 * input in the zone makes the history undecided; the generator makes none such.
 */
final class Admissions {
  private static final long MINUTE = 60_000;
  static final long UNKNOWN = Long.MIN_VALUE;

  /** A sample in time. */
  record Point(Series series, long timestamp, double value, long sourceId, long offset) {}

  /** A fact that counts in a series. */
  record Fact(Series series, long naturalKey, long timestamp) {}

  private final Setup setup;
  private ZoneId zone; // configured
  private Past past = new Past();
  private Past atSnapshot = new Past();
  private long watermark = UNKNOWN; // of this attempt

  final List<Point> points = new ArrayList<>(); // within the horizon, in order of arrival
  final List<Fact> facts = new ArrayList<>();
  final List<Event> events = new ArrayList<>();
  final Set<Answer.Late> latePoints = new HashSet<>(); // of failed attempts too
  private final Map<Long, Series> late = new HashMap<>(); // series id -> series of a late point
  final Set<Answer> uncounted = new HashSet<>(); // facts beyond the horizon, of failed attempts too

  /** Robots that moved when days of theirs had perhaps left state: where those end is open. */
  final Set<String> movedLate = new HashSet<>();

  int latelyMoved;

  final Set<Step.Take> undecided = Collections.newSetFromMap(new IdentityHashMap<>());

  // A life of a series that began since the newest snapshot may begin otherwise after a crash, and
  // then the table refuses it. That is the contract, but not to be foreseen.
  private Step.Take begunAnew;
  private boolean isReplay; // until the next snapshot
  long highestMark = UNKNOWN; // of failed attempts too

  private long judgedBefore = UNKNOWN; // at least; by the attempts before
  int rememberedEvents; // beyond the horizon only because a restart forgets nothing

  private Admissions(Setup setup) {
    this.setup = setup;
    this.zone = setup.zone();
  }

  static Admissions of(Setup setup, List<Step> history) {
    Admissions admissions = new Admissions(setup);
    for (Step step : history) {
      admissions.live(step);
    }
    return admissions;
  }

  private void live(Step step) {
    if (step instanceof Step.Take take) {
      if (take.message() instanceof SampleBatch batch) {
        samples(batch, take);
      } else if (take.message() instanceof Occurrence fact) {
        fact(fact, take);
      } else if (take.message() instanceof Registration registration) {
        registration(registration);
      } else {
        event((Event) take.message(), take);
      }
    } else if (step instanceof Step.Mark mark) {
      mark(mark.watermark());
    } else if (step instanceof Step.Snapshot) {
      past.points = points.size();
      past.facts = facts.size();
      past.events = events.size();
      past = past.copy(); // what was forgotten before it stays forgotten
      atSnapshot = past.copy();
      begunAnew = null;
      isReplay = false;
    } else if (step instanceof Step.Restore restore) {
      isReplay |= restore.afterCrash();
      if (begunAnew != null) {
        undecided.add(begunAnew);
      }
      past = atSnapshot.copy();
      judgedBefore = past.judged;
      watermark = UNKNOWN;
      configured(restore.zone());
      points.subList(past.points, points.size()).clear();
      facts.subList(past.facts, facts.size()).clear();
      events.subList(past.events, events.size()).clear();
    }
  }

  /** What the registry has said of a robot by now. */
  List<Registration> registrationsOf(String robot) {
    return daysOf(robot).registrations;
  }

  private Past.Days daysOf(String robot) {
    return past.days.computeIfAbsent(robot, any -> new Past.Days());
  }

  private void registration(Registration registration) {
    markDays();
    Past.Days days = daysOf(registration.robotId());
    if (days.mayHaveLeft) {
      movedLate.add(registration.robotId());
      latelyMoved++;
    }
    eachFrontierOf(
        registration.robotId(),
        (series, age) -> {
          if (isPerhapsForgotten(series.entity(), age)) {
            past.outdated.add(series.id());
          }
        });
    days.registrations.add(registration);
  }

  /** All robots whose days are those of the configured zone are in another one. */
  private void configured(ZoneId now) {
    if (now.equals(zone)) {
      return;
    }
    markDays();
    past.days.forEach(
        (robot, days) -> {
          boolean isMoved = days.cut(zone).dependOnConfigured();
          if (isMoved && days.mayHaveLeft) {
            movedLate.add(robot);
            latelyMoved++;
          }
        });
    zone = now;
  }

  /** The configured zone of the last life. */
  ZoneId zone() {
    return zone;
  }

  /**
   * Notes of which robots a series may have been forgotten, or the oldest day has ended and may be
   * beyond the horizon of all series.
   */
  private void markDays() {
    past.days.forEach(
        (robot, days) -> {
          if (days.oldest == Long.MAX_VALUE) {
            return;
          }
          long end = dayEnd(robot, days.oldest);
          boolean[] isBeyondAll = {end <= past.highestMark};
          eachFrontierOf(
              robot,
              (series, age) -> {
                isBeyondAll[0] &= end <= age.high;
                days.mayHaveLeft |= isPerhapsForgotten(robot, age); // its days have left with it
              });
          days.mayHaveLeft |= isBeyondAll[0];
        });
  }

  private boolean isPerhapsForgotten(String robot, Frontier age) {
    return age.high > age.newest && dayEnd(robot, age.newest) <= past.highestMark;
  }

  /**
   * Whether the catalog may say what the registry said before: a series that has been forgotten
   * hears of a registration when it speaks again.
   */
  boolean isPerhapsOutdated(long series) {
    return past.outdated.contains(series);
  }

  private void eachFrontierOf(String robot, BiConsumer<Series, Frontier> action) {
    BiConsumer<Series, Frontier> ofRobot =
        (series, age) -> {
          if (age.newest != UNKNOWN && series.entity().equals(robot)) {
            action.accept(series, age);
          }
        };
    past.keys.values().forEach(key -> key.series.forEach(ofRobot));
    past.counted.forEach(ofRobot);
  }

  private void noteDay(Series series, long timestamp) {
    Past.Days days = daysOf(series.entity());
    days.oldest = Math.min(days.oldest, timestamp);
  }

  /** Of a late point. */
  Series seriesOf(long id) {
    return late.get(id);
  }

  private void samples(SampleBatch batch, Step.Take take) {
    Past.Key key = past.keys.computeIfAbsent(batch.key(), any -> new Past.Key());
    List<Point> within = new ArrayList<>();
    for (int i = 0; i < batch.size(); i++) {
      Series series = batch.layout().series(i);
      long timestamp = batch.timestamp(i);
      Frontier age = key.series.computeIfAbsent(series, any -> new Frontier());
      past.outdated.remove(series.id());
      switch (age.of(timestamp)) {
        case WITHIN ->
            within.add(
                new Point(series, timestamp, batch.values()[i], batch.sourceId(), batch.offset()));
        case BEYOND -> {
          late.put(series.id(), series);
          noteDay(series, timestamp);
          latePoints.add(
              Answer.Late.of(
                  series.id(), timestamp, batch.values()[i], batch.sourceId(), batch.offset()));
        }
        case UNDECIDED -> undecided.add(take);
      }
    }
    for (Point point : within) {
      Frontier age = key.series.get(point.series());
      noteLife(age, take);
      noteDay(point.series(), point.timestamp());
      points.add(point);
      key.unfoldedUntil =
          Math.max(key.unfoldedUntil, Math.floorDiv(point.timestamp(), MINUTE) * MINUTE + MINUTE);
      if (point.timestamp() > age.newest) {
        age.newest = point.timestamp();
        age.arrival = watermark;
        age.raiseHigh(setup.horizon(), setup.idle(), spanOf(point.series()), watermark);
      }
    }
  }

  /** Whether a series that speaks may have been forgotten since the newest snapshot. */
  private void noteLife(Frontier age, Step.Take take) {
    if (age.forgottenSinceSnapshot && isReplay) {
      undecided.add(take);
    } else if (age.forgottenSinceSnapshot && begunAnew == null) {
      begunAnew = take;
    }
  }

  private void fact(Occurrence fact, Step.Take take) {
    Frontier age = past.counts.computeIfAbsent(fact.key(), any -> new Frontier());
    switch (age.of(fact.timestamp())) {
      case UNDECIDED -> undecided.add(take);
      case BEYOND -> {
        for (int i = 0; i < fact.series().size(); i++) {
          uncounted.add(
              new Answer.Uncounted(
                  fact.series().series(i).canonical(), Long.toHexString(fact.naturalKey())));
        }
      }
      case WITHIN -> {
        // Its second becomes a sample of the same key.
        Past.Key key = past.keys.computeIfAbsent(fact.key(), any -> new Past.Key());
        key.unfoldedUntil =
            Math.max(key.unfoldedUntil, Math.floorDiv(fact.timestamp(), MINUTE) * MINUTE + MINUTE);
        for (int i = 0; i < fact.series().size(); i++) {
          noteDay(fact.series().series(i), fact.timestamp());
          facts.add(new Fact(fact.series().series(i), fact.naturalKey(), fact.timestamp()));
          if (isPerhapsBeyond(fact.series().series(i), fact.timestamp())) {
            undecided.add(take);
          }
        }
        noteLife(age, take);
        if (age.newest == UNKNOWN || fact.timestamp() > age.newest) {
          boolean isNewMinute =
              age.newest == UNKNOWN
                  || Math.floorDiv(fact.timestamp(), MINUTE) > Math.floorDiv(age.newest, MINUTE);
          age.newest = fact.timestamp();
          age.arrival = Math.max(age.arrival, Math.max(watermark, fact.timestamp()));
          age.raiseHigh(setup.horizon(), setup.idle(), MINUTE, watermark);
          if (isNewMinute) {
            age.low =
                Math.max(age.low, Math.floorDiv(age.newest - setup.horizon(), MINUTE) * MINUTE);
          }
        }
      }
    }
  }

  /**
   * A series that was silent for longer than its key ages faster: a fact within the horizon of the
   * key may be beyond that of the series. It is a late point then, and its minute is repaired.
   */
  private boolean isPerhapsBeyond(Series series, long timestamp) {
    Frontier age = past.counted.computeIfAbsent(series, any -> new Frontier());
    long second = Math.floorDiv(timestamp, 1_000) * 1_000;
    boolean isPerhapsBeyond = second < age.high;
    if (second > age.newest) {
      age.newest = second;
      age.arrival = watermark;
      age.raiseHigh(setup.horizon(), setup.idle(), spanOf(series), watermark);
    }
    return isPerhapsBeyond;
  }

  private void event(Event event, Step.Take take) {
    long highest = Math.max(past.highestMark, watermark);
    boolean within = highest == UNKNOWN || event.timestamp() >= highest - setup.horizon();
    boolean beyond = isBeyond(event, watermark);
    past.judged = Math.max(past.judged, watermark);
    if (!beyond && isBeyond(event, judgedBefore)) {
      beyond = true;
      rememberedEvents++;
    }
    if (!within && !beyond) {
      undecided.add(take);
    } else if (within) {
      for (Event other : events) {
        // Another version of a fact that may have left state cannot be told from a new fact.
        if (other.id().equals(event.id())
            && !other.equals(event)
            && highest != UNKNOWN
            && other.timestamp() < highest - setup.horizon()) {
          undecided.add(take);
        }
      }
      events.add(event);
    }
  }

  private boolean isBeyond(Event event, long judged) {
    return judged != UNKNOWN && event.timestamp() < judged - setup.horizon();
  }

  private void mark(long reached) {
    boolean isNew = reached > past.highestMark;
    // A change noted before the first watermark of an attempt may be taken for one at the highest
    // of the attempts before.
    long earliest = isNew && past.highestMark != UNKNOWN ? past.highestMark : reached;
    watermark = reached;
    past.highestMark = Math.max(past.highestMark, reached);
    highestMark = Math.max(highestMark, reached);
    past.keys.values().forEach(key -> mark(key, reached, isNew, earliest));
    for (Map.Entry<Series, Frontier> each : past.counted.entrySet()) {
      Frontier age = each.getValue();
      age.arrival = age.arrival == UNKNOWN ? earliest : age.arrival;
      age.raiseHigh(setup.horizon(), setup.idle(), spanOf(each.getKey()), reached);
    }
    past.counts
        .values()
        .forEach(
            age -> {
              age.raiseHigh(setup.horizon(), setup.idle(), MINUTE, reached);
              if (age.high > age.newest) {
                age.low = UNKNOWN; // the key may have been forgotten in the meantime
                age.forgottenSinceSnapshot = true;
              }
            });
    markDays();
  }

  private void mark(Past.Key key, long reached, boolean isNew, long earliest) {
    boolean isFolded = isNew && key.unfoldedUntil <= reached;
    if (isFolded) {
      key.unfoldedUntil = UNKNOWN;
    }
    key.series.forEach(
        (series, age) -> {
          if (age.newest == UNKNOWN) {
            return;
          }
          if (age.arrival == UNKNOWN) {
            age.arrival = earliest;
          }
          long span = spanOf(series);
          age.raiseHigh(setup.horizon(), setup.idle(), span, reached);
          if (isPerhapsForgotten(series.entity(), age)) {
            age.low = UNKNOWN; // the series may have been forgotten in the meantime
            age.forgottenSinceSnapshot = true;
          } else if (isFolded) {
            age.low = Math.max(age.low, Math.floorDiv(age.newest - setup.horizon(), span) * span);
          }
        });
  }

  /** Of a robot whose days are open the earliest that it may be. */
  private long dayEnd(String robot, long timestamp) {
    return movedLate.contains(robot) ? timestamp : daysOf(robot).cut(zone).end(timestamp);
  }

  private long spanOf(Series series) {
    return Math.min(setup.chunkSpan(series.name()), largestSpanWithin(setup.horizon()));
  }

  /** No chunk is longer than the horizon; the setups have horizons of 30 minutes or of hours. */
  private static long largestSpanWithin(long horizon) {
    return horizon < Setup.SLOW_SPAN ? horizon : Setup.SLOW_SPAN;
  }
}
