package oht50.metrics.series;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import oht50.metrics.time.Interval;

/** A store of one key in maps, with the wake-ups a test has to deliver. */
final class MapSeriesStore implements SeriesStore {
  SeriesTable table;
  Agenda agenda;
  Holdings holdings;
  final Map<Long, List<LogBatch>> logs = new TreeMap<>(); // minute -> log
  final Map<Interval, Map<Long, AccumulatorBlock>> blocks =
      new HashMap<>(); // level -> start -> block
  boolean isAskedToWakeSoon;
  final TreeSet<Long> wakeUps = new TreeSet<>();

  boolean isEmpty() {
    return table == null
        && agenda == null
        && holdings == null
        && logs.isEmpty()
        && blocks.values().stream().allMatch(Map::isEmpty);
  }

  @Override
  public SeriesTable table() {
    return table;
  }

  @Override
  public void table(SeriesTable value) {
    table = value;
  }

  @Override
  public Agenda agenda() {
    return agenda;
  }

  @Override
  public void agenda(Agenda value) {
    agenda = value;
  }

  @Override
  public Holdings holdings() {
    return holdings;
  }

  @Override
  public void holdings(Holdings value) {
    holdings = value;
  }

  @Override
  public void append(long minute, LogBatch batch) {
    logs.computeIfAbsent(minute, key -> new ArrayList<>()).add(batch);
  }

  @Override
  public void log(long minute, List<LogBatch> to) {
    to.addAll(logs.getOrDefault(minute, List.of()));
  }

  @Override
  public void clearLog(long minute) {
    logs.remove(minute);
  }

  @Override
  public AccumulatorBlock block(Interval level, long start) {
    return blocks.getOrDefault(level, Map.of()).get(start);
  }

  @Override
  public void block(Interval level, long start, AccumulatorBlock block) {
    if (block == null) {
      blocks.getOrDefault(level, new HashMap<>()).remove(start);
    } else {
      blocks.computeIfAbsent(level, key -> new HashMap<>()).put(start, block);
    }
  }

  @Override
  public void wakeSoon() {
    isAskedToWakeSoon = true;
  }

  @Override
  public void wakeAt(long watermark) {
    wakeUps.add(watermark);
  }
}
