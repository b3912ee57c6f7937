package oht50.metrics.source.kafka;

import java.util.ArrayList;
import java.util.List;
import oht50.metrics.model.Labels;
import oht50.metrics.model.MetricKind;
import oht50.metrics.model.Series;
import oht50.metrics.model.SeriesLayout;

/**
 * The values of one message, reused for the next: which series are present (bits of {@link
 * TelemetrySeries}), their values, and which blocks were accepted (bits of {@link Block}).
 */
final class TelemetryFrame {
  /** The blocks that are counted; the words are those of the label {@code data_type}. */
  enum Block {
    STATUS("status"),
    LOCATION("location"),
    NAVIGATION("navigation"),
    DOCK("dock"),
    SAFETY("safety");

    private static final Block[] ALL = values();

    private final String word;

    Block(String word) {
      this.word = word;
    }

    String word() {
      return word;
    }
  }

  /** About 1,000 robots with four shapes of message each. */
  private static final int SHAPES = 4_096;

  private final LayoutCache layouts = new LayoutCache(SHAPES, TelemetryFrame::sampleLayout);
  private final LayoutCache counters = new LayoutCache(SHAPES, TelemetryFrame::counterLayout);
  private final double[] values = new double[Long.SIZE];
  private long present;
  private long accepted;

  void clear() {
    present = 0;
    accepted = 0;
  }

  /** NaN is the absence of a value. */
  void set(TelemetrySeries series, double value) {
    if (!Double.isNaN(value)) {
      present |= series.bit();
      values[series.ordinal()] = value;
    }
  }

  /** 1 for this state and 0 for each other. */
  void setState(RobotState current) {
    for (RobotState state : RobotState.values()) {
      set(TelemetrySeries.of(state), state == current ? 1 : 0);
    }
  }

  /** The set of series so far; a block has been accepted when it is larger after the block. */
  long present() {
    return present;
  }

  void accept(Block block) {
    accepted |= 1L << block.ordinal();
  }

  boolean isEmpty() {
    return present == 0;
  }

  void emit(String robot, long timestamp, long naturalKey, Draft draft) {
    double[] samples = new double[Long.bitCount(present)];
    long rest = present;
    for (int i = 0; i < samples.length; i++) {
      samples[i] = values[Long.numberOfTrailingZeros(rest)];
      rest &= rest - 1;
    }
    draft.samples(timestamp, layouts.get(robot, present), samples);
    if (accepted != 0) {
      draft.occurrence(counters.get(robot, accepted), naturalKey, timestamp);
    }
  }

  private static SeriesLayout sampleLayout(String robot, long present) {
    List<Series> series = new ArrayList<>();
    for (long rest = present; rest != 0; rest &= rest - 1) {
      series.add(TelemetrySeries.ofBit(Long.numberOfTrailingZeros(rest)).of(robot));
    }
    return SeriesLayout.of(series);
  }

  private static SeriesLayout counterLayout(String robot, long accepted) {
    List<Series> series = new ArrayList<>();
    for (long rest = accepted; rest != 0; rest &= rest - 1) {
      String word = Block.ALL[Long.numberOfTrailingZeros(rest)].word();
      series.add(
          Series.of(
              "oht50_telemetry_data_points_total",
              Labels.of("data_type", word, "robot_id", robot),
              MetricKind.DELTA));
    }
    return SeriesLayout.of(series);
  }
}
