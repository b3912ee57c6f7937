package oht50.metrics.simulation;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import oht50.metrics.count.CountIndex;
import oht50.metrics.count.CountOutput;
import oht50.metrics.count.CountStore;
import oht50.metrics.count.CountedSecond;
import oht50.metrics.count.OccurrenceCounter;
import oht50.metrics.model.Event;
import oht50.metrics.model.LatePoint;
import oht50.metrics.model.Occurrence;
import oht50.metrics.model.PointChunk;
import oht50.metrics.model.RepairWindow;
import oht50.metrics.model.Rollup;
import oht50.metrics.model.SampleBatch;
import oht50.metrics.model.Series;
import oht50.metrics.model.SeriesEntry;
import oht50.metrics.rule.IssuedAlert;
import oht50.metrics.rule.SequenceCore;
import oht50.metrics.rule.SequenceStore;
import oht50.metrics.series.AccumulatorBlock;
import oht50.metrics.series.Agenda;
import oht50.metrics.series.Holdings;
import oht50.metrics.series.LogBatch;
import oht50.metrics.series.SeriesCore;
import oht50.metrics.series.SeriesOutput;
import oht50.metrics.series.SeriesStore;
import oht50.metrics.series.SeriesTable;
import oht50.metrics.time.Interval;
import oht50.metrics.wire.Codec;
import oht50.metrics.wire.Codecs;

/**
 * The operators without Flink: the pure cores, state in maps, timers in sets. A snapshot writes all
 * of it with the codecs that Flink's state uses, and a restore begins with these bytes alone.
 */
final class CoreTarget implements Target {
  private final Output out;
  private final Setup setup;
  private OccurrenceCounter counter;
  private SeriesCore series;
  private SequenceCore sequences;
  private TreeMap<Long, Counts> counts = new TreeMap<>(); // key -> state
  private TreeMap<Long, Points> points = new TreeMap<>(); // key -> state
  private TreeMap<String, Robot> robots = new TreeMap<>();
  private long watermark = Long.MIN_VALUE;
  private long countsWatermark = Long.MIN_VALUE; // the counts come first, and so does their time
  private long[] judged = {Long.MIN_VALUE}; // per subtask: highest watermark anything was judged at

  CoreTarget(Setup setup, Output out) {
    this.setup = setup;
    this.out = out;
    begin();
  }

  private void begin() {
    Duration horizon = Duration.ofMillis(setup.horizon());
    counter = new OccurrenceCounter(horizon, Duration.ofMillis(setup.idle()));
    series = new SeriesCore(setup.options());
    sequences = new SequenceCore(Setup.SEQUENCES, new ScanMatcher(), horizon);
  }

  @Override
  public void take(Object message) {
    if (message instanceof SampleBatch batch) {
      samples(batch);
    } else if (message instanceof Occurrence fact) {
      counter.onOccurrence(
          fact,
          countsWatermark,
          counts.computeIfAbsent(fact.key(), key -> new Counts()),
          new Counted());
    } else {
      event((Event) message);
    }
  }

  private void samples(SampleBatch batch) {
    series.onBatch(
        batch, watermark, points.computeIfAbsent(batch.key(), key -> new Points()), new Folded());
  }

  private void event(Event event) {
    if (sequences.concerns(event)) {
      Robot robot = robots.computeIfAbsent(event.entity(), key -> new Robot());
      long until = judgedUntil(event.entity());
      judgeAfterStart(robot, until);
      sequences.onEvent(event, until, 0, robot, out::transition);
    }
  }

  /** As the operator does with the first that it hears of a robot after a start. */
  private void judgeAfterStart(Robot robot, long until) {
    if (!robot.isJudgedSinceStart) {
      robot.isJudgedSinceStart = true;
      sequences.onStart(until, 0, robot, out::transition);
    }
  }

  /** As the operator's own state keeps it: time never falls back behind what was judged. */
  private long judgedUntil(String robot) {
    int subtask = Math.floorMod(robot.hashCode(), judged.length);
    judged[subtask] = Math.max(judged[subtask], watermark);
    return judged[subtask];
  }

  @Override
  public void watermark(long reached) {
    countsWatermark = reached;
    for (Counts each : counts.values()) {
      while (!each.wakeUps.isEmpty() && each.wakeUps.first() <= reached) {
        counter.onWatermark(each.wakeUps.pollFirst(), reached, each, new Counted());
      }
    }
    watermark = reached;
    for (Points each : points.values()) {
      while (!each.wakeUps.isEmpty() && each.wakeUps.first() <= reached) {
        each.wakeUps.pollFirst();
        series.onWatermark(reached, each, new Folded());
      }
    }
    robots.forEach(
        (name, each) -> {
          while (!each.wakeUps.isEmpty() && each.wakeUps.first() <= reached) {
            long instant = each.wakeUps.pollFirst();
            judgeAfterStart(each, judgedUntil(name));
            sequences.onWatermark(instant, judgedUntil(name), 0, each, out::transition);
          }
        });
  }

  @Override
  public void standStill() {
    for (Points each : points.values()) {
      if (each.isAskedToWakeSoon) {
        each.isAskedToWakeSoon = false;
        series.onStandstill(watermark, each, new Folded());
      }
    }
  }

  @Override
  public Object snapshot() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(16_384);
    DataOutputStream to = new DataOutputStream(bytes);
    to.writeInt(counts.size());
    for (Map.Entry<Long, Counts> each : counts.entrySet()) {
      to.writeLong(each.getKey());
      each.getValue().write(to);
    }
    to.writeInt(points.size());
    for (Map.Entry<Long, Points> each : points.entrySet()) {
      to.writeLong(each.getKey());
      each.getValue().write(to);
    }
    to.writeInt(robots.size());
    for (Map.Entry<String, Robot> each : robots.entrySet()) {
      to.writeUTF(each.getKey());
      each.getValue().write(to);
    }
    to.writeLong(Arrays.stream(judged).max().getAsLong());
    return bytes.toByteArray();
  }

  @Override
  public void restore(Object snapshot, int parallelism) throws IOException {
    begin();
    watermark = Long.MIN_VALUE;
    countsWatermark = Long.MIN_VALUE;
    counts = new TreeMap<>();
    points = new TreeMap<>();
    robots = new TreeMap<>();
    DataInputStream from = new DataInputStream(new ByteArrayInputStream((byte[]) snapshot));
    for (int left = from.readInt(); left > 0; left--) {
      counts.put(from.readLong(), Counts.read(from));
    }
    for (int left = from.readInt(); left > 0; left--) {
      points.put(from.readLong(), Points.read(from));
    }
    for (int left = from.readInt(); left > 0; left--) {
      robots.put(from.readUTF(), Robot.read(from));
    }
    judged = new long[parallelism];
    Arrays.fill(judged, from.readLong());
  }

  @Override
  public String leftovers(boolean alertsAreOpen) {
    StringBuilder left = new StringBuilder();
    counts.forEach((key, each) -> left.append(each.isEmpty() ? "" : "counts of key " + key + "; "));
    points.forEach((key, each) -> left.append(each.isEmpty() ? "" : "points of key " + key + "; "));
    if (!alertsAreOpen) {
      robots.forEach((name, each) -> left.append(each.isEmpty() ? "" : "events of " + name + "; "));
    }
    return left.toString();
  }

  @Override
  public void close() {}

  private final class Counted implements CountOutput {
    @Override
    public void counts(SampleBatch batch) {
      samples(batch);
    }

    @Override
    public void increments(SampleBatch batch) {}

    @Override
    public void beyondHorizon(Occurrence fact) {
      long minute = Math.floorDiv(fact.timestamp(), 60_000) * 60_000;
      for (int i = 0; i < fact.series().size(); i++) {
        out.row(new RepairWindow(fact.series().series(i).id(), Interval.MINUTE, minute));
      }
    }
  }

  private final class Folded implements SeriesOutput {
    @Override
    public void rollup(Rollup rollup) {
      out.row(rollup);
    }

    @Override
    public void chunk(PointChunk chunk) {
      out.row(chunk);
    }

    @Override
    public void beyondHorizon(LatePoint point) {
      out.row(point);
    }

    @Override
    public void series(SeriesEntry entry) {}

    @Override
    public void collision(Series collided, long timestamp, long sourceId, long offset) {
      throw new IllegalStateException("no two generated series share an id: " + collided);
    }

    @Override
    public void lateSamples(int count) {}

    @Override
    public void conflicts(int count) {}
  }

  private static final class Counts implements CountStore {
    private final TreeMap<Long, CountedSecond> seconds = new TreeMap<>();
    private final TreeSet<Long> wakeUps = new TreeSet<>();
    private CountIndex index;

    boolean isEmpty() {
      return seconds.isEmpty() && index == null && wakeUps.isEmpty();
    }

    @Override
    public CountedSecond second(long start) {
      return seconds.get(start);
    }

    @Override
    public void second(long start, CountedSecond counted) {
      set(seconds, start, counted);
    }

    @Override
    public CountIndex index() {
      return index;
    }

    @Override
    public void index(CountIndex value) {
      index = value;
    }

    @Override
    public void wakeAt(long watermark) {
      wakeUps.add(watermark);
    }

    void write(DataOutput to) throws IOException {
      CoreTarget.write(wakeUps, to);
      CoreTarget.write(index, new CountIndex.BinaryForm(), to);
      CoreTarget.write(seconds, new CountedSecond.BinaryForm(), to);
    }

    static Counts read(DataInput from) throws IOException {
      Counts counts = new Counts();
      CoreTarget.readInto(counts.wakeUps, from);
      counts.index = CoreTarget.read(new CountIndex.BinaryForm(), from);
      CoreTarget.readInto(counts.seconds, new CountedSecond.BinaryForm(), from);
      return counts;
    }
  }

  private static final class Points implements SeriesStore {
    private final TreeMap<Long, List<LogBatch>> logs = new TreeMap<>();
    private final TreeMap<Long, AccumulatorBlock> minutes = new TreeMap<>();
    private final TreeMap<Long, AccumulatorBlock> fives = new TreeMap<>();
    private final TreeMap<Long, AccumulatorBlock> quarters = new TreeMap<>();
    private final TreeSet<Long> wakeUps = new TreeSet<>();
    private boolean isAskedToWakeSoon;
    private SeriesTable table;
    private Agenda agenda;
    private Holdings holdings;

    boolean isEmpty() {
      return table == null
          && agenda == null
          && holdings == null
          && logs.isEmpty()
          && minutes.isEmpty()
          && fives.isEmpty()
          && quarters.isEmpty()
          && wakeUps.isEmpty();
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

    private TreeMap<Long, AccumulatorBlock> of(Interval level) {
      return switch (level) {
        case MINUTE -> minutes;
        case FIVE_MINUTES -> fives;
        case QUARTER -> quarters;
        case HOUR, DAY ->
            throw new IllegalArgumentException("blocks of " + level + " are not stored");
      };
    }

    @Override
    public AccumulatorBlock block(Interval level, long start) {
      return of(level).get(start);
    }

    @Override
    public void block(Interval level, long start, AccumulatorBlock block) {
      set(of(level), start, block);
    }

    @Override
    public void wakeAt(long watermark) {
      wakeUps.add(watermark);
    }

    @Override
    public void wakeSoon() {
      isAskedToWakeSoon = true;
    }

    void write(DataOutput to) throws IOException {
      CoreTarget.write(wakeUps, to);
      to.writeBoolean(isAskedToWakeSoon);
      CoreTarget.write(table, new SeriesTable.BinaryForm(), to);
      CoreTarget.write(agenda, new Agenda.BinaryForm(), to);
      CoreTarget.write(holdings, new Holdings.BinaryForm(), to);
      to.writeInt(logs.size());
      for (Map.Entry<Long, List<LogBatch>> log : logs.entrySet()) {
        to.writeLong(log.getKey());
        CoreTarget.write(log.getValue(), new LogBatch.BinaryForm(), to);
      }
      CoreTarget.write(minutes, new AccumulatorBlock.BinaryForm(), to);
      CoreTarget.write(fives, new AccumulatorBlock.BinaryForm(), to);
      CoreTarget.write(quarters, new AccumulatorBlock.BinaryForm(), to);
    }

    static Points read(DataInput from) throws IOException {
      Points points = new Points();
      CoreTarget.readInto(points.wakeUps, from);
      points.isAskedToWakeSoon = from.readBoolean();
      points.table = CoreTarget.read(new SeriesTable.BinaryForm(), from);
      points.agenda = CoreTarget.read(new Agenda.BinaryForm(), from);
      points.holdings = CoreTarget.read(new Holdings.BinaryForm(), from);
      for (int left = from.readInt(); left > 0; left--) {
        points.logs.put(from.readLong(), CoreTarget.readList(new LogBatch.BinaryForm(), from));
      }
      CoreTarget.readInto(points.minutes, new AccumulatorBlock.BinaryForm(), from);
      CoreTarget.readInto(points.fives, new AccumulatorBlock.BinaryForm(), from);
      CoreTarget.readInto(points.quarters, new AccumulatorBlock.BinaryForm(), from);
      return points;
    }
  }

  private static final class Robot implements SequenceStore {
    private final TreeSet<Long> wakeUps = new TreeSet<>();
    private List<Event> events = new ArrayList<>();
    private List<IssuedAlert> issued = List.of();
    private boolean isJudgedSinceStart;

    boolean isEmpty() {
      return wakeUps.isEmpty() && events.isEmpty() && issued.isEmpty();
    }

    @Override
    public List<Event> events() {
      return new ArrayList<>(events);
    }

    @Override
    public void append(Event event) {
      events.add(event);
    }

    @Override
    public void events(List<Event> value) {
      events = new ArrayList<>(value);
    }

    @Override
    public List<IssuedAlert> issued() {
      return issued;
    }

    @Override
    public void issued(List<IssuedAlert> value) {
      issued = value;
    }

    @Override
    public void wakeAt(long watermark) {
      wakeUps.add(watermark);
    }

    void write(DataOutput to) throws IOException {
      CoreTarget.write(wakeUps, to);
      CoreTarget.write(events, new Codecs.EventCodec(), to);
      CoreTarget.write(issued, new IssuedAlert.BinaryForm(), to);
    }

    static Robot read(DataInput from) throws IOException {
      Robot robot = new Robot();
      CoreTarget.readInto(robot.wakeUps, from);
      robot.events = CoreTarget.readList(new Codecs.EventCodec(), from);
      robot.issued = CoreTarget.readList(new IssuedAlert.BinaryForm(), from);
      return robot;
    }
  }

  private static <T> void set(Map<Long, T> map, long start, T value) {
    if (value == null) {
      map.remove(start);
    } else {
      map.put(start, value);
    }
  }

  private static void write(TreeSet<Long> wakeUps, DataOutput to) throws IOException {
    to.writeInt(wakeUps.size());
    for (long each : wakeUps) {
      to.writeLong(each);
    }
  }

  private static void readInto(TreeSet<Long> wakeUps, DataInput from) throws IOException {
    for (int left = from.readInt(); left > 0; left--) {
      wakeUps.add(from.readLong());
    }
  }

  private static <T> void write(T value, Codec<T> codec, DataOutput to) throws IOException {
    to.writeBoolean(value != null);
    if (value != null) {
      codec.write(value, to);
    }
  }

  private static <T> T read(Codec<T> codec, DataInput from) throws IOException {
    return from.readBoolean() ? codec.read(codec.version(), from) : null;
  }

  private static <T> void write(List<T> values, Codec<T> codec, DataOutput to) throws IOException {
    to.writeInt(values.size());
    for (T value : values) {
      codec.write(value, to);
    }
  }

  private static <T> List<T> readList(Codec<T> codec, DataInput from) throws IOException {
    List<T> values = new ArrayList<>();
    for (int left = from.readInt(); left > 0; left--) {
      values.add(codec.read(codec.version(), from));
    }
    return values;
  }

  private static <T> void write(Map<Long, T> values, Codec<T> codec, DataOutput to)
      throws IOException {
    to.writeInt(values.size());
    for (Map.Entry<Long, T> each : values.entrySet()) {
      to.writeLong(each.getKey());
      write(each.getValue(), codec, to);
    }
  }

  private static <T> void readInto(Map<Long, T> values, Codec<T> codec, DataInput from)
      throws IOException {
    for (int left = from.readInt(); left > 0; left--) {
      values.put(from.readLong(), read(codec, from));
    }
  }
}
