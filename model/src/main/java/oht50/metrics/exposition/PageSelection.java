package oht50.metrics.exposition;

import oht50.metrics.model.SampleBatch;
import oht50.metrics.model.SampleFilter;

/** Takes out of batches what is on the page. Per record: what a layout has there is remembered. */
public final class PageSelection {
  private final SampleFilter filter =
      new SampleFilter(series -> !Placement.allOf(series).isEmpty());

  /** The samples that are on the page, or null. */
  public SampleBatch of(SampleBatch batch) {
    return filter.of(batch);
  }
}
