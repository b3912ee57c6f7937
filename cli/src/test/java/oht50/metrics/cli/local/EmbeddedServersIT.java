package oht50.metrics.cli.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import oht50.metrics.cli.DataFolder;
import oht50.metrics.cli.Topics;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedServersIT {
  private static final String PASSWORD = "00112233445566778899aabbccddeeff";

  @TempDir Path folder;

  @Test
  void postgresKeepsItsDataAndAsksForThePassword() throws Exception {
    DataFolder data = new DataFolder(folder);
    data.create();
    int port = PortCheck.anyFree();
    long pid;
    try (PostgresServer server = PostgresServer.start(data, port, PASSWORD)) {
      pid = server.pid().orElseThrow();
      assertThat(Migrations.run(server.jdbcUrl(), "oht50", PASSWORD)).isNotNegative();
      assertThat(query(server, PASSWORD, "SHOW fsync")).isEqualTo("on");
      assertThat(query(server, PASSWORD, "SHOW synchronous_commit")).isEqualTo("on");
      execute(server, "CREATE TABLE kept AS SELECT 42 AS answer");
      assertThatThrownBy(() -> query(server, "wrong", "SELECT 1"))
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("28P01"));
    }
    assertThat(ProcessTable.isAlive(pid)).isFalse();
    // A pid file whose process is somebody else's: left behind by a crash and a reboot.
    Files.writeString(
        data.postgres().resolve("postmaster.pid"), ProcessHandle.current().pid() + "\n");
    try (PostgresServer server = PostgresServer.start(data, port, PASSWORD)) {
      assertThat(query(server, PASSWORD, "SELECT answer FROM kept")).isEqualTo("42");
      pid = server.pid().orElseThrow();
      // What a killed supervisor leaves: a server that nobody stops.
      StalePostmaster.clear(data.postgres());
      assertThat(ProcessTable.isAlive(pid)).isFalse();
    }
  }

  @Test
  void eachRoleHasItsLoginAndTheOwnerGetsWhatAnEarlierVersionMade() throws Exception {
    DataFolder data = new DataFolder(folder);
    data.create();
    int port = PortCheck.anyFree();
    String owners =
        "SELECT string_agg(DISTINCT relowner::regrole::text, ',') FROM pg_class"
            + " WHERE relnamespace = 'public'::regnamespace";
    try (PostgresServer server = PostgresServer.start(data, port, PASSWORD)) {
      Migrations.run(server.jdbcUrl(), "oht50", PASSWORD);
      assertThat(query(server, PASSWORD, owners)).isEqualTo("oht50_owner");
      for (String role : List.of("oht50_owner", "oht50_writer", "oht50_analyst")) {
        assertThat(queryAs(role, server, "SELECT current_user")).isEqualTo(role);
      }
      assertThatThrownBy(() -> queryAs("oht50_analyst", server, "SELECT nextval('write_epochs')"))
          .hasMessageContaining("permission denied");
      // As it was before there were roles: one login that owns everything.
      execute(server, "REASSIGN OWNED BY oht50_owner TO oht50");
    }
    try (PostgresServer server = PostgresServer.start(data, port, PASSWORD)) {
      assertThat(query(server, PASSWORD, owners)).isEqualTo("oht50_owner");
      assertThat(Migrations.run(server.jdbcUrl(), "oht50", PASSWORD)).isZero();
      assertThat(queryAs("oht50_writer", server, "SELECT nextval('write_epochs')")).isEqualTo("1");
    }
  }

  @Test
  void kafkaKeepsItsTopicsAndItsIdentity() throws Exception {
    int port = PortCheck.anyFree();
    int controllerPort = PortCheck.anyFree();
    String identity;
    try (KafkaBroker broker = KafkaBroker.start(folder, KafkaListeners.of(port, controllerPort));
        Admin admin = admin(broker)) {
      assertThat(Topics.createMissing(admin, Topics.ALL)).isEqualTo(Topics.ALL);
      identity = admin.describeCluster().clusterId().get();
    }
    try (KafkaBroker broker = KafkaBroker.start(folder, KafkaListeners.of(port, controllerPort));
        Admin admin = admin(broker)) {
      assertThat(Topics.createMissing(admin, Topics.ALL)).isEqualTo(List.of());
      assertThat(admin.describeCluster().clusterId().get()).isEqualTo(identity);
      assertThat(
              admin
                  .describeTopics(List.of(Topics.TELEMETRY))
                  .allTopicNames()
                  .get()
                  .get(Topics.TELEMETRY)
                  .partitions())
          .hasSize(4);
    }
  }

  private static Admin admin(KafkaBroker broker) {
    return Admin.create(Map.of("bootstrap.servers", (Object) broker.bootstrapServers()));
  }

  private static void execute(PostgresServer server, String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(server.jdbcUrl(), "oht50", PASSWORD);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static String query(PostgresServer server, String password, String sql)
      throws SQLException {
    return query(server, "oht50", password, sql);
  }

  private static String queryAs(String role, PostgresServer server, String sql)
      throws SQLException {
    return query(server, role, PASSWORD, sql);
  }

  private static String query(PostgresServer server, String user, String password, String sql)
      throws SQLException {
    try (Connection connection = DriverManager.getConnection(server.jdbcUrl(), user, password);
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      result.next();
      return result.getString(1);
    }
  }
}
