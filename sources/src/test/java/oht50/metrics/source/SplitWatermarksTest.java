package oht50.metrics.source;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.util.InstantiationUtil;
import org.apache.flink.util.clock.RelativeClock;
import org.junit.jupiter.api.Test;

class SplitWatermarksTest {
  /** A whole second of event time. */
  private static final long T = 1_795_546_200_000L;

  private long now;
  private final RelativeClock clock =
      new RelativeClock() {
        @Override
        public long relativeTimeMillis() {
          return now;
        }

        @Override
        public long relativeTimeNanos() {
          return now * 1_000_000;
        }
      };
  private final RecordingOutput output = new RecordingOutput();
  private final WatermarkGenerator<Decoded> generator = SplitWatermarks.standard().generator(clock);

  private void record(long eventTime, long appendTime) {
    generator.onEvent(Decoded.time(eventTime, appendTime), eventTime, output);
  }

  private void periodic() {
    generator.onPeriodicEmit(output);
  }

  private static String watermark(long newest) {
    return Long.toString(newest - 2_000);
  }

  @Test
  void theFirstRecordEmitsAndLaterOnesWhenTheyCrossASecond() {
    record(T, T);
    assertThat(output.take()).containsExactly(watermark(T));

    record(T + 999, T + 999);
    assertThat(output.take()).isEmpty();

    record(T + 1_000, T + 1_000);
    assertThat(output.take()).containsExactly(watermark(T + 1_000));
  }

  @Test
  void withinASecondItIsEmittedPeriodically() {
    record(T, T);
    record(T + 300, T + 300);
    output.take();

    periodic();
    periodic();

    assertThat(output.take()).containsExactly(watermark(T + 300));
  }

  @Test
  void itNeverFalls() {
    record(T + 5_000, T + 5_000);
    output.take();

    record(T, T + 5_100);
    periodic();

    assertThat(output.take()).isEmpty();
  }

  @Test
  void aClockThatRunsAheadIsHeldAtTheBrokersTime() {
    record(T + 29_000, T);
    assertThat(output.take()).containsExactly(watermark(T));

    record(T + 500, T + 1_000);
    assertThat(output.take()).containsExactly(watermark(T + 1_000));
  }

  @Test
  void aSilentSplitIsIdleUntilItsNextRecord() {
    record(T, T);
    output.take();

    now = 4_999;
    periodic();
    assertThat(output.take()).isEmpty();
    now = 5_000;
    periodic();
    periodic();
    assertThat(output.take()).containsExactly("idle");

    record(T + 1, T + 1);
    assertThat(output.take()).containsExactly("active", watermark(T + 1));
  }

  @Test
  void aSplitThatNeverSpokeBecomesIdleToo() {
    now = 5_000;
    periodic();

    assertThat(output.take()).containsExactly("idle");
  }

  @Test
  void aSplitThatTrailsIsIdleUntilItCatchesUp() {
    record(T, T);
    output.take();

    record(T + 100, T + 60_101);
    periodic();
    assertThat(output.take()).containsExactly("idle");

    record(T + 30_000, T + 60_200);
    assertThat(output.take()).containsExactly("active", watermark(T + 30_000));
  }

  @Test
  void anOldFileNeverHoldsUpTheFleet() {
    record(T - 86_400_000, T);
    record(T - 86_399_000, T);
    periodic();

    assertThat(output.take()).containsExactly("idle");
  }

  @Test
  void exactlyTheAllowedTrailIsNotTooFar() {
    record(T, T + 60_000);

    assertThat(output.take()).containsExactly(watermark(T));
  }

  @Test
  void recordsWithoutEventTimeChangeNothing() {
    record(T, T);
    output.take();
    now = 4_000;

    record(Decoded.NO_EVENT_TIME, T + 120_000);
    assertThat(output.take()).isEmpty();
    now = 5_000;
    periodic();
    assertThat(output.take()).containsExactly("idle");
  }

  @Test
  void withoutAnArrivalTheEventTimeCounts() {
    record(T, -1);

    assertThat(output.take()).containsExactly(watermark(T));
  }

  @Test
  void elementsCarryTheirEventTimeElseTheirArrival() throws Exception {
    SplitWatermarks strategy = InstantiationUtil.clone(SplitWatermarks.standard());

    assertThat(strategy.createTimestampAssigner(null).extractTimestamp(Decoded.time(5, 9), 7))
        .isEqualTo(5);
    assertThat(
            strategy
                .createTimestampAssigner(null)
                .extractTimestamp(Decoded.time(Decoded.NO_EVENT_TIME, 9), 7))
        .isEqualTo(9);
  }

  @Test
  void whatDrivesNoTimeIsIdleFromTheStart() {
    WatermarkGenerator<Decoded> silent = new DrivesNoTime().createWatermarkGenerator(null);

    silent.onPeriodicEmit(output);
    silent.onEvent(Decoded.time(T, T), T, output);
    silent.onPeriodicEmit(output);

    assertThat(output.take()).containsExactly("idle");
  }
}
