package oht50.metrics.job.budget;

import java.util.Iterator;
import java.util.Map;
import oht50.metrics.budget.OverflowSum;
import oht50.metrics.budget.OverflowWindow;
import oht50.metrics.job.SideOutputs;
import oht50.metrics.model.Hash64;
import oht50.metrics.model.Rollup;
import oht50.metrics.model.Series;
import oht50.metrics.model.SeriesEntry;
import oht50.metrics.series.SeriesOptions;
import oht50.metrics.time.Interval;
import oht50.metrics.time.WindowCalendar;
import oht50.metrics.typeinfo.CodecSerializer;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.common.typeutils.base.LongSerializer;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Rows of the series {@code metric{__overflow__="true"}}: count, sum, min and max of the samples
 * beyond the budget, in order of arrival, repeats counted again.
 *
 * <p>Key: the metric's name. State: its windows; each leaves when horizon and idle time have passed
 * since its end and its last change. A late sample republishes its windows; one whose windows have
 * left begins new ones in another incarnation, which the table keeps from replacing a row.
 */
public final class OverflowFunction extends KeyedProcessFunction<String, OverflowSum, Rollup> {
  private static final long serialVersionUID = 1L;

  private static final MapStateDescriptor<Long, OverflowWindow> WINDOWS = // start + interval code
      new MapStateDescriptor<>(
          "overflow-windows",
          LongSerializer.INSTANCE,
          new CodecSerializer<>(new OverflowWindow.BinaryForm()));
  private static final ValueStateDescriptor<Long> LEFT_UNTIL =
      new ValueStateDescriptor<>("left-until", Types.LONG);

  // Configuration.
  private final SeriesOptions options;

  // Runtime.
  private transient MapState<Long, OverflowWindow> windows;
  private transient ValueState<Long> leftUntil; // newest end of a window that has left
  private transient WindowCalendar calendar;

  public OverflowFunction(SeriesOptions options) {
    this.options = options;
  }

  @Override
  public void open(OpenContext context) {
    windows = getRuntimeContext().getMapState(WINDOWS);
    leftUntil = getRuntimeContext().getState(LEFT_UNTIL);
    calendar = new WindowCalendar(options.zone());
  }

  private long keep() {
    return options.horizon().plus(options.idle()).toMillis();
  }

  @Override
  public void processElement(OverflowSum sum, Context context, Collector<Rollup> out)
      throws Exception {
    long now = context.timerService().currentWatermark();
    if (windows.isEmpty()) {
      announce(sum, context);
    }
    for (Interval interval : Interval.values()) {
      long start = calendar.start(interval, sum.window());
      long end = calendar.end(interval, start);
      long key = start + interval.code();
      OverflowWindow before = windows.get(key);
      OverflowSum part = sum.inWindow(start);
      windows.put(
          key,
          before == null
              ? OverflowWindow.begin(interval, end, part, now, hasLeft(end, now))
              : before.plus(part, now));
    }
    context.timerService().registerEventTimeTimer(nextTick(now));
  }

  private void announce(OverflowSum sum, Context context) {
    Series series = OverflowSum.series(sum.metric());
    context.output(
        SideOutputs.SERIES,
        new SeriesEntry(
            series, Hash64.id(OverflowSum.LABEL), sum.window(), SeriesEntry.NEVER, 0, 0));
  }

  private boolean hasLeft(long end, long now) throws Exception {
    Long until = leftUntil.value();
    return end + keep() <= now || (until != null && end <= until);
  }

  @Override
  public void onTimer(long instant, OnTimerContext context, Collector<Rollup> out)
      throws Exception {
    long now = context.timerService().currentWatermark();
    long seriesId = OverflowSum.series(context.getCurrentKey()).id();
    long next = Long.MAX_VALUE;
    long left = leftUntil.value() == null ? Long.MIN_VALUE : leftUntil.value();
    for (Iterator<Map.Entry<Long, OverflowWindow>> each = windows.iterator(); each.hasNext(); ) {
      Map.Entry<Long, OverflowWindow> entry = each.next();
      OverflowWindow window = entry.getValue();
      if (window.isDue(now)) {
        out.collect(window.row(seriesId, now));
        window = window.published(now);
        entry.setValue(window);
      }
      if (now != Long.MAX_VALUE && window.leavesAt(keep()) <= now) {
        left = Math.max(left, window.end());
        each.remove();
      } else {
        next = Math.min(next, window.isFinal() ? window.leavesAt(keep()) : window.end());
      }
    }
    if (next == Long.MAX_VALUE) {
      windows.clear(); // a map that an iterator has emptied stays on the heap
      leftUntil.clear();
    } else if (now != Long.MAX_VALUE) {
      if (left != Long.MIN_VALUE) {
        leftUntil.update(left);
      }
      setTimer(next, context.timerService());
    }
  }

  private static void setTimer(long at, TimerService timers) {
    timers.registerEventTimeTimer(Math.max(at, timers.currentWatermark() + 1));
  }

  private long nextTick(long watermark) {
    long cadence = options.earlyCadence().toMillis();
    return watermark == Long.MIN_VALUE ? 0 : Math.floorDiv(watermark, cadence) * cadence + cadence;
  }
}
