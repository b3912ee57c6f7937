package oht50.metrics.cli.db;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import oht50.metrics.cli.Oht50;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DbCommandTest {
  private static ScratchDatabase database;

  @TempDir Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeAll
  static void startDatabase() throws IOException, SQLException {
    database = ScratchDatabase.withRoles();
  }

  @AfterAll
  static void stopDatabase() throws IOException {
    database.close();
  }

  @BeforeEach
  void emptyDatabase() throws SQLException {
    execute("DROP OWNED BY oht50_owner CASCADE");
    execute("GRANT CONNECT ON DATABASE postgres TO oht50_owner");
    execute("CREATE SCHEMA IF NOT EXISTS public");
    execute("GRANT ALL ON SCHEMA public TO oht50_owner");
  }

  private static void execute(String sql) throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private int run(String... arguments) {
    return Oht50.execute(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
  }

  private int migrate(String... options) {
    List<String> arguments = new ArrayList<>(List.of("db", "migrate", "--url", database.url()));
    arguments.addAll(List.of(options));
    return run(arguments.toArray(new String[0]));
  }

  private String newest() throws IOException {
    try (var files = Files.list(Path.of("../sql/migrations"))) {
      return files
          .map(file -> file.getFileName().toString().substring(1, 4))
          .max(String::compareTo)
          .get();
    }
  }

  @Test
  void migratesOnceAndSaysFromWhereToWhere() throws IOException {
    assertThat(migrate()).isZero();
    assertThat(migrate()).isZero();
    assertThat(migrate("--json")).isZero();

    assertThat(out.toString().lines().toList())
        .satisfiesExactly(
            first ->
                assertThat(first)
                    .matches("schema from version none to " + newest() + ", \\d+ scripts ran"),
            second ->
                assertThat(second)
                    .isEqualTo(
                        "schema from version " + newest() + " to " + newest() + ", up to date"),
            third ->
                assertThat(third)
                    .isEqualTo(
                        "{\"from\":\""
                            + newest()
                            + "\",\"to\":\""
                            + newest()
                            + "\",\"scripts\":0}"));
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void whatASuperuserMigratesBelongsToTheOwnerToo() throws SQLException {
    assertThat(migrate("--user", "postgres")).isZero();
    // fails unless the owner may
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("SET ROLE oht50_owner");
      statement.execute("DROP VIEW corrections");
    }
  }

  @Test
  void aDatabaseThatIsNotThereIsUnavailable() {
    assertThat(run("db", "migrate", "--url", "jdbc:postgresql://127.0.0.1:1/oht50")).isEqualTo(69);
    assertThat(err.toString().lines())
        .singleElement()
        .asString()
        .contains("jdbc:postgresql://127.0.0.1:1/oht50", "is the server there?");
  }

  @Test
  void aDatabaseThatDoesNotLetInIsAFaultOfTheConfiguration() {
    assertThat(migrate("--user", "nobody_knows")).isEqualTo(78);
    assertThat(run("db", "migrate", "--url", database.url() + "x")).isEqualTo(78);
    assertThat(run("db", "migrate", "--url", "jdbc:nosuch:oht50")).isEqualTo(78);
    assertThat(err.toString().lines())
        .satisfiesExactly(
            user -> assertThat(user).contains("nobody_knows", "check the database, the user"),
            name -> assertThat(name).contains("\"postgresx\" does not exist"),
            url -> assertThat(url).contains("jdbc:nosuch:oht50 is no URL"));
  }

  @Test
  void whoMayNotCreateIsToldSo() {
    assertThat(migrate("--user", "oht50_analyst")).isEqualTo(78);
    assertThat(err.toString().lines())
        .singleElement()
        .asString()
        .contains("cannot be brought up to date");
  }

  @Test
  void aNewerSchemaIsLeftAlone() throws SQLException, IOException {
    migrate();
    execute(
        "INSERT INTO flyway_schema_history VALUES (100, '999', 'of the future', 'SQL',"
            + " 'V999__of_the_future.sql', 1, 'oht50_owner', now(), 1, true)");

    assertThat(migrate()).isEqualTo(78);
    assertThat(err.toString().lines())
        .singleElement()
        .asString()
        .contains("has version 999 and is newer than this program, which knows " + newest());
  }

  @Test
  void aChangedMigrationIsNamed() throws SQLException {
    migrate();
    execute("UPDATE flyway_schema_history SET checksum = 1 WHERE version = '002'");

    assertThat(migrate()).isEqualTo(78);
    assertThat(err.toString().lines())
        .singleElement()
        .asString()
        .contains("V002 has been changed since it ran", "add another");
  }

  @Test
  void aMigrationThatIsGoneIsNamed() throws SQLException {
    migrate();
    execute("UPDATE flyway_schema_history SET version = '002.1' WHERE version = '003'");

    assertThat(migrate()).isEqualTo(78);
    assertThat(err.toString().lines())
        .singleElement()
        .asString()
        .contains("V002.1 has run and is gone");
  }

  @Test
  void viewsOfAnOtherVersionAreMadeAgain() throws SQLException, IOException {
    long files;
    try (Stream<Path> all = Files.list(Path.of("../sql/repeatable"))) {
      files = all.count();
    }
    migrate();
    execute("UPDATE flyway_schema_history SET checksum = 1 WHERE version IS NULL");

    assertThat(migrate()).isZero();
    assertThat(out.toString()).contains(", " + files + " scripts ran");
  }

  @Test
  void passwordsInTheArgumentsAreRefused() {
    assertThat(run("db", "migrate", "--url", database.url() + "?user=u&password=hidden"))
        .isEqualTo(2);
    assertThat(err.toString()).contains("OHT50_POSTGRES_OWNER_PASSWORD").doesNotContain("hidden");
  }

  @Test
  void passwordComesFromTheEnvironmentOrAFileThatItNames() throws IOException {
    Path file = Files.writeString(folder.resolve("password"), "from a file\n");

    assertThat(SchemaDatabase.password(Map.of("OHT50_POSTGRES_PASSWORD", "p")::get)).isEqualTo("p");
    assertThat(
            SchemaDatabase.password(
                Map.of(
                        "OHT50_POSTGRES_PASSWORD",
                        "p",
                        "OHT50_POSTGRES_OWNER_PASSWORD_FILE",
                        file.toString())
                    ::get))
        .isEqualTo("from a file");
    assertThat(SchemaDatabase.password(Map.<String, String>of()::get)).isNull();
    assertThat(new SchemaDatabase.Login("jdbc:postgresql://h/d", "u", "hidden"))
        .asString()
        .doesNotContain("hidden");
  }

  @Test
  void theRunningInstanceIsMeantWithoutAUrl() {
    assertThat(run("db", "migrate", "--data", folder.toString())).isEqualTo(69);
    assertThat(err.toString()).contains("nothing runs in " + folder);
  }

  @Test
  void theDictionaryIsWhatTheSchemaSays() throws IOException {
    migrate();
    Path file = folder.resolve("dictionary.md");
    String url = database.url();
    assertThat(run("db", "docs", "--url", url, "--user", "postgres", "--out", file.toString()))
        .isZero();

    assertThat(out.toString().lines().toList()).endsWith(file.toString());
    assertThat(Files.readString(file))
        .as("docs/data-dictionary.md is not what the schema says; run ./oht50 db docs")
        .isEqualTo(Files.readString(Path.of("../docs/data-dictionary.md")));
    assertThat(
            run(
                "db",
                "docs",
                "--url",
                url,
                "--user",
                "postgres",
                "--out",
                file.toString(),
                "--check"))
        .isZero();
    Files.writeString(file, "x");
    assertThat(
            run(
                "db",
                "docs",
                "--url",
                url,
                "--user",
                "postgres",
                "--out",
                file.toString(),
                "--check"))
        .isEqualTo(1);
    assertThat(err.toString()).contains("run ./oht50 db docs");
  }
}
