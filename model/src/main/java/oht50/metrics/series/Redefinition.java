package oht50.metrics.series;

import java.time.ZoneId;
import oht50.metrics.model.Registration;
import oht50.metrics.time.WindowCalendar;

/**
 * What the registry says of a key's robot, and which zone is configured: when it changes, the held
 * days are cut anew, and the catalog is told again how often series are expected to speak.
 */
final class Redefinition {
  private final ZoneId zone;
  private final WindowCalendar configured;
  private final CatalogRows catalog;
  private final DayCut dayCut;

  Redefinition(SeriesOptions options, WindowCalendar configured, CatalogRows catalog) {
    this.zone = options.zone();
    this.configured = configured;
    this.catalog = catalog;
    this.dayCut = new DayCut(options);
  }

  void by(Registration registration, SeriesStore store, SeriesOutput out) {
    KeySettings before = KeySettings.of(store.settings());
    if (before.isKnown(registration)) {
      return;
    }
    WindowCalendar old = KeySettings.calendar(store.settings(), configured, zone);
    KeySettings after = before.with(registration, daysHeldFrom(store), zone);
    if (store.table() == null) {
      store.settings(after.afterAllHasLeft(Long.MIN_VALUE));
      return;
    }
    store.settings(after);
    askForRepair(old, after.zones(), store, out);
    if (!after.zones().cutAs(before.zones())) {
      dayCut.cut(old, KeySettings.calendar(after, configured, zone), store, out);
    }
    if (after.expectedIntervalMillis() != before.expectedIntervalMillis()) {
      catalog.tellAgain(store, out);
    }
  }

  /**
   * Another zone is configured than when the store was last used.
   *
   * @param former the zone until now
   */
  void byConfiguration(ZoneId former, SeriesStore store, SeriesOutput out) {
    KeySettings before = KeySettings.of(store.settings());
    KeySettings after = before.reconfigured(former, zone, daysHeldFrom(store));
    if (after == before) {
      return;
    }
    if (store.table() == null) {
      store.settings(after.afterAllHasLeft(Long.MIN_VALUE));
      return;
    }
    store.settings(after.areNone() ? null : after);
    WindowCalendar old = before.zones().calendar(former);
    askForRepair(old, after.zones(), store, out);
    dayCut.cut(old, KeySettings.calendar(store.settings(), configured, zone), store, out);
  }

  private void askForRepair(
      WindowCalendar old, DayZones after, SeriesStore store, SeriesOutput out) {
    if (after.differFromRegistry(zone)) {
      dayCut.askForRepair(old, after.daysFrom(), store.table(), out);
    }
  }

  private static long daysHeldFrom(SeriesStore store) {
    return store.holdings() == null ? Long.MIN_VALUE : store.holdings().daysFrom();
  }
}
