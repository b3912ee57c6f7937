package oht50.metrics.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import oht50.metrics.mission.MissionFact;
import oht50.metrics.mission.MissionPriority;
import oht50.metrics.mission.MissionStatus;
import oht50.metrics.model.Backfill;
import oht50.metrics.model.Cause;
import oht50.metrics.model.Event;
import oht50.metrics.model.EventKind;
import oht50.metrics.model.Occurrence;
import oht50.metrics.model.Position;
import oht50.metrics.model.Registration;
import oht50.metrics.model.RejectReason;
import oht50.metrics.model.Rejected;
import oht50.metrics.model.RepairWindow;
import oht50.metrics.model.RuleSet;
import oht50.metrics.model.SampleBatch;
import oht50.metrics.model.Series;
import oht50.metrics.model.SeriesLayout;
import oht50.metrics.model.StaleMarker;
import oht50.metrics.time.Interval;
import oht50.metrics.vda.EmergencyStop;
import oht50.metrics.vda.RobotState;
import oht50.metrics.vda.StateReport;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

class DecodedCodecTest {
  private static final Position POSITION = new Position("oht50.test", 1, 2);
  private static final SeriesLayout LAYOUT = SeriesLayout.of(Series.gauge("a", "robot_id", "R"));

  @Test
  void readsWhatItWrote() throws Exception {
    Decoded full =
        new Decoded(
            new SampleBatch[] {SampleBatch.at(5, LAYOUT, new double[] {1.5}, POSITION)},
            new Occurrence[] {new Occurrence(LAYOUT, 1, 2, 3, 4)},
            new Event[] {
              new Event(
                  EventKind.MISSION, "i", null, null, null, "queued", false, 5, "{}", POSITION)
            },
            new MissionFact[] {
              new MissionFact(
                  "m", MissionStatus.QUEUED, 5, "R", "dock", MissionPriority.HIGH, 3, 4),
              new MissionFact("m", MissionStatus.FAILED, 6, null, null, null, 3, 5)
            },
            new StateReport[] {
              new StateReport("R", 5, 7, new RobotState(EmergencyStop.NONE, true, null, null), 3, 4)
            },
            new Registration[] {
              new Registration("R", false, "fab-1", "Asia/Ho_Chi_Minh", 5, 100, 6, 7, "{\"a\":1}"),
              Registration.removal("R", 6, 8)
            },
            new Backfill[] {
              Backfill.question(LAYOUT.series(0), 9, List.of()),
              new Backfill(
                  LAYOUT.series(0),
                  9,
                  1,
                  60_000,
                  Backfill.NOTHING_SAID,
                  0,
                  new long[] {5, 7},
                  new double[] {1.5, StaleMarker.VALUE},
                  List.of(
                      new RepairWindow(
                          LAYOUT.series(0).id(), Interval.MINUTE, 0, Cause.LATE, 60_000)))
            },
            new RuleSet[] {new RuleSet(9, new TreeMap<>(Map.of("a.yml", "groups: []")), POSITION)},
            new Rejected[] {
              new Rejected(POSITION, "$", RejectReason.NO_DATA, "nothing", null, "x", 7)
            },
            5,
            7);
    Decoded empty = Decoded.time(Decoded.NO_EVENT_TIME, -1);
    TypeSerializer<Decoded> serializer = Decoded.TYPE.createSerializer(new SerializerConfigImpl());
    DataOutputSerializer out = new DataOutputSerializer(64);

    serializer.serialize(full, out);
    serializer.serialize(empty, out);

    DataInputDeserializer in = new DataInputDeserializer(out.getCopyOfBuffer());
    assertThat(serializer.deserialize(in)).isEqualTo(full);
    assertThat(serializer.deserialize(in)).isEqualTo(empty);
    assertThat(in.available()).isZero();
  }
}
