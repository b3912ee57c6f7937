package oht50.metrics.simulation;

import java.util.Arrays;
import java.util.SplittableRandom;
import oht50.metrics.model.Event;
import oht50.metrics.model.EventKind;
import oht50.metrics.model.MetricKind;
import oht50.metrics.model.Occurrence;
import oht50.metrics.model.Position;
import oht50.metrics.model.SampleBatch;
import oht50.metrics.model.Series;
import oht50.metrics.model.SeriesLayout;
import oht50.metrics.model.StaleMarker;

/** What robots send: each message has the next position. */
final class Messages {
  private static final long SECOND = 1_000;
  private static final long MINUTE = 60 * SECOND;

  private static final double[] ODD_VALUES = {
    Double.NaN,
    StaleMarker.VALUE,
    0.0,
    -0.0,
    Double.POSITIVE_INFINITY,
    Double.NEGATIVE_INFINITY,
    Double.MIN_VALUE,
    1e308,
    -1e308,
    1e16
  };

  private static final Position TELEMETRY = new Position("oht50.telemetry", 0, 0);
  private static final Position POINTS = new Position("oht50.points", 0, 0);
  private static final Position SAFETY = new Position("oht50.safety", 0, 0);

  private final SplittableRandom random;
  private long offset;

  Messages(SplittableRandom random) {
    this.random = random;
  }

  private double value() {
    int dice = random.nextInt(100);
    if (dice < 4) {
      return ODD_VALUES[random.nextInt(ODD_VALUES.length)];
    }
    return dice < 50 ? random.nextInt(1000) / 10.0 : (random.nextDouble() - 0.5) * 1e3;
  }

  private double[] values(SeriesLayout layout) {
    double[] values = new double[layout.size()];
    Arrays.setAll(values, i -> value(layout.series(i)));
    return values;
  }

  /** A fact has few values. */
  private double value(Series series) {
    double value = value();
    boolean isOdd = !(Math.abs(value) < 1e4) || value == 0;
    return series.kind() != MetricKind.TRACKED_STATE || isOdd
        ? value
        : Math.floorMod((long) value, 3);
  }

  SampleBatch telemetry(Robot robot, long at) {
    int from = random.nextInt(robot.telemetry().length);
    Series[] some = Arrays.copyOfRange(robot.telemetry(), from, robot.telemetry().length);
    return samples(new long[] {at}, some, TELEMETRY);
  }

  SampleBatch slow(Robot robot, long now) {
    return samples(new long[] {now - random.nextLong(MINUTE)}, robot.slow(), TELEMETRY);
  }

  /** As a source sends them that was away: old and new, not in order. */
  SampleBatch ofSeveralTimes(Robot robot, long now) {
    int size = 2 + random.nextInt(6);
    Series[] some = new Series[size];
    long[] times = new long[size];
    for (int i = 0; i < size; i++) {
      some[i] = robot.telemetry()[random.nextInt(robot.telemetry().length)];
      times[i] = now - random.nextLong(4 * MINUTE);
    }
    return samples(times, some, POINTS);
  }

  private SampleBatch samples(long[] times, Series[] series, Position source) {
    SeriesLayout layout = SeriesLayout.of(series);
    return new SampleBatch(layout, times, values(layout), source.sourceId(), offset++);
  }

  /** Other values for the same series and times, from the same source or another. */
  SampleBatch conflicting(SampleBatch batch) {
    long source =
        random.nextBoolean()
            ? batch.sourceId()
            : batch.sourceId() == POINTS.sourceId() ? TELEMETRY.sourceId() : POINTS.sourceId();
    return new SampleBatch(
        batch.layout(), batch.timestamps(), values(batch.layout()), source, offset++);
  }

  /** Sent once more; an event keeps its position. */
  Object again(Object message) {
    if (message instanceof SampleBatch batch) {
      return new SampleBatch(
          batch.layout(), batch.timestamps(), batch.values(), batch.sourceId(), offset++);
    }
    if (message instanceof Occurrence fact) {
      return new Occurrence(
          fact.series(), fact.naturalKey(), fact.timestamp(), fact.sourceId(), offset++);
    }
    return message;
  }

  Occurrence fact(SeriesLayout layout, long at) {
    return new Occurrence(layout, random.nextLong(), at, SAFETY.sourceId(), offset++);
  }

  Event event(
      Robot robot, EventKind kind, String type, String status, boolean acknowledged, long at) {
    long number = offset++;
    return new Event(
        kind,
        "event-" + number,
        robot.id(),
        type,
        null,
        status,
        acknowledged,
        at,
        "{}",
        new Position(SAFETY.topic(), 0, number));
  }

  /** The same fact at another time. */
  Event moved(Event other, long at) {
    return new Event(
        other.kind(),
        other.id(),
        other.entity(),
        other.type(),
        other.severity(),
        other.status(),
        other.acknowledged(),
        at,
        other.payload(),
        new Position(SAFETY.topic(), 0, offset++));
  }
}
