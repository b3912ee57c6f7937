package oht50.metrics.sink.postgres;

import static oht50.metrics.sink.postgres.Samples.FIRST_LIFE;
import static oht50.metrics.sink.postgres.Samples.MINUTE;
import static oht50.metrics.sink.postgres.Samples.NOON;
import static oht50.metrics.sink.postgres.Samples.rollup;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import oht50.metrics.model.Cause;
import oht50.metrics.model.Rollup;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class UpsertWriterTest {
  private static final String COUNT = "SELECT count(*) FROM rollups";

  private Database database;
  private FlakyConnections connections;
  private WriterUnderTest<Rollup> writer;

  @BeforeEach
  void start() {
    database = Database.empty();
    connections = new FlakyConnections(database.settings(), 0);
    writer = new WriterUnderTest<>(new RollupsTable(), connections);
  }

  @AfterEach
  void stop() {
    writer.close();
  }

  @Test
  void rowsWaitForTheirBatchAndNoLongerThanTheInterval() throws Exception {
    writer.writer.write(rollup(1, 1, 1), null);
    writer.timers.advance(499);
    assertThat(database.rows(COUNT)).containsExactly("0");

    writer.timers.advance(1);
    assertThat(database.rows(COUNT)).containsExactly("1");
    assertThat(writer.timers.isSet()).isFalse();
  }

  @Test
  void timerIsSetAgainForTheNextRow() throws Exception {
    writer.writer.write(rollup(1, 1, 1), null);
    writer.timers.advance(500);
    writer.writer.write(rollup(2, 1, 2), null);
    writer.timers.advance(500);

    assertThat(database.rows("SELECT sum FROM rollups")).containsExactly("2");
  }

  @Test
  void fullBatchIsWrittenAtOnce() throws Exception {
    for (int i = 0; i < WriterUnderTest.BATCH_ROWS; i++) {
      writer.writer.write(
          rollup(NOON + i * MINUTE, i, true, Cause.ON_TIME, FIRST_LIFE, 1, i), null);
    }
    assertThat(database.rows(COUNT)).containsExactly("100");
  }

  @Test
  void checkpointWritesWhatIsHeld() throws Exception {
    writer.write(rollup(1, 1, 1));

    assertThat(database.rows(COUNT)).containsExactly("1");
    assertThat(writer.metrics.written()).isEqualTo(1);
  }

  @Test
  void outageWithinTheBudgetIsWaitedOut() throws Exception {
    connections.failNext(12);
    writer.write(rollup(1, 1, 1));

    assertThat(database.rows(COUNT)).containsExactly("1");
    assertThat(writer.metrics.retried()).isEqualTo(12);
  }

  @Test
  void outageBeyondTheBudgetFailsTheJob() {
    connections.failNext(1_000);
    long before = writer.clock.currentMillis();

    assertThatThrownBy(() -> writer.write(rollup(1, 1, 1)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("rollups")
        .hasMessageContaining("08006");
    assertThat(writer.clock.currentMillis() - before).isBetween(50_000L, 60_000L);
  }

  /** Half an hour of failures must not be a chain of half an hour of exceptions. */
  @Test
  void failuresOfAnOutageDoNotPileUp() {
    connections.failNext(100_000);
    for (int minute = 0; minute < 30; minute++) {
      assertThatThrownBy(() -> writer.write(rollup(1, 1, 1)))
          .satisfies(failure -> assertThat(reachable(failure)).isLessThanOrEqualTo(3));
    }
  }

  private static int reachable(Throwable failure) {
    int count = 1;
    for (Throwable suppressed : failure.getSuppressed()) {
      count += reachable(suppressed);
    }
    return failure.getCause() == null ? count : count + reachable(failure.getCause());
  }

  @Test
  void connectionThatTheServerEndsIsOpenedAgain() throws Exception {
    writer.write(rollup(1, 1, 1));
    var ended =
        database.rows(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
                + " WHERE application_name = 'oht50-metrics'");
    writer.write(rollup(2, 1, 2));

    assertThat(database.rows("SELECT sum FROM rollups")).containsExactly("2");
    assertThat(ended).containsExactly("t");
  }

  @Test
  void missingTableFailsTheJobAtOnce() {
    database.execute("ALTER TABLE rollups RENAME TO rollups_away");
    try {
      assertThatThrownBy(() -> writer.write(rollup(1, 1, 1)))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("42P01");
      assertThat(connections.tries()).isEqualTo(1);
    } finally {
      database.execute("ALTER TABLE rollups_away RENAME TO rollups");
    }
  }
}
