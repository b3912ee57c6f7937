package oht50.metrics.series;

import oht50.metrics.model.Registration;
import oht50.metrics.model.Series;
import oht50.metrics.model.SeriesEntry;

/**
 * What the catalog is told of series. How often one is expected to speak is the registry's word for
 * what comes with telemetry, else the scrape interval of what is scraped, else the configuration's.
 */
final class CatalogRows {
  private final ExpectedIntervals configured;

  CatalogRows(ExpectedIntervals configured) {
    this.configured = configured;
  }

  SeriesEntry of(Series series, long incarnation, long firstTimestamp, KeySettings settings) {
    return new SeriesEntry(
        series, incarnation, firstTimestamp, expectedMillis(series, settings), 0, 0);
  }

  /** Tells again of the series that come with telemetry. */
  void tellAgain(SeriesStore store, SeriesOutput out) {
    TelemetryCatalog telemetry = TelemetryCatalog.of(store.telemetry());
    KeySettings settings = KeySettings.of(store.settings());
    for (int i = 0; i < telemetry.size(); i++) {
      Series series = telemetry.series(i);
      long incarnation = store.table().incarnation(store.table().columnOf(series));
      out.series(of(series, incarnation, telemetry.firstTimestamp(i), settings));
    }
  }

  private long expectedMillis(Series series, KeySettings settings) {
    if (!series.kind().isPeriodic()) {
      return SeriesEntry.NEVER;
    }
    boolean isSaid = settings.expectedIntervalMillis() != Registration.NOT_SAID;
    return isSaid && ExpectedIntervals.comesWithTelemetry(series)
        ? settings.expectedIntervalMillis()
        : configured.of(series).toMillis();
  }
}
