package oht50.metrics.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import oht50.metrics.budget.KeyNotice;
import oht50.metrics.budget.OverflowSum;
import oht50.metrics.budget.OverflowWindow;
import oht50.metrics.budget.SeriesAsk;
import oht50.metrics.budget.SeriesVerdict;
import oht50.metrics.model.AlertState;
import oht50.metrics.model.AlertTransition;
import oht50.metrics.model.Backfill;
import oht50.metrics.model.Cause;
import oht50.metrics.model.Event;
import oht50.metrics.model.EventKind;
import oht50.metrics.model.Evidence;
import oht50.metrics.model.Labels;
import oht50.metrics.model.LatePoint;
import oht50.metrics.model.LatestPoint;
import oht50.metrics.model.Occurrence;
import oht50.metrics.model.PointChunk;
import oht50.metrics.model.Position;
import oht50.metrics.model.Registration;
import oht50.metrics.model.RejectReason;
import oht50.metrics.model.Rejected;
import oht50.metrics.model.RepairWindow;
import oht50.metrics.model.Rollup;
import oht50.metrics.model.SampleBatch;
import oht50.metrics.model.Series;
import oht50.metrics.model.SeriesEntry;
import oht50.metrics.model.SeriesLayout;
import oht50.metrics.model.StaleMarker;
import oht50.metrics.time.Interval;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CodecsTest {
  private static final SeriesLayout LAYOUT =
      SeriesLayout.of(
          Series.gauge("a", "robot_id", "R-ü"), Series.gauge("b", "robot_id", "R-ü", "axis", "x"));
  private static final Position POSITION = new Position("oht50.points", 3, 1L << 40);

  record Case(String name, Object value, Codec<?> codec) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Case> cases() {
    return Stream.of(
        new Case(
            "batch",
            new SampleBatch(
                LAYOUT, new long[] {1, -2}, new double[] {-0.0, StaleMarker.VALUE}, 7, 8),
            new Codecs.SampleBatchCodec()),
        new Case("occurrence", new Occurrence(LAYOUT, 1, 2, 3, 4), new Codecs.OccurrenceCodec()),
        new Case(
            "event",
            new Event(
                EventKind.SAFETY, "17", null, "e_stop", "high", null, true, 5, "{}", POSITION),
            new Codecs.EventCodec()),
        new Case(
            "event that is withdrawn",
            new Event(EventKind.MISSION, "m", "R", null, null, "failed", false, 5, null, POSITION)
                .withdrawn(),
            new Codecs.EventCodec()),
        new Case(
            "rejected",
            new Rejected(POSITION, "$", RejectReason.TOO_LARGE, "17 KiB", null, "x".repeat(300), 9),
            new Codecs.RejectedCodec()),
        new Case(
            "rollup",
            new Rollup(
                1,
                Interval.QUARTER,
                2,
                3,
                4,
                -0.0,
                Double.NaN,
                5,
                6,
                7,
                Rollup.NONE,
                -0.0,
                1.5,
                -1,
                11,
                true,
                Cause.LATE,
                8,
                9,
                10),
            new Codecs.RollupCodec()),
        new Case(
            "chunk",
            new PointChunk(1, 2, 3, new int[] {0, 5}, new double[] {1, Double.NaN}, 4, 5, 6),
            new Codecs.PointChunkCodec()),
        new Case(
            "repair window",
            new RepairWindow(1, Interval.MINUTE, 2, Cause.DEFINITION, 3),
            new Codecs.RepairWindowCodec()),
        new Case(
            "registration",
            new Registration("R", false, null, "Europe/Berlin", 1, 100, 2, 3),
            new Codecs.RegistrationCodec()),
        new Case(
            "registration that names topics",
            new Registration("R", false, null, null, 1, 100, "a", "b", 2, 3, null),
            new Codecs.RegistrationCodec()),
        new Case(
            "registration among batches",
            new Registration("R", false, "s", null, 1, Registration.NOT_SAID, 2, 3, "{\"a\":1}"),
            new Codecs.SeriesInputCodec()),
        new Case(
            "notice of a registration",
            KeyNotice.of(Registration.removal("R", 2, 4)),
            new KeyNotice.BinaryForm()),
        new Case(
            "notice of a backfill",
            KeyNotice.of(
                new Backfill(
                    Series.gauge("m", "robot_id", "R"),
                    1,
                    2,
                    3,
                    Backfill.NOTHING_SAID,
                    Double.NaN,
                    new long[] {4, 6, 60_000},
                    new double[] {-0.0, StaleMarker.VALUE, 7},
                    List.of(
                        new RepairWindow(
                            Series.gauge("m", "robot_id", "R").id(),
                            Interval.DAY,
                            5,
                            Cause.LATE,
                            6)))),
            new KeyNotice.BinaryForm()),
        new Case(
            "notice of a verdict",
            KeyNotice.of(new SeriesVerdict(1, 2, true, 3)),
            new KeyNotice.BinaryForm()),
        new Case(
            "end of a registration",
            Registration.removal("R", 2, 4),
            new Codecs.RegistrationCodec()),
        new Case("late point", new LatePoint(1, 2, 3, 4, 5, 6, 7, 8), new Codecs.LatePointCodec()),
        new Case("ask", new SeriesAsk("m", 1, 2, Long.MIN_VALUE), new SeriesAsk.BinaryForm()),
        new Case("verdict", new SeriesVerdict(1, 2, true, 3), new SeriesVerdict.BinaryForm()),
        new Case(
            "overflow",
            new OverflowSum("m", 60_000, 2, Double.NaN, -0.0, 1),
            new OverflowSum.BinaryForm()),
        new Case(
            "overflow window",
            OverflowWindow.begin(
                Interval.HOUR, 7_200_000, OverflowSum.of("m", 3_600_000, 7), 5, true),
            new OverflowWindow.BinaryForm()),
        new Case(
            "latest point",
            new LatestPoint(1, 2, StaleMarker.VALUE, 4, 5, 6, 7, 8, 9),
            new Codecs.LatestPointCodec()),
        new Case(
            "series",
            new SeriesEntry(LAYOUT.series(1), 1, 2, 3, 4, 5),
            new Codecs.SeriesEntryCodec()),
        new Case(
            "transition",
            new AlertTransition(
                "t",
                "a",
                "rule",
                AlertState.FIRING,
                AlertState.INACTIVE,
                false,
                2,
                Cause.ON_TIME,
                Labels.of("robot_id", "R"),
                Labels.EMPTY,
                1,
                10,
                20,
                AlertTransition.OPEN,
                30,
                null,
                new Evidence(
                    3,
                    List.of(
                        new Evidence.Point(
                            "a{robot_id=\"R\"}", false, 10, 1.5, "oht50.telemetry", 2, 7),
                        new Evidence.Point("event-1", true, 20, Double.NaN, "oht50.safety", 0, 8))),
                1,
                2),
            new Codecs.AlertTransitionCodec()));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void readsWhatItWrote(Case each) throws IOException {
    assertThat(roundTrip(each.codec(), each.value(), 1)).containsExactly(each.value());
  }

  @Test
  void bitsOfAStaleMarkerSurvive() throws IOException {
    SampleBatch batch =
        new SampleBatch(LAYOUT, new long[] {1}, new double[] {0, StaleMarker.VALUE}, 7, 8);

    SampleBatch read = roundTrip(new Codecs.SampleBatchCodec(), batch, 1).get(0);

    assertThat(StaleMarker.is(read.values()[1])).isTrue();
  }

  @Test
  void aLayoutSeenBeforeIsNotDecodedAgain() throws IOException {
    List<SeriesLayout> read = roundTrip(new SeriesLayoutCodec(), LAYOUT, 2);

    assertThat(read.get(1)).isSameAs(read.get(0));
  }

  @SuppressWarnings("unchecked")
  private static <T> List<T> roundTrip(Codec<?> codec, T value, int times) throws IOException {
    Codec<T> typed = (Codec<T>) codec;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    for (int i = 0; i < times; i++) {
      typed.write(value, out);
    }
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()));
    Codec<T> reader = typed.duplicate();
    List<T> read = new java.util.ArrayList<>();
    for (int i = 0; i < times; i++) {
      read.add(reader.read(typed.version(), in));
    }
    assertThat(in.available()).isZero();
    return read;
  }
}
