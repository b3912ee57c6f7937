package oht50.metrics.source.kafka;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import oht50.metrics.model.Hash64;
import oht50.metrics.model.Labels;
import oht50.metrics.model.MetricKind;
import oht50.metrics.model.RejectReason;
import oht50.metrics.model.Series;
import oht50.metrics.model.SeriesLayout;

/**
 * What every message of VDA 5050 begins with. The version is the one in the message: the topic's
 * says less. The robot is {@code manufacturer/serialNumber}, as in the record's key.
 *
 * @param major 2 or 3
 * @param timestamp event time, ms
 * @param headerId number of the message in its topic; −1 without one
 */
record VdaHeader(int major, String robot, long timestamp, long headerId) {
  private static final Pattern VERSION = Pattern.compile("(\\d{1,4})\\.\\d{1,4}(\\..*)?");
  private static final int OLDEST = 2;
  private static final int NEWEST = 3;

  /** The header, or null after a reject of the message. */
  static VdaHeader read(Fields message, Draft draft) {
    String version = message.requireText("version");
    if (version == null) {
      return null;
    }
    Matcher matcher = VERSION.matcher(version.strip());
    int major = matcher.matches() ? Integer.parseInt(matcher.group(1)) : 0;
    if (major < OLDEST || major > NEWEST) {
      message.reject(
          "version",
          RejectReason.UNSUPPORTED_VERSION,
          "saw \"" + Text.brief(version) + "\", 2.0 to 3.x is spoken here");
      return null;
    }
    String robot = robot(message, draft);
    if (robot == null) {
      return null;
    }
    long timestamp = message.requireTimestamp("timestamp");
    if (timestamp == Timestamps.UNREADABLE) {
      return null;
    }
    double headerId = message.number("headerId", 0, 1L << 53);
    return new VdaHeader(major, robot, timestamp, Double.isNaN(headerId) ? -1 : (long) headerId);
  }

  private static String robot(Fields message, Draft draft) {
    String manufacturer = message.name("manufacturer");
    String serial = message.name("serialNumber");
    if (manufacturer == null || serial == null) {
      return JsonDecoder.robot(null, draft);
    }
    String inside = manufacturer + '/' + serial;
    if (inside.length() > Fields.MAX_NAME_LENGTH) {
      message.reject("serialNumber", RejectReason.OUT_OF_RANGE, Fields.tooLong(inside));
      return null;
    }
    if (draft.key() != null && !draft.key().equals(inside)) {
      message.reject(
          "serialNumber",
          RejectReason.KEY_MISMATCH,
          "saw \"" + Text.brief(inside) + "\", the key is \"" + Text.brief(draft.key()) + "\"");
      return null;
    }
    return inside;
  }

  /** A value that holds until the next message: averages of it are weighted by time. */
  void state(SampleGroups groups, String metric, double value, String... labels) {
    if (!Double.isNaN(value)) {
      add(groups, metric, StateKinds.kindOfState(metric), value, labels);
    }
  }

  /** How long the message took to its arrival, where that is known. */
  void latency(SampleGroups groups, Draft draft) {
    if (draft.hasAppendTime()) {
      add(
          groups,
          "oht50_telemetry_latency_seconds",
          MetricKind.GAUGE,
          (draft.appendTime() - timestamp) / 1000.0,
          "data_type",
          "vda5050");
    }
  }

  /** A block of this message has been accepted; a repeated message is the same fact. */
  void dataPoint(Draft draft, String block) {
    long naturalKey =
        Hash64.id("vda5050/" + block + '/' + robot + '/' + timestamp + '/' + headerId);
    Series series =
        Series.of(
            "oht50_telemetry_data_points_total",
            Labels.of("data_type", block, "robot_id", robot),
            MetricKind.DELTA);
    draft.occurrence(SeriesLayout.of(series), naturalKey, timestamp);
  }

  private void add(
      SampleGroups groups, String metric, MetricKind kind, double value, String... labels) {
    groups.add(
        Series.of(metric, Labels.of(labels).with("robot_id", robot), kind), timestamp, value);
  }
}
