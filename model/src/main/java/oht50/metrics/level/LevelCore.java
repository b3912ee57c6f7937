package oht50.metrics.level;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import oht50.metrics.model.Position;
import oht50.metrics.model.SampleBatch;
import oht50.metrics.model.Series;
import oht50.metrics.model.SeriesLayout;
import oht50.metrics.model.StaleMarker;

/**
 * Changes of a level in, in any order; a sample for each instant at which it changed out, and again
 * for those that a late change makes wrong.
 *
 * <p>Changes leave state with the horizon, measured from the level's own newest one. There are few
 * levels, of the fleet and not of robots, and their sums stay.
 */
public final class LevelCore {
  private static final int MAX_BATCH = 256;

  private final long horizon;
  private final long window;

  /**
   * @param window over which a share is taken
   */
  public LevelCore(Duration horizon, Duration window) {
    this.horizon = horizon.toMillis();
    this.window = window.toMillis();
  }

  public void onChange(LevelChange change, LevelStore store, LevelOutput out) {
    LevelLog held = store.log();
    LevelLog before = held == null ? LevelLog.EMPTY : held;
    boolean isBeyond = change.timestamp() < before.frontier();
    LevelLog after = isBeyond ? before.withBeyond(change) : before.with(change);
    if (isBeyond) {
      out.beyondHorizon(change);
    }
    publish(change, isBeyond, after, out);
    store.log(after.from(after.newest() - horizon - window));
  }

  private void publish(LevelChange change, boolean isBeyond, LevelLog log, LevelOutput out) {
    boolean isTotal = change.form() == LevelChange.Form.TOTAL;
    if (isBeyond && !isTotal) {
      return;
    }
    List<Long> instants = new ArrayList<>();
    for (int i = log.indexFrom(change.timestamp());
        i < log.timestamps().length
            && (isTotal || log.timestamps()[i] < change.timestamp() + window);
        i++) {
      instants.add(log.timestamps()[i]);
    }
    for (int i = 0; i < instants.size(); i += MAX_BATCH) {
      out.samples(
          batch(change, instants.subList(i, Math.min(instants.size(), i + MAX_BATCH)), log));
    }
  }

  private SampleBatch batch(LevelChange change, List<Long> instants, LevelLog log) {
    Series[] series = new Series[instants.size()];
    Arrays.fill(series, change.series());
    long[] timestamps = new long[series.length];
    double[] values = new double[series.length];
    for (int i = 0; i < series.length; i++) {
      timestamps[i] = instants.get(i);
      values[i] = value(change.form(), timestamps[i], log);
    }
    return new SampleBatch(
        SeriesLayout.of(series),
        timestamps,
        values,
        Position.sourceId("level " + change.series().canonical(), 0),
        log.version());
  }

  /** A share that nothing is left of is in no aggregate; a total is what it was before. */
  private double value(LevelChange.Form form, long instant, LevelLog log) {
    if (form == LevelChange.Form.TOTAL) {
      return log.totalAt(instant);
    }
    return log.hasShareAt(instant) ? log.shareAt(instant, window) : StaleMarker.VALUE;
  }
}
