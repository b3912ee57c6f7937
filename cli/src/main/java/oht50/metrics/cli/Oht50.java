package oht50.metrics.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import oht50.metrics.cli.db.DbCommand;
import oht50.metrics.cli.faults.FaultsCommand;
import oht50.metrics.cli.local.UpCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./oht50}: everything on one machine, and the clients that look into it. */
@Command(
    name = "oht50",
    mixinStandardHelpOptions = true,
    version = "oht50 0.1.0",
    synopsisSubcommandLabel = "COMMAND",
    description = "OHT-50 metrics: run it on this machine and look into it.",
    footer = {
      "",
      "Exit codes: 0 fine, 1 found problems, 2 usage, 69 unavailable, 78 configuration.",
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
      DbCommand.class,
      FaultsCommand.class
    })
public final class Oht50 implements Runnable {
  @Spec private CommandSpec spec;

  public static void main(String[] args) {
    System.exit(execute(writer(FileDescriptor.out), writer(FileDescriptor.err), args));
  }

  /** Runs one command line; returns the exit code. */
  public static int execute(PrintWriter out, PrintWriter err, String... args) {
    int code =
        new CommandLine(new Oht50())
            .setOut(out)
            .setErr(err)
            .setCaseInsensitiveEnumValuesAllowed(true)
            .setAbbreviatedOptionsAllowed(false)
            .setParameterExceptionHandler(Oht50::refuse)
            .setExecutionExceptionHandler(Oht50::fail)
            .execute(args);
    out.flush();
    err.flush();
    return code;
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command is missing");
  }

  private static int refuse(ParameterException exception, String[] args) {
    CommandLine command = exception.getCommandLine();
    command.getErr().println("error: " + exception.getMessage());
    command.getErr().println("try: ./" + command.getCommandSpec().qualifiedName() + " --help");
    return ExitCodes.USAGE;
  }

  private static int fail(
      Exception exception, CommandLine command, CommandLine.ParseResult parsed) {
    boolean known = exception instanceof CommandFailure;
    command
        .getErr()
        .println("error: " + (known ? exception.getMessage() : RootCause.of(exception)));
    if ("1".equals(System.getenv("OHT50_DEBUG"))) {
      exception.printStackTrace(command.getErr());
    }
    return known ? ((CommandFailure) exception).exitCode() : ExitCodes.PROBLEMS;
  }

  // The platform's charset may be ASCII; what this command prints is UTF-8 everywhere.
  private static PrintWriter writer(FileDescriptor descriptor) {
    return new PrintWriter(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
  }
}
