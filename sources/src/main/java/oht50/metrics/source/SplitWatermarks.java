package oht50.metrics.source;

import java.time.Duration;
import org.apache.flink.api.common.eventtime.TimestampAssigner;
import org.apache.flink.api.common.eventtime.TimestampAssignerSupplier;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkGeneratorSupplier;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.util.clock.RelativeClock;

/**
 * The watermark of a split.
 *
 * <ul>
 *   <li>{@code watermark = min(newest event time, newest append time) - outOfOrderness}: a robot
 *       whose clock runs ahead makes nobody else late
 *   <li>emitted on the record that takes it across a whole second, so that lateness in a replay
 *       does not depend on the replay's speed, and periodically
 *   <li>idle after {@code idleAfter} without a record that has an event time, and while {@code
 *       newest append time - newest event time > maxTrailing}: an old file or one slow clock does
 *       not hold up the fleet
 *   <li>a record without event time changes nothing, so a stream of rejects is a silent split
 * </ul>
 */
public final class SplitWatermarks implements WatermarkStrategy<Decoded> {
  private static final long serialVersionUID = 1L;

  private final long outOfOrdernessMillis;
  private final long idleAfterMillis;
  private final long maxTrailingMillis;

  public SplitWatermarks(Duration outOfOrderness, Duration idleAfter, Duration maxTrailing) {
    this.outOfOrdernessMillis = outOfOrderness.toMillis();
    this.idleAfterMillis = idleAfter.toMillis();
    this.maxTrailingMillis = maxTrailing.toMillis();
  }

  /** 2 s out of order, idle after 5 s, trailing by at most 60 s. */
  public static SplitWatermarks standard() {
    return new SplitWatermarks(
        Duration.ofSeconds(2), Duration.ofSeconds(5), Duration.ofSeconds(60));
  }

  @Override
  public WatermarkGenerator<Decoded> createWatermarkGenerator(
      WatermarkGeneratorSupplier.Context context) {
    // Flink's clock of input activity stands still under backpressure: a split is not idle when it
    // is the job that does not read it.
    return generator(context.getInputActivityClock());
  }

  WatermarkGenerator<Decoded> generator(RelativeClock clock) {
    return new Generator(clock);
  }

  @Override
  public TimestampAssigner<Decoded> createTimestampAssigner(
      TimestampAssignerSupplier.Context context) {
    return new EventTimes();
  }

  private final class Generator implements WatermarkGenerator<Decoded> {
    private static final long NONE = Long.MIN_VALUE;

    private final RelativeClock clock;

    private long newestEvent = NONE;
    private long newestAppend = NONE;
    private long emitted = NONE;
    private long lastRecordAt;
    private boolean idle;

    private Generator(RelativeClock clock) {
      this.clock = clock;
      this.lastRecordAt = clock.relativeTimeMillis();
    }

    @Override
    public void onEvent(Decoded decoded, long eventTimestamp, WatermarkOutput output) {
      if (!decoded.hasEventTime()) {
        return;
      }
      lastRecordAt = clock.relativeTimeMillis();
      newestEvent = Math.max(newestEvent, decoded.eventTime());
      newestAppend = Math.max(newestAppend, arrival(decoded));
      if (trailing()) {
        becomeIdle(output);
        return;
      }
      boolean wasIdle = idle;
      becomeActive(output);
      if (wasIdle || emitted == NONE || crossesASecond()) {
        emit(output);
      }
    }

    @Override
    public void onPeriodicEmit(WatermarkOutput output) {
      if (trailing() || clock.relativeTimeMillis() - lastRecordAt >= idleAfterMillis) {
        becomeIdle(output);
      } else if (newestEvent != NONE) {
        emit(output);
      }
    }

    private long arrival(Decoded decoded) {
      return decoded.appendTime() < 0 ? decoded.eventTime() : decoded.appendTime();
    }

    private boolean trailing() {
      return newestEvent != NONE && newestAppend - newestEvent > maxTrailingMillis;
    }

    private long watermark() {
      return Math.min(newestEvent, newestAppend) - outOfOrdernessMillis;
    }

    private boolean crossesASecond() {
      return Math.floorDiv(watermark(), 1000L) > Math.floorDiv(emitted, 1000L);
    }

    // An emitted watermark makes an output active, so nothing is emitted while idle.
    private void emit(WatermarkOutput output) {
      long watermark = watermark();
      if (watermark > emitted) {
        emitted = watermark;
        output.emitWatermark(new Watermark(watermark));
      }
    }

    private void becomeIdle(WatermarkOutput output) {
      if (!idle) {
        idle = true;
        output.markIdle();
      }
    }

    private void becomeActive(WatermarkOutput output) {
      if (idle) {
        idle = false;
        output.markActive();
      }
    }
  }
}
