package oht50.metrics.cli;

/** Ends a command with one line: what happened, where, and what to do about it. */
public final class CommandFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int exitCode;

  private CommandFailure(int exitCode, String line, Throwable cause) {
    super(line, cause);
    this.exitCode = exitCode;
  }

  public static CommandFailure problems(String line) {
    return new CommandFailure(ExitCodes.PROBLEMS, line, null);
  }

  public static CommandFailure usage(String line) {
    return new CommandFailure(ExitCodes.USAGE, line, null);
  }

  public static CommandFailure unavailable(String line) {
    return new CommandFailure(ExitCodes.UNAVAILABLE, line, null);
  }

  public static CommandFailure unavailable(String line, Throwable cause) {
    return new CommandFailure(ExitCodes.UNAVAILABLE, line, cause);
  }

  public static CommandFailure configuration(String line) {
    return new CommandFailure(ExitCodes.CONFIGURATION, line, null);
  }

  public int exitCode() {
    return exitCode;
  }
}
