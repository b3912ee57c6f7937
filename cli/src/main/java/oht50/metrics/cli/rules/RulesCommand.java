package oht50.metrics.cli.rules;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code rules}. */
@Command(
    name = "rules",
    mixinStandardHelpOptions = true,
    description = "Rule files as Prometheus has them, and their language.",
    subcommands = {
      CheckCommand.class,
      TestCommand.class,
      ExplainCommand.class,
      LoadCommand.class,
      ListCommand.class,
      ConformanceCommand.class
    })
public final class RulesCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "say rules check, test, explain, load, list or conformance");
  }
}
