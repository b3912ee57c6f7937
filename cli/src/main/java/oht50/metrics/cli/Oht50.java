package oht50.metrics.cli;

import java.io.PrintWriter;
import oht50.metrics.cli.db.DbCommand;
import oht50.metrics.cli.faults.FaultsCommand;
import oht50.metrics.cli.local.UpCommand;
import oht50.metrics.cli.rules.RulesCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./oht50}: everything on one machine, and the clients that look into it. */
@Command(
    name = "oht50",
    mixinStandardHelpOptions = true,
    version = "oht50 0.2.0-SNAPSHOT",
    synopsisSubcommandLabel = "COMMAND",
    description = "OHT-50 metrics: run it on this machine and look into it.",
    footer = {
      "",
      "Exit codes: 0 fine, 1 found problems, 2 usage, 3 remarks, 69 unavailable, 78 configuration.",
      "OHT50_DEBUG=1 shows where an error came from."
    },
    subcommands = {
      UpCommand.class,
      StatusCommand.class,
      DownCommand.class,
      SqlCommand.class,
      TopicsCommand.class,
      TopicCommand.class,
      TxnCommand.class,
      ReplayCommand.class,
      RejectsCommand.class,
      AgentCommand.class,
      ConfigCommand.class,
      RulesCommand.class,
      DbCommand.class,
      FaultsCommand.class
    })
public final class Oht50 implements Runnable {
  @Spec private CommandSpec spec;

  public static void main(String[] args) {
    System.exit(Execution.run(new Oht50(), args));
  }

  /** Runs one command line; returns the exit code. */
  public static int execute(PrintWriter out, PrintWriter err, String... args) {
    return Execution.run(new Oht50(), out, err, args);
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command is missing");
  }
}
