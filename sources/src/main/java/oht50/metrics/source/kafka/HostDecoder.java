package oht50.metrics.source.kafka;

import java.time.Duration;
import oht50.metrics.model.Labels;
import oht50.metrics.model.RejectReason;
import oht50.metrics.model.Series;

/**
 * What machines say about themselves: metric points ({@link MetricPoint}) as the agent sends them,
 * and Telegraf's JSON, {@code {"fields": {…}, "name": "cpu", "tags": {"host": …}, "timestamp"}} or
 * its batches {@code {"metrics": […]}}, mapped to the same series ({@link TelegrafMetric}).
 *
 * <p>All series carry {@code instance}: the label or the tag {@code host}, else the record's key.
 * Measurements that are not those of a machine are rejected, once per record.
 */
public final class HostDecoder extends BulkDecoder {
  private static final String INSTANCE = "instance";

  // Of the record at hand: the place of the first unknown measurement, its name, and how many more.
  private String unknownPath;
  private String unknownName;
  private int moreUnknown;

  public HostDecoder(Duration maxAhead) {
    super(maxAhead);
  }

  @Override
  String wrapper() {
    return "metrics";
  }

  @Override
  void decode(byte[] value, Draft draft) {
    unknownPath = null;
    moreUnknown = 0;
    super.decode(value, draft);
    if (unknownPath != null) {
      draft.reject(
          unknownPath,
          RejectReason.UNKNOWN_MESSAGE_TYPE,
          "saw \""
              + Text.brief(unknownName)
              + "\""
              + (moreUnknown == 0 ? "" : " and " + moreUnknown + " more of such")
              + ", "
              + TelegrafMetric.MEASUREMENTS
              + " are allowed");
    }
  }

  @Override
  void element(Fields element, Draft draft, SampleGroups groups) {
    if (element.has("fields")) {
      readTelegraf(element, draft, groups);
    } else {
      readPoint(element, draft, groups);
    }
  }

  private void readPoint(Fields element, Draft draft, SampleGroups groups) {
    MetricPoint point = MetricPoint.read(element);
    if (point == null) {
      return;
    }
    String instance = instance(element, point.labels().get(INSTANCE), draft);
    if (instance != null) {
      Labels labels = point.labels().with(INSTANCE, instance);
      groups.add(Series.of(point.name(), labels, point.kind()), point.timestamp(), point.value());
    }
  }

  private void readTelegraf(Fields element, Draft draft, SampleGroups groups) {
    String measurement = element.requireText("name");
    Fields fields = element.object("fields");
    if (measurement == null || fields == null) {
      return;
    }
    if (!TelegrafMetric.isKnown(measurement)) {
      unknown(element.path("name"), measurement);
      return;
    }
    Fields tags = element.object("tags");
    String instance = instance(element, tags == null ? null : tags.name("host"), draft);
    if (instance == null) {
      return;
    }
    long timestamp = element.requireTimestamp("timestamp");
    if (timestamp != Timestamps.UNREADABLE) {
      new TelegrafMetric(element, tags, instance, timestamp, groups).read(measurement, fields);
    }
  }

  private void unknown(String path, String measurement) {
    if (unknownPath == null) {
      unknownPath = path;
      unknownName = measurement;
    } else {
      moreUnknown++;
    }
  }

  /** The machine that is meant; null after a reject. */
  private static String instance(Fields element, String inside, Draft draft) {
    if (inside != null) {
      return inside;
    }
    String key = draft.key();
    String ofEvent = draft.attributes().instance();
    if (key == null && ofEvent != null) {
      return ofEvent;
    }
    if (key == null) {
      element.reject(
          "key", RejectReason.NO_ENTITY, "no key and no name of the machine, one is required");
    } else if (key.length() > Fields.MAX_NAME_LENGTH) {
      element.reject("key", RejectReason.OUT_OF_RANGE, Fields.tooLong(key));
      return null;
    }
    return key;
  }
}
