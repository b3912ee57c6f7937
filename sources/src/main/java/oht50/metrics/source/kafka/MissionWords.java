package oht50.metrics.source.kafka;

import java.util.Map;
import oht50.metrics.mission.MissionPriority;
import oht50.metrics.mission.MissionStatus;

/** One spelling for the statuses and priorities of missions of all sources. */
final class MissionWords {
  private static final Map<String, MissionStatus> STATUSES =
      Map.ofEntries(
          Map.entry("created", MissionStatus.CREATED),
          Map.entry("pending", MissionStatus.CREATED),
          Map.entry("validating", MissionStatus.VALIDATING),
          Map.entry("validated", MissionStatus.VALIDATING),
          Map.entry("queued", MissionStatus.QUEUED),
          Map.entry("executing", MissionStatus.EXECUTING),
          Map.entry("running", MissionStatus.EXECUTING),
          Map.entry("in_progress", MissionStatus.EXECUTING),
          Map.entry("paused", MissionStatus.PAUSED),
          Map.entry("completed", MissionStatus.COMPLETED),
          Map.entry("success", MissionStatus.COMPLETED),
          Map.entry("failed", MissionStatus.FAILED),
          Map.entry("cancelled", MissionStatus.CANCELLED),
          Map.entry("canceled", MissionStatus.CANCELLED),
          Map.entry("rejected", MissionStatus.REJECTED));

  private static final Map<String, MissionPriority> PRIORITIES =
      Map.of(
          "critical", MissionPriority.CRITICAL,
          "emergency", MissionPriority.CRITICAL,
          "high", MissionPriority.HIGH,
          "normal", MissionPriority.NORMAL,
          "low", MissionPriority.LOW,
          "maintenance", MissionPriority.LOW);

  private MissionWords() {}

  /** The status a source's word means, or null. */
  static MissionStatus status(String word) {
    return STATUSES.get(Text.word(word));
  }

  /** The priority a source's word means, or null. */
  static MissionPriority priority(String word) {
    return PRIORITIES.get(Text.word(word));
  }
}
