package oht50.metrics.sink.postgres;

import static oht50.metrics.sink.postgres.Samples.firing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import oht50.metrics.model.AlertState;
import oht50.metrics.model.AlertTransition;
import oht50.metrics.model.Cause;
import oht50.metrics.model.Evidence;
import org.apache.flink.api.connector.sink2.Committer.CommitRequest;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TransitionsSinkTest {
  private static final String ROWS =
      "SELECT transition_id, turn, state, epoch, seq FROM alert_transitions ORDER BY 1, 2";

  private final TransitionBatch.Serializer serializer = new TransitionBatch.Serializer();
  private final TestClock clock = new TestClock();

  private Database database;
  private FlakyConnections connections;
  private TransitionsWriter writer;
  private TransitionsCommitter committer;

  @BeforeEach
  void start() {
    database = Database.empty();
    connections = new FlakyConnections(database.settings(), 0);
    writer = new TransitionsWriter();
    RowStore<AlertTransition> store =
        new RowStore<>(
            new TransitionsTable(),
            connections,
            new OutagePatience(WriterUnderTest.OUTAGE_BUDGET, clock),
            new WriteMetrics(new UnregisteredMetricsGroup()));
    committer = new TransitionsCommitter(store, clock);
  }

  @AfterEach
  void stop() {
    committer.close();
  }

  /** Flink's part: what a checkpoint holds is written to bytes and read back before its commit. */
  private List<CommitRequest<TransitionBatch>> checkpoint() throws IOException {
    writer.flush(false);
    List<CommitRequest<TransitionBatch>> requests = new ArrayList<>();
    for (TransitionBatch batch : writer.prepareCommit()) {
      byte[] bytes = serializer.serialize(batch);
      requests.add(new TestRequest(serializer.deserialize(serializer.getVersion(), bytes)));
    }
    return requests;
  }

  @Test
  void transitionsAppearOnlyWhenTheirCheckpointHasCompleted() throws Exception {
    writer.write(firing("t1", 1, 1, 1), null);
    writer.flush(false);
    List<CommitRequest<TransitionBatch>> first = checkpoint();
    writer.write(firing("t2", 1, 1, 2), null);
    assertThat(database.rows(ROWS)).isEmpty();

    committer.commit(first);
    assertThat(database.rows(ROWS)).containsExactly("t1|1|firing|1|1");

    committer.commit(checkpoint());
    assertThat(database.rows(ROWS)).containsExactly("t1|1|firing|1|1", "t2|1|firing|1|2");
    assertThat(checkpoint()).isEmpty();
  }

  @Test
  void everyFieldIsStored() throws Exception {
    writer.write(firing("t1", 2, 1, 1), null);
    committer.commit(checkpoint());

    assertThat(
            database.rows(
                "SELECT alert_id, rule, previous_state, withdrawn, cause, labels, annotations,"
                    + " value, active_at AT TIME ZONE 'UTC', starts_at = active_at, ends_at,"
                    + " to_millis(decided_at) - to_millis(active_at), replaces"
                    + " FROM alert_transitions"))
        .containsExactly(
            "c1f2a9d400000000|SafetyEventCritical|inactive|f|on_time|"
                + "{\"robot_id\": \"OHT-50-001\", \"alertname\": \"SafetyEventCritical\"}|"
                + "{\"summary\": \"Critical safety event detected\"}|1|2026-11-24 12:00:00.12|t|-|38|-");
  }

  @Test
  void commitAgainChangesNothing() throws Exception {
    writer.write(firing("t1", 1, 1, 1), null);
    List<CommitRequest<TransitionBatch>> requests = checkpoint();
    committer.commit(requests);
    var before = database.rows("SELECT xmin FROM alert_transitions");
    committer.commit(requests);

    assertThat(database.rows("SELECT xmin FROM alert_transitions")).isEqualTo(before);
  }

  @Test
  void newerPairWinsAlsoInOneBatch() throws Exception {
    writer.write(firing("t1", 1, 2, 2), null);
    writer.write(firing("t1", 1, 2, 1), null);
    committer.commit(checkpoint());
    writer.write(firing("t1", 1, 1, 9), null);
    committer.commit(checkpoint());

    assertThat(database.rows(ROWS)).containsExactly("t1|1|firing|2|2");
  }

  @Test
  void commitIsAskedForAgainWhileTheDatabaseIsAway() throws Exception {
    for (int i = 0; i < 1_500; i++) {
      writer.write(firing("t" + i, 1, 1, i), null);
    }
    List<CommitRequest<TransitionBatch>> requests = checkpoint();
    assertThat(requests).hasSize(2);
    connections.failNext(9);

    long before = clock.currentMillis();
    int commits = 0;
    do {
      requests.forEach(request -> ((TestRequest) request).select());
      committer.commit(requests);
      requests = requests.stream().filter(request -> ((TestRequest) request).again).toList();
      commits++;
    } while (!requests.isEmpty());

    assertThat(commits).isEqualTo(10);
    assertThat(clock.currentMillis() - before)
        .isEqualTo(500 + 1_000 + 2_000 + 4_000 + 8_000 + 40_000);
    assertThat(database.rows("SELECT count(*) FROM alert_transitions")).containsExactly("1500");
  }

  @Test
  void transitionThatTheDatabaseRefusesIsIsolated() throws Exception {
    AlertTransition good = firing("t1", 1, 1, 1);
    writer.write(good, null);
    writer.write(
        new AlertTransition(
            "t2",
            good.alertId(),
            good.rule(),
            AlertState.FIRING,
            AlertState.PENDING,
            false,
            1,
            Cause.ON_TIME,
            good.labels(),
            good.annotations(),
            1,
            Long.MIN_VALUE,
            0,
            0,
            0,
            null,
            Evidence.NONE,
            1,
            2),
        null);
    committer.commit(checkpoint());

    assertThat(database.rows(ROWS)).containsExactly("t1|1|firing|1|1");
    assertThat(database.rows("SELECT topic, path, reason FROM rejected"))
        .containsExactly("table:alert_transitions|transition_id=t2, turn=1|REFUSED_BY_DATABASE");
  }

  @Test
  void viewShowsTheNewestTransitionOfAnAlert() throws Exception {
    writer.write(firing("t1", 1, 1, 1), null);
    writer.write(firing("t1", 2, 2, 1), null);
    writer.write(firing("t0", 1, 1, 9), null);
    committer.commit(checkpoint());

    assertThat(database.rows("SELECT alert_id, transition_id, turn FROM alerts"))
        .containsExactly("c1f2a9d400000000|t1|2");
  }

  @Test
  void newerFormIsRefused() throws Exception {
    byte[] bytes = serializer.serialize(new TransitionBatch(List.of(firing("t1", 1, 1, 1))));

    assertThatThrownBy(() -> serializer.deserialize(2, bytes)).isInstanceOf(IOException.class);
    bytes[3] = 9;
    assertThatThrownBy(() -> serializer.deserialize(1, bytes)).isInstanceOf(IOException.class);
  }

  /** Flink's view of one batch to commit. */
  private static final class TestRequest implements CommitRequest<TransitionBatch> {
    private final TransitionBatch batch;
    private int retries = -1;
    private boolean again;

    TestRequest(TransitionBatch batch) {
      this.batch = batch;
    }

    void select() {
      retries++;
      again = false;
    }

    @Override
    public TransitionBatch getCommittable() {
      return batch;
    }

    @Override
    public int getNumberOfRetries() {
      return Math.max(retries, 0);
    }

    @Override
    public void retryLater() {
      again = true;
    }

    @Override
    public void signalFailedWithKnownReason(Throwable reason) {
      throw new AssertionError(reason);
    }

    @Override
    public void signalFailedWithUnknownReason(Throwable reason) {
      throw new AssertionError(reason);
    }

    @Override
    public void updateAndRetryLater(TransitionBatch changed) {
      throw new AssertionError("the batch does not change");
    }

    @Override
    public void signalAlreadyCommitted() {
      throw new AssertionError("nobody else commits");
    }
  }
}
