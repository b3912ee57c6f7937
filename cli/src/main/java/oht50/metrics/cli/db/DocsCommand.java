package oht50.metrics.cli.db;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.concurrent.Callable;
import oht50.metrics.cli.CommandFailure;
import oht50.metrics.cli.DataOption;
import oht50.metrics.cli.DatabaseOption;
import oht50.metrics.cli.ExitCodes;
import oht50.metrics.cli.Home;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code db docs}. */
@Command(
    name = "docs",
    mixinStandardHelpOptions = true,
    description = {
      "Write the data dictionary: every object of the schema with its comment, columns, keys and"
          + " rights.",
      "It is read from an empty PostgreSQL that this command starts and migrates, or with --url from"
          + " that one. Prints the file."
    })
final class DocsCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private DataOption data;
  @Mixin private SchemaDatabase database;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Default: docs/data-dictionary.md in the project's root.")
  private Path out;

  @Option(
      names = "--check",
      description = "Write nothing; exit code 1 if the file says something else.")
  private boolean check;

  @Override
  public Integer call() throws IOException {
    Path file = out != null ? out : Home.folder().resolve("docs/data-dictionary.md");
    String text = database.isGiven() ? describe(database.login(data)) : describeScratch();
    if (check) {
      if (!Files.exists(file) || !Files.readString(file).equals(text)) {
        throw CommandFailure.problems(file + " is not what the schema says; run ./oht50 db docs");
      }
      return ExitCodes.OK;
    }
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw CommandFailure.configuration("cannot write " + file + " (" + e + "); see --out");
    }
    spec.commandLine().getOut().println(file);
    return ExitCodes.OK;
  }

  private String describeScratch() {
    PrintWriter err = spec.commandLine().getErr();
    err.println("starting a PostgreSQL with nothing but the schema ...");
    err.flush();
    try (ScratchDatabase scratch = ScratchDatabase.migrated();
        Connection connection = scratch.connect()) {
      return DataDictionary.of(connection);
    } catch (IOException | SQLException e) {
      throw CommandFailure.unavailable("no PostgreSQL to describe: " + e.getMessage(), e);
    }
  }

  private static String describe(SchemaDatabase.Login login) {
    try (Connection connection =
        DriverManager.getConnection(login.url(), login.user(), login.password())) {
      return DataDictionary.of(connection);
    } catch (SQLException e) {
      throw CommandFailure.unavailable(
          DatabaseOption.shown(login.url()) + ": " + DatabaseOption.says(e) + "; check --url", e);
    }
  }
}
