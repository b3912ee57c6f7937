package oht50.metrics.sink.postgres;

import static oht50.metrics.sink.postgres.Samples.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import oht50.metrics.model.Position;
import oht50.metrics.model.RejectReason;
import oht50.metrics.model.Rejected;
import oht50.metrics.typeinfo.TypeInfos;
import org.apache.flink.api.common.JobInfo;
import org.apache.flink.api.common.TaskInfo;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.connector.sink2.InitContext;
import org.apache.flink.connector.jdbc.JdbcExecutionOptions;
import org.apache.flink.connector.jdbc.datasource.statements.SimpleJdbcQueryStatement;
import org.apache.flink.connector.jdbc.internal.JdbcOutputSerializer;
import org.junit.jupiter.api.Test;

class ReplayableWriterTest {
  private static final int FOR_EVER = Integer.MAX_VALUE;

  private final Database database = Database.empty();
  private final FlakyConnections server = new FlakyConnections(database.settings(), 0);
  private final TestClock clock = new TestClock();
  private final ReplayableWriter<Rejected> writer = writer();

  private ReplayableWriter<Rejected> writer() {
    try {
      return new ReplayableWriter<>(
          new PatientConnections(server, new OutagePatience(Duration.ofSeconds(60), clock)),
          JdbcExecutionOptions.builder().withBatchIntervalMs(0).withMaxRetries(1).build(),
          new SimpleJdbcQueryStatement<>(RejectedStatement.SQL, RejectedStatement::bind),
          JdbcOutputSerializer.of(
              TypeInfos.REJECTED.createSerializer(new SerializerConfigImpl()), true),
          List.of(),
          new FirstAttempt());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static Rejected row(long offset) {
    return new Rejected(
        new Position("oht50.points", 0, offset), "$", RejectReason.NO_ENTITY, "", null, "", NOON);
  }

  private List<String> rows() {
    return database.rows("SELECT count(*) FROM rejected");
  }

  @Test
  void anOutageWithinTheBudgetIsWaitedOut() throws Exception {
    writer.write(row(1), null);
    server.failNext(5);
    writer.flush(false);
    writer.close();

    assertThat(rows()).containsExactly("1");
  }

  @Test
  void closingFailsNotAndWaitsNotWhenTheServerStaysAway() throws Exception {
    writer.write(row(1), null);
    server.failNext(FOR_EVER);
    assertThatThrownBy(() -> writer.flush(false)).isInstanceOf(IOException.class);
    long before = clock.monotonicNanos();

    writer.close();

    assertThat(clock.monotonicNanos()).isEqualTo(before);
    assertThat(rows()).containsExactly("0");
  }

  @Test
  void closingBeforeAFailureWaitsNotEither() throws Exception {
    writer.write(row(1), null);
    server.failNext(FOR_EVER);
    long before = clock.monotonicNanos();

    writer.close();

    assertThat(clock.monotonicNanos()).isEqualTo(before);
  }

  private static final class FirstAttempt implements InitContext {
    @Override
    public OptionalLong getRestoredCheckpointId() {
      return OptionalLong.empty();
    }

    @Override
    public JobInfo getJobInfo() {
      throw new UnsupportedOperationException();
    }

    @Override
    public TaskInfo getTaskInfo() {
      throw new UnsupportedOperationException();
    }
  }
}
