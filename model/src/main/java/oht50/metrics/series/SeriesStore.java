package oht50.metrics.series;

import java.util.List;
import oht50.metrics.time.Interval;

/** What is kept for the key at hand. All values are immutable; null stands for nothing kept. */
public interface SeriesStore {
  SeriesTable table();

  void table(SeriesTable table);

  Agenda agenda();

  void agenda(Agenda agenda);

  Holdings holdings();

  void holdings(Holdings holdings);

  /** What holds beside the configuration; null for most that are no registered robot's. */
  KeySettings settings();

  void settings(KeySettings settings);

  /** The series that come with a robot's telemetry; not for every batch. */
  TelemetryCatalog telemetry();

  void telemetry(TelemetryCatalog telemetry);

  /** Adds to the log of a minute, without reading it. */
  void append(long minute, LogBatch batch);

  /** Adds a minute's log, in order of arrival, to a list. */
  void log(long minute, List<LogBatch> to);

  void clearLog(long minute);

  /** Only minutes, five minutes and quarters have stored blocks. */
  AccumulatorBlock block(Interval level, long start);

  void block(Interval level, long start, AccumulatorBlock block);

  /** Asks for a pass once the watermark has reached an instant; asking again changes nothing. */
  void wakeAt(long watermark);

  /**
   * Asks for a pass within about a second of the clock, in case the watermark stands still; it
   * decides only when late samples are published, never what is.
   */
  void wakeSoon();
}
