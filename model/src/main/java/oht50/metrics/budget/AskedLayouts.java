package oht50.metrics.budget;

import java.util.LinkedHashMap;
import java.util.Map;
import oht50.metrics.model.SeriesLayout;

/**
 * Which layouts have asked lately, so that the first of a layout's batches asks and those after it
 * do not. Forgetting one costs an ask more. Costs about 100 bytes for each of {@link #REMEMBERED}.
 */
public final class AskedLayouts {
  /** A layout asks again after so much of the watermark's or the machine's time, ms. */
  public static final long AGAIN_AFTER = 600_000;

  private static final int REMEMBERED = 65_536;

  private record Asked(long watermark, long clock) {}

  private final Map<Long, Asked> recent = // hash of a layout -> when it asked
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Asked> eldest) {
          return size() > REMEMBERED;
        }
      };

  /** Whether the series of a layout have to ask now; then it is noted that they have. */
  public boolean mustAsk(SeriesLayout layout, long watermark, long clock) {
    Asked asked = recent.get(layout.hash());
    boolean isRecent =
        asked != null
            && watermark < asked.watermark + AGAIN_AFTER
            && clock < asked.clock + AGAIN_AFTER;
    if (!isRecent) {
      recent.put(layout.hash(), new Asked(watermark, clock));
    }
    return !isRecent;
  }
}
