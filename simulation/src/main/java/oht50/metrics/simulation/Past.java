package oht50.metrics.simulation;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import oht50.metrics.model.Registration;
import oht50.metrics.model.Series;

/** What admissions depend on; a snapshot holds it, and a restore brings it back. */
final class Past {
  long highestMark = Admissions.UNKNOWN;
  int points;
  int facts;
  int events;
  long judged = Admissions.UNKNOWN; // at least: the highest watermark that an event was judged at
  final Map<String, Days> days = new HashMap<>(); // robot -> what is known of its days
  final Map<Long, Key> keys = new HashMap<>();
  final Set<Long> outdated = new HashSet<>(); // ids of series, in the catalog, perhaps
  final Map<Long, Frontier> counts = new HashMap<>(); // key -> age
  final Map<Series, Frontier> counted = new HashMap<>(); // delta series -> age

  Past copy() {
    Past copy = new Past();
    copy.highestMark = highestMark;
    copy.points = points;
    copy.facts = facts;
    copy.events = events;
    copy.judged = judged;
    copy.outdated.addAll(outdated);
    days.forEach((robot, value) -> copy.days.put(robot, value.copy()));
    keys.forEach((key, value) -> copy.keys.put(key, value.copy()));
    counts.forEach((key, value) -> copy.counts.put(key, value.copy()));
    counted.forEach((key, value) -> copy.counted.put(key, value.copy()));
    return copy;
  }

  /** Of the days of one robot. */
  static final class Days {
    final List<Registration> registrations = new ArrayList<>();
    long oldest = Long.MAX_VALUE; // of its samples
    boolean mayHaveLeft; // one of its days

    // How they are cut, by so many of the registrations and this zone.
    private SiteDays cut;
    private int cutBy;
    private ZoneId cutIn;

    SiteDays cut(ZoneId configured) {
      if (cut == null || cutBy != registrations.size() || !cutIn.equals(configured)) {
        cut = new SiteDays(registrations, configured);
        cutBy = registrations.size();
        cutIn = configured;
      }
      return cut;
    }

    Days copy() {
      Days copy = new Days();
      copy.registrations.addAll(registrations);
      copy.oldest = oldest;
      copy.mayHaveLeft = mayHaveLeft;
      return copy;
    }
  }

  /** Of the series of one key. */
  static final class Key {
    long unfoldedUntil = Admissions.UNKNOWN; // end of the last minute that may not have been folded
    final Map<Series, Frontier> series = new HashMap<>();

    Key copy() {
      Key copy = new Key();
      copy.unfoldedUntil = unfoldedUntil;
      series.forEach((each, age) -> copy.series.put(each, age.copy()));
      return copy;
    }
  }
}
