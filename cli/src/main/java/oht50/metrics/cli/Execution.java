package oht50.metrics.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** Runs a command line: what it says when it fails, and with which exit code. */
final class Execution {
  private Execution() {}

  /** On the standard streams; returns the exit code. */
  static int run(Object command, String... args) {
    return run(command, writer(FileDescriptor.out), writer(FileDescriptor.err), args);
  }

  static int run(Object command, PrintWriter out, PrintWriter err, String... args) {
    int code =
        new CommandLine(command)
            .setOut(out)
            .setErr(err)
            .setCaseInsensitiveEnumValuesAllowed(true)
            .setAbbreviatedOptionsAllowed(false)
            .setParameterExceptionHandler(Execution::refuse)
            .setExecutionExceptionHandler(Execution::fail)
            .execute(args);
    out.flush();
    err.flush();
    return code;
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
