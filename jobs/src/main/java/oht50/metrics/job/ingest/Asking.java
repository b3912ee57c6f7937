package oht50.metrics.job.ingest;

import java.util.function.Consumer;
import oht50.metrics.budget.AskedLayouts;
import oht50.metrics.budget.SeriesAsk;
import oht50.metrics.model.SeriesLayout;
import org.apache.flink.streaming.api.TimerService;

/**
 * Series that have not asked lately ask for a place in the budget of their metric, before they
 * speak. For each operator whose output are samples or occurrences of new series.
 */
public final class Asking {
  private final AskedLayouts asked = new AskedLayouts();

  public void ask(SeriesLayout layout, TimerService timers, Consumer<SeriesAsk> out) {
    long watermark = timers.currentWatermark();
    if (asked.mustAsk(layout, watermark, timers.currentProcessingTime())) {
      for (int i = 0; i < layout.size(); i++) {
        out.accept(SeriesAsk.of(layout.series(i), watermark));
      }
    }
  }
}
