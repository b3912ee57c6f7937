package oht50.metrics.mission;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import oht50.metrics.level.LevelChange;
import oht50.metrics.level.LevelCore;
import oht50.metrics.level.LevelLog;
import oht50.metrics.level.LevelOutput;
import oht50.metrics.level.LevelStore;
import oht50.metrics.model.Occurrence;
import oht50.metrics.model.SampleBatch;
import oht50.metrics.model.StaleMarker;
import oht50.metrics.wire.Codec;

/**
 * Who listens to missions and believes what is said last: what is counted, which samples stand,
 * which attempts there are. State goes through its binary form each time.
 */
final class MissionBeliefs implements MissionOutput {
  private final MissionCore core = new MissionCore(Duration.ofHours(1));
  private final LevelCore levels = new LevelCore(Duration.ofHours(2), Duration.ofHours(1));

  private final Map<String, MissionLog> logs = new HashMap<>();
  private final Map<String, LevelLog> levelLogs = new HashMap<>();
  private final Map<String, TreeSet<Long>> wakeUps = new HashMap<>();

  private final TreeSet<String> counted = new TreeSet<>();
  private final Map<String, TreeMap<Long, Double>> durations = new TreeMap<>();
  private final Map<String, TreeMap<Long, Double>> leveled = new TreeMap<>();
  private final Map<String, MissionAttempt> attempts = new TreeMap<>();
  private int retractions;
  private long watermark = Long.MIN_VALUE;

  void hear(MissionFact fact) {
    core.onFact(fact, watermark, new Store(fact.mission()), this);
  }

  /** Seconds; a lower one than before is that of a restart. */
  void watermark(long seconds) {
    watermark = seconds * 1_000;
    for (String mission : List.copyOf(wakeUps.keySet())) {
      TreeSet<Long> asked = wakeUps.get(mission);
      while (!asked.isEmpty() && asked.first() <= watermark) {
        asked.pollFirst();
        core.onWatermark(watermark, new Store(mission), this);
      }
    }
    wakeUps.values().removeIf(TreeSet::isEmpty);
  }

  List<String> counts() {
    return List.copyOf(counted);
  }

  List<String> durations() {
    return samples(durations);
  }

  List<String> levels(String series) {
    List<String> said = new ArrayList<>();
    leveled
        .getOrDefault(series, new TreeMap<>())
        .forEach((time, value) -> said.add("@" + time / 1_000 + " = " + value));
    return said;
  }

  /** A total without the instants at which it said again what it said before. */
  List<String> meaningOfLevels() {
    Map<String, TreeMap<Long, Double>> changes = new TreeMap<>();
    leveled.forEach(
        (series, samples) -> {
          TreeMap<Long, Double> kept = new TreeMap<>();
          double last = 0;
          for (Map.Entry<Long, Double> sample : samples.entrySet()) {
            if (!series.contains("queue") || sample.getValue() != last) {
              kept.put(sample.getKey(), sample.getValue());
            }
            last = sample.getValue();
          }
          changes.put(series, kept);
        });
    return samples(changes);
  }

  private static List<String> samples(Map<String, TreeMap<Long, Double>> all) {
    List<String> said = new ArrayList<>();
    all.forEach(
        (series, samples) ->
            samples.forEach(
                (time, value) -> said.add(series + " @" + time / 1_000 + " = " + value)));
    return said;
  }

  List<String> attempts() {
    return attempts.values().stream().map(MissionBeliefs::describe).toList();
  }

  private static String describe(MissionAttempt attempt) {
    StringBuilder text = new StringBuilder(attempt.mission() + "/" + attempt.number());
    for (Object part : new Object[] {attempt.robot(), attempt.type(), attempt.priority()}) {
      text.append(part == null ? "" : " " + part);
    }
    text.append(' ').append(attempt.status()).append(" since ").append(seconds(attempt.since()));
    if (attempt.queuedAt() != MissionAttempt.UNKNOWN) {
      text.append(", queued ").append(seconds(attempt.queuedAt()));
      text.append(" to ").append(seconds(attempt.leftQueueAt()));
    }
    if (attempt.executingAt() != MissionAttempt.UNKNOWN) {
      text.append(", from ").append(seconds(attempt.executingAt()));
      text.append(attempt.hasEnded() ? " to " + seconds(attempt.endedAt()) : "");
    } else if (attempt.hasEnded()) {
      text.append(", ended ").append(seconds(attempt.endedAt()));
    }
    return text.toString();
  }

  private static String seconds(long millis) {
    return millis == MissionAttempt.UNKNOWN ? "?" : Long.toString(millis / 1_000);
  }

  int retractions() {
    return retractions;
  }

  boolean isKept(String mission) {
    return logs.containsKey(mission);
  }

  List<MissionFact> facts(String mission) {
    return logs.get(mission).facts();
  }

  Map<String, TreeSet<Long>> wakeUps() {
    return wakeUps;
  }

  @Override
  public void attempt(MissionAttempt attempt) {
    String key = attempt.mission() + "/" + attempt.number();
    if (attempt.isWithdrawn()) {
      attempts.remove(key);
    } else {
      attempts.put(key, attempt);
    }
  }

  @Override
  public void ended(Occurrence end) {
    String fact = end.series().series(0).canonical() + " @" + Math.floorDiv(end.timestamp(), 1_000);
    String distinct = fact + (counted.contains(fact) && !end.isWithdrawn() ? "'" : "");
    if (end.isWithdrawn()) {
      counted.remove(counted.contains(fact + "'") ? fact + "'" : fact);
    } else {
      counted.add(distinct);
    }
  }

  @Override
  public void duration(SampleBatch sample, boolean isFirst) {
    retractions += StaleMarker.is(sample.values()[0]) ? 1 : 0;
    put(sample, durations);
  }

  @Override
  public void level(LevelChange change) {
    String series = change.series().canonical();
    levels.onChange(
        change,
        new LevelStore() {
          @Override
          public LevelLog log() {
            return levelLogs.get(series);
          }

          @Override
          public void log(LevelLog log) {
            levelLogs.put(series, throughItsForm(log, new LevelLog.BinaryForm()));
          }
        },
        new LevelOutput() {
          @Override
          public void samples(SampleBatch batch) {
            put(batch, leveled);
          }

          @Override
          public void beyondHorizon(LevelChange beyond) {
            throw new AssertionError("beyond the horizon: " + beyond);
          }
        });
  }

  private static void put(SampleBatch batch, Map<String, TreeMap<Long, Double>> samples) {
    for (int i = 0; i < batch.values().length; i++) {
      TreeMap<Long, Double> series =
          samples.computeIfAbsent(batch.layout().series(i).canonical(), key -> new TreeMap<>());
      if (StaleMarker.is(batch.values()[i])) {
        series.remove(batch.timestamp(i));
      } else {
        series.put(batch.timestamp(i), batch.values()[i]);
      }
    }
  }

  private static <T> T throughItsForm(T value, Codec<T> codec) {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      codec.write(value, new DataOutputStream(bytes));
      T read =
          codec.read(
              codec.version(), new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
      if (!read.equals(value)) {
        throw new AssertionError(value + " was read as " + read);
      }
      return read;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private final class Store implements MissionStore {
    private final String mission;

    private Store(String mission) {
      this.mission = mission;
    }

    @Override
    public MissionLog log() {
      return logs.get(mission);
    }

    @Override
    public void log(MissionLog log) {
      if (log == null) {
        logs.remove(mission);
      } else {
        logs.put(mission, throughItsForm(log, new MissionLog.BinaryForm()));
      }
    }

    @Override
    public void wakeAt(long instant) {
      wakeUps.computeIfAbsent(mission, key -> new TreeSet<>()).add(instant);
    }
  }
}
