package oht50.metrics.mission;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import oht50.metrics.level.LevelChange;
import oht50.metrics.model.Hash64;
import oht50.metrics.model.Labels;
import oht50.metrics.model.MetricKind;
import oht50.metrics.model.Series;
import oht50.metrics.model.SeriesLayout;

/**
 * What the attempts of a mission add to metrics.
 *
 * @param ends to be counted, one for each attempt that has ended
 * @param durations s, by where the sample lies
 * @param levels what each instant adds to a level
 */
record MissionClaims(
    Set<End> ends, Map<Place, Double> durations, Map<LevelPlace, LevelChange> levels) {
  /**
   * @param naturalKey the fact that is counted: (mission, status, timestamp)
   */
  record End(SeriesLayout series, long naturalKey, long timestamp) {}

  /** Where a sample lies. */
  record Place(Series series, long timestamp) {}

  /** Where a level changes. */
  record LevelPlace(Series series, long timestamp) {}

  static MissionClaims of(List<MissionAttempt> attempts) {
    MissionClaims claims =
        new MissionClaims(new LinkedHashSet<>(), new LinkedHashMap<>(), new LinkedHashMap<>());
    for (MissionAttempt attempt : attempts) {
      claims.queue(attempt);
      if (attempt.hasEnded()) {
        claims.end(attempt);
      }
    }
    return claims;
  }

  private void queue(MissionAttempt attempt) {
    if (attempt.queuedAt() == MissionAttempt.UNKNOWN) {
      return;
    }
    Series series =
        Series.of(
            "oht50_mission_queue_size",
            Labels.of("priority", attempt.priority() == null ? "" : attempt.priority().word()),
            MetricKind.STATE);
    level(LevelChange.Form.TOTAL, series, attempt.queuedAt(), 1, 0);
    if (attempt.leftQueueAt() != MissionAttempt.UNKNOWN) {
      level(LevelChange.Form.TOTAL, series, attempt.leftQueueAt(), -1, 0);
    }
  }

  private void end(MissionAttempt attempt) {
    String robot = attempt.robot() == null ? "" : attempt.robot();
    String type = attempt.type() == null ? "" : attempt.type();
    String status = attempt.status().word();
    ends.add(
        new End(
            SeriesLayout.of(
                Series.of(
                    "oht50_missions_total",
                    Labels.of("robot_id", robot, "status", status, "type", type),
                    MetricKind.DELTA)),
            Hash64.id(attempt.mission() + '/' + status + '/' + attempt.endedAt()),
            attempt.endedAt()));
    if (attempt.hasDuration()) {
      Series series =
          Series.of(
              "oht50_mission_duration_seconds",
              Labels.of("robot_id", robot, "type", type),
              MetricKind.HISTOGRAM);
      durations.put(new Place(series, attempt.endedAt()), attempt.durationSeconds());
    }
    boolean isSuccess = attempt.status() == MissionStatus.COMPLETED;
    if (isSuccess || attempt.status() == MissionStatus.FAILED) {
      Series series =
          Series.of("oht50_mission_success_rate", Labels.of("type", type), MetricKind.GAUGE);
      level(LevelChange.Form.SHARE, series, attempt.endedAt(), isSuccess ? 1 : 0, 1);
    }
  }

  private void level(LevelChange.Form form, Series series, long timestamp, long part, long whole) {
    levels.merge(
        new LevelPlace(series, timestamp),
        new LevelChange(form, series, timestamp, part, whole),
        (a, b) ->
            new LevelChange(form, series, timestamp, a.part() + b.part(), a.whole() + b.whole()));
  }

  /** The changes of levels that lead from the claims before to these. */
  List<LevelChange> levelsSince(MissionClaims before) {
    Map<LevelPlace, LevelChange> rest = new LinkedHashMap<>(levels);
    before.levels.forEach(
        (place, change) ->
            rest.merge(
                place,
                new LevelChange(
                    change.form(),
                    change.series(),
                    change.timestamp(),
                    -change.part(),
                    -change.whole()),
                (now, then) ->
                    new LevelChange(
                        now.form(),
                        now.series(),
                        now.timestamp(),
                        now.part() + then.part(),
                        now.whole() + then.whole())));
    List<LevelChange> changes = new ArrayList<>(rest.values());
    changes.removeIf(change -> change.part() == 0 && change.whole() == 0);
    return changes;
  }
}
