package oht50.metrics.cli.db;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.concurrent.Callable;
import oht50.metrics.cli.DataOption;
import oht50.metrics.cli.ExitCodes;
import oht50.metrics.cli.local.Migrations;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code db migrate}. */
@Command(
    name = "migrate",
    mixinStandardHelpOptions = true,
    description = {
      "Run the migrations that have not run yet, and the views that have changed; again it changes"
          + " nothing.",
      "The roles must be there: sql/roles.sql, run by a superuser."
    })
final class MigrateCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private DataOption data;
  @Mixin private SchemaDatabase database;

  @Option(names = "--json", description = "{from, to, scripts}; from is null before the first.")
  private boolean json;

  @Override
  public Integer call() {
    SchemaDatabase.Login login = database.login(data);
    Migrations.Outcome outcome = Migrations.migrate(login.url(), login.user(), login.password());
    spec.commandLine().getOut().println(json ? document(outcome) : text(outcome));
    return ExitCodes.OK;
  }

  private static String text(Migrations.Outcome outcome) {
    return String.format(
        "schema from version %s to %s, %s",
        outcome.from() == null ? "none" : outcome.from(),
        outcome.to(),
        switch (outcome.scripts()) {
          case 0 -> "up to date";
          case 1 -> "1 script ran";
          default -> outcome.scripts() + " scripts ran";
        });
  }

  private static String document(Migrations.Outcome outcome) {
    ObjectNode document = new ObjectMapper().createObjectNode();
    document.put("from", outcome.from());
    document.put("to", outcome.to());
    document.put("scripts", outcome.scripts());
    return document.toString();
  }
}
