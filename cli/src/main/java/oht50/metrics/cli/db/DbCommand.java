package oht50.metrics.cli.db;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code db migrate} and {@code db docs}. */
@Command(
    name = "db",
    mixinStandardHelpOptions = true,
    description = "The schema of the database: bring it up to date, describe it.",
    subcommands = {MigrateCommand.class, DocsCommand.class})
public final class DbCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "say db migrate or db docs");
  }
}
