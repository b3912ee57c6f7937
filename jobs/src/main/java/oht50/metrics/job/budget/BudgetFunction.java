package oht50.metrics.job.budget;

import java.time.Duration;
import java.util.Iterator;
import java.util.Map;
import oht50.metrics.budget.SeriesAsk;
import oht50.metrics.budget.SeriesVerdict;
import oht50.metrics.series.SeriesOptions;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Gives out the places of a metric.
 *
 * <p>Key: the metric's name. State: its series and when each last asked. A place is given back when
 * its series has not asked until the series operator must have let go of it; an hourly timer looks.
 * A late ask is answered like any other.
 */
public final class BudgetFunction extends KeyedProcessFunction<String, SeriesAsk, SeriesVerdict> {
  private static final long serialVersionUID = 1L;

  private static final long HOUR = 3_600_000;

  /** The longest day and the looks at what is left: by then a series has left its operator. */
  private static final Duration SETTLED = Duration.ofHours(32);

  private static final MapStateDescriptor<Long, Long> PLACES = // series id -> newest ask
      new MapStateDescriptor<>("places", Types.LONG, Types.LONG);
  private static final ValueStateDescriptor<Integer> TAKEN =
      new ValueStateDescriptor<>("taken", Types.INT);

  // Configuration.
  private final int budget;
  private final long keep;

  // Runtime.
  private transient MapState<Long, Long> places;
  private transient ValueState<Integer> taken;
  private transient Counter admitted;
  private transient Counter refused;

  public BudgetFunction(int budget, SeriesOptions options) {
    this.budget = budget;
    this.keep =
        options.expiry().plus(options.horizon()).plus(options.idle()).plus(SETTLED).toMillis();
  }

  @Override
  public void open(OpenContext context) {
    places = getRuntimeContext().getMapState(PLACES);
    taken = getRuntimeContext().getState(TAKEN);
    MetricGroup health = getRuntimeContext().getMetricGroup().addGroup("oht50");
    admitted = health.counter("series_admitted");
    refused = health.counter("series_asks_refused");
  }

  @Override
  public void processElement(SeriesAsk ask, Context context, Collector<SeriesVerdict> out)
      throws Exception {
    out.collect(ask.answered(hasPlace(ask, context)));
  }

  private boolean hasPlace(SeriesAsk ask, Context context) throws Exception {
    Long before = places.get(ask.seriesId());
    if (before != null) {
      if (ask.askedAt() >= before + HOUR) {
        places.put(ask.seriesId(), ask.askedAt());
      }
      return true;
    }
    int held = taken.value() == null ? 0 : taken.value();
    if (held >= budget) {
      refused.inc();
      return false;
    }
    places.put(ask.seriesId(), ask.askedAt());
    taken.update(held + 1);
    admitted.inc();
    context
        .timerService()
        .registerEventTimeTimer(nextLook(context.timerService().currentWatermark()));
    return true;
  }

  @Override
  public void onTimer(long instant, OnTimerContext context, Collector<SeriesVerdict> out)
      throws Exception {
    long now = context.timerService().currentWatermark();
    if (now == Long.MAX_VALUE) { // the end of a bounded input says nothing about age
      return;
    }
    int held = 0;
    for (Iterator<Map.Entry<Long, Long>> each = places.iterator(); each.hasNext(); ) {
      Map.Entry<Long, Long> place = each.next();
      if (place.getValue() == Long.MIN_VALUE) { // asked before there was a watermark
        place.setValue(now);
      }
      if (place.getValue() + keep <= now) {
        each.remove();
      } else {
        held++;
      }
    }
    if (held == 0) {
      places.clear(); // a map that an iterator has emptied stays on the heap
      taken.clear();
      return;
    }
    taken.update(held);
    context.timerService().registerEventTimeTimer(nextLook(now));
  }

  private static long nextLook(long watermark) {
    return watermark == Long.MIN_VALUE ? 0 : Math.floorDiv(watermark, HOUR) * HOUR + HOUR;
  }
}
