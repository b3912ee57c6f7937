package oht50.metrics.cli;

import java.sql.Statement;
import java.util.concurrent.Callable;
import oht50.metrics.cli.output.RowFormat;
import oht50.metrics.cli.output.Rows;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code sql "…"}: one query, read-only. */
@Command(
    name = "sql",
    mixinStandardHelpOptions = true,
    description = "Run one query in a read-only transaction; times are shown in UTC.")
final class SqlCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private DataOption data;
  @Mixin private DatabaseOption database;

  @Parameters(paramLabel = "QUERY", description = "For instance \"select * from metrics limit 5\".")
  private String query;

  @ArgGroup private Format format;

  /** At most one of them; a table without. */
  private static final class Format {
    @Option(names = "--csv", description = "RFC 4180, with a header.")
    private boolean csv;

    @Option(names = "--json", description = "An array of objects; NaN and infinity as strings.")
    private boolean json;
  }

  @Override
  public Integer call() {
    Rows rows =
        ReadOnly.transaction(
            database.url(data),
            connection -> {
              try (Statement statement = connection.createStatement()) {
                return statement.execute(query) ? ReadOnly.rows(statement.getResultSet()) : null;
              }
            });
    if (rows != null) {
      spec.commandLine().getOut().print(rowFormat().print(rows));
    }
    return ExitCodes.OK;
  }

  private RowFormat rowFormat() {
    if (format == null) {
      return RowFormat.TABLE;
    }
    return format.json ? RowFormat.JSON : format.csv ? RowFormat.CSV : RowFormat.TABLE;
  }
}
