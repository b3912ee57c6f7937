package oht50.metrics.simulation;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import oht50.metrics.model.Registration;

/**
 * The days of a robot, by the words of the contract: a registration replaces what was known from
 * its instant on, the first one holds for all the past; a zone cuts from its first midnight on, and
 * the day before ends there.
 */
final class SiteDays implements Oracle.Cut {
  private static final long ALWAYS = Long.MIN_VALUE;

  /** A zone, and the first instant that it cuts. */
  private record Zone(long registeredFrom, long from, ZoneId zone) {}

  private final List<Zone> cuts = new ArrayList<>();
  private boolean dependOnConfigured;

  /**
   * @param registrations of one robot, in order
   */
  SiteDays(List<Registration> registrations, ZoneId configured) {
    dependOnConfigured = registrations.isEmpty();
    for (Registration each : registrations) {
      dependOnConfigured |= each.zone() == null; // of a removal too
      if (each.isRemoval()) {
        cuts.clear();
        continue;
      }
      long from = cuts.isEmpty() ? ALWAYS : each.effectiveFrom();
      ZoneId zone = each.zone() == null ? configured : ZoneId.of(each.zone());
      cuts.removeIf(cut -> cut.registeredFrom >= from);
      cuts.add(new Zone(from, firstMidnight(from, zone), zone));
    }
    if (cuts.isEmpty()) {
      cuts.add(new Zone(ALWAYS, ALWAYS, configured));
    }
  }

  /** Perhaps. */
  boolean dependOnConfigured() {
    return dependOnConfigured;
  }

  private static long firstMidnight(long from, ZoneId zone) {
    if (from == ALWAYS) {
      return ALWAYS;
    }
    long today = midnight(dateOf(from, zone), zone);
    return today == from ? today : midnight(dateOf(from, zone).plusDays(1), zone);
  }

  private static LocalDate dateOf(long instant, ZoneId zone) {
    return Instant.ofEpochMilli(instant).atZone(zone).toLocalDate();
  }

  private static long midnight(LocalDate date, ZoneId zone) {
    return date.atStartOfDay(zone).toInstant().toEpochMilli();
  }

  /** The newest zone that cuts at an instant. */
  private Zone cutAt(long instant) {
    Zone newest = null;
    for (Zone cut : cuts) {
      newest = cut.from <= instant ? cut : newest;
    }
    return newest;
  }

  @Override
  public long start(long instant) {
    Zone cut = cutAt(instant);
    long start = midnight(dateOf(instant, cut.zone), cut.zone);
    return Math.max(start, cut.from);
  }

  @Override
  public long end(long instant) {
    Zone cut = cutAt(instant);
    long end = midnight(dateOf(instant, cut.zone).plusDays(1), cut.zone);
    for (Zone later : cuts.subList(cuts.indexOf(cut) + 1, cuts.size())) {
      end = later.from > instant ? Math.min(end, later.from) : end;
    }
    return end;
  }
}
