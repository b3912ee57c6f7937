package oht50.metrics.source.kafka;

import java.time.Duration;

/**
 * Custom metric points ({@link MetricPoint}): one, an array of them, or lines of either. A point
 * that is rejected leaves the others of its record.
 */
public final class PointsDecoder extends BulkDecoder {
  public PointsDecoder(Duration maxAhead) {
    super(maxAhead);
  }

  @Override
  void element(Fields element, Draft draft, SampleGroups groups) {
    MetricPoint point = MetricPoint.read(element);
    if (point != null) {
      point.addTo(groups);
    }
  }
}
