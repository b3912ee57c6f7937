package oht50.metrics.sink.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import oht50.metrics.model.Rollup;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PostgresConnectionTest {
  private static final PostgresConnection SETTINGS =
      new PostgresConnection("jdbc:postgresql://db:5432/oht50?sslmode=require", "writer", "DB_PW");

  @Test
  void passwordComesFromTheEnvironmentOfTheMachineThatConnects() {
    assertThat(SETTINGS.resolve(Map.of("DB_PW", "secret")::get).getPassword()).contains("secret");
  }

  @Test
  void passwordMayBeInAFile(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("pw"), "from a file\n");

    assertThat(SETTINGS.resolve(Map.of("DB_PW_FILE", file.toString())::get).getPassword())
        .contains("from a file");
  }

  @Test
  void missingPasswordIsNamed() {
    assertThatThrownBy(() -> SETTINGS.resolve(name -> null))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("DB_PW_FILE");
  }

  @Test
  void textHasNoParametersAndNoSecrets() {
    assertThat(SETTINGS)
        .hasToString("PostgresConnection[jdbc:postgresql://db:5432/oht50?..., user writer]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:mysql://db/x",
        "jdbc:postgresql://db/x?user=a&password=b",
        "jdbc:postgresql://db/x?preferQueryMode=simple",
        "jdbc:postgresql://db/x?reWriteBatchedInserts=true"
      })
  void unsafeUrlIsRefusedWithoutRepeatingIt(String url) {
    assertThatThrownBy(() -> new PostgresConnection(url, "writer", null))
        .isInstanceOf(IllegalArgumentException.class)
        .message()
        .doesNotContain(url);
  }

  @Test
  void sinksTravelToTheTaskManager() throws Exception {
    PostgresSinks sinks = new PostgresSinks(SETTINGS, WriteOptions.defaults());
    for (Sink<?> sink :
        new Sink<?>[] {
          sinks.rollupsSink(),
          sinks.chunksSink(),
          sinks.latePointsSink(),
          sinks.transitionsSink(),
          sinks.seriesSink(),
          sinks.eventsSink(),
          sinks.rejectedSink()
        }) {
      assertThat(InstantiationUtil.clone(sink)).isNotNull();
    }
    Sink<Rollup> copy = InstantiationUtil.clone(sinks.rollupsSink());
    assertThat(copy).isInstanceOf(UpsertSink.class);
  }

  @Test
  void aWriterThatSleepsInATransactionLosesItsLocks() throws Exception {
    try (Connections connections = new Connections(Database.empty().settings());
        Statement statement = connections.getOrEstablishConnection().createStatement();
        ResultSet setting = statement.executeQuery("SHOW idle_in_transaction_session_timeout")) {
      assertThat(setting.next()).isTrue();
      assertThat(setting.getString(1)).isEqualTo("15s");
    }
  }

  @Test
  void openingWaitsOutAnOutage() throws Exception {
    TestClock clock = new TestClock();
    FlakyConnections flaky = new FlakyConnections(Database.empty().settings(), 5);
    try (PatientConnections patient =
        new PatientConnections(flaky, new OutagePatience(Duration.ofSeconds(60), clock))) {
      Connection connection = patient.getOrEstablishConnection();
      assertThat(connection.isValid(1)).isTrue();
      assertThat(flaky.tries()).isEqualTo(6);
    }
  }

  @Test
  void openingFailsWhenTheBudgetIsSpent() {
    FlakyConnections flaky = new FlakyConnections(Database.empty().settings(), 1_000);
    PatientConnections patient =
        new PatientConnections(flaky, new OutagePatience(Duration.ofSeconds(5), new TestClock()));

    assertThatThrownBy(patient::getOrEstablishConnection).isInstanceOf(SQLException.class);
  }

  @Test
  void everyWriteEpochIsHigherThanTheLast() throws Exception {
    WriteEpochs epochs = new WriteEpochs(Database.empty().settings(), WriteOptions.defaults());
    long first = epochs.next();

    assertThat(epochs.next()).isGreaterThan(first);
    assertThat(InstantiationUtil.clone(epochs).next()).isGreaterThan(first + 1);
  }

  @Test
  void senselessOptionsAreRefused() {
    Duration second = Duration.ofSeconds(1);
    assertThatThrownBy(() -> new WriteOptions(0, second, second)).hasMessageContaining("0 rows");
    assertThatThrownBy(() -> new WriteOptions(1, Duration.ZERO, second))
        .hasMessageContaining("interval");
    assertThatThrownBy(() -> new WriteOptions(1, second, second.negated()))
        .hasMessageContaining("budget");
  }
}
