package oht50.metrics.sink.postgres;

import static oht50.metrics.sink.postgres.Samples.BATTERY;
import static oht50.metrics.sink.postgres.Samples.FIRST_LIFE;
import static oht50.metrics.sink.postgres.Samples.MINUTE;
import static oht50.metrics.sink.postgres.Samples.NOON;
import static oht50.metrics.sink.postgres.Samples.chunk;
import static oht50.metrics.sink.postgres.Samples.entry;
import static oht50.metrics.sink.postgres.Samples.firing;
import static oht50.metrics.sink.postgres.Samples.late;
import static oht50.metrics.sink.postgres.Samples.rollup;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import oht50.metrics.model.Cause;
import oht50.metrics.model.Event;
import oht50.metrics.model.EventKind;
import oht50.metrics.model.Position;
import oht50.metrics.model.RejectReason;
import oht50.metrics.model.Rejected;
import oht50.metrics.model.Rollup;
import oht50.metrics.typeinfo.TypeInfos;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;

/** The wiring: all sinks in one bounded job. What they write is tested without Flink. */
class SinksOnFlinkTest {
  private static final int ROLLUPS = 5_000;

  private final StreamExecutionEnvironment environment = environment();

  private static StreamExecutionEnvironment environment() {
    Configuration configuration = new Configuration();
    configuration.set(PipelineOptions.GENERIC_TYPES, false);
    configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
    StreamExecutionEnvironment environment =
        StreamExecutionEnvironment.createLocalEnvironment(2, configuration);
    environment.enableCheckpointing(200);
    return environment;
  }

  private <T> void write(List<T> rows, TypeInformation<T> type, Sink<T> sink) {
    environment.fromData(rows, type).rebalance().sinkTo(sink);
  }

  @Test
  void everythingArrivesWhenABoundedJobEnds() throws Exception {
    Database database = Database.empty();
    PostgresSinks sinks = new PostgresSinks(database.settings(), WriteOptions.defaults());
    List<Rollup> rollups = new ArrayList<>();
    for (int i = 0; i < ROLLUPS; i++) {
      rollups.add(rollup(NOON + i * MINUTE, i, true, Cause.ON_TIME, FIRST_LIFE, 1, i));
    }
    Position position = new Position("oht50.safety", 0, 1);
    write(rollups, TypeInfos.ROLLUP, sinks.rollupsSink());
    write(List.of(chunk(FIRST_LIFE, 1, 1, 1, 2)), TypeInfos.POINT_CHUNK, sinks.chunksSink());
    write(List.of(late(-5, 3, 1)), TypeInfos.LATE_POINT, sinks.latePointsSink());
    write(List.of(entry(BATTERY)), TypeInfos.SERIES_ENTRY, sinks.seriesSink());
    write(
        List.of(
            new Event(
                EventKind.SAFETY, "1", null, "e_stop", null, null, true, NOON, "{}", position)),
        TypeInfos.EVENT,
        sinks.eventsSink());
    write(
        List.of(new Rejected(position, "$", RejectReason.NO_ENTITY, "no key", null, "{}", NOON)),
        TypeInfos.REJECTED,
        sinks.rejectedSink());
    write(
        List.of(firing("t1", 1, 1, 1), firing("t2", 1, 1, 2)),
        TypeInfos.ALERT_TRANSITION,
        sinks.transitionsSink());

    environment.execute();

    assertThat(
            database.rows(
                """
                SELECT (SELECT count(*) FROM rollups), (SELECT count(*) FROM chunks),
                  (SELECT count(*) FROM late_points), (SELECT count(*) FROM series),
                  (SELECT count(*) FROM events), (SELECT count(*) FROM rejected),
                  (SELECT count(*) FROM alert_transitions), (SELECT count(*) FROM metrics)
                """))
        .containsExactly(ROLLUPS + "|1|1|1|1|1|2|3");
  }
}
