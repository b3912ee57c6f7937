package oht50.metrics.job;

/**
 * The job does not start; the message is one line that says what is wrong, where, and what to do.
 */
final class StartRefused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Something outside does not answer or is missing (EX_UNAVAILABLE of sysexits.h). */
  static final int UNAVAILABLE = 69;

  /** A setting is wrong (EX_CONFIG of sysexits.h). */
  static final int CONFIGURATION = 78;

  private static final String FLINK_COMMAND_LINE = "org.apache.flink.client.cli.CliFrontend";

  private final int exitCode;

  StartRefused(int exitCode, String message) {
    super(message, null, false, false);
    this.exitCode = exitCode;
  }

  /**
   * Ends the process if it is Flink's command line, which would print a stack trace and end with 1.
   * In any other process, above all a JobManager, the exception has to do.
   */
  void endCommandLine() {
    boolean isCommandLine =
        StackWalker.getInstance()
            .walk(
                frames ->
                    frames.anyMatch(frame -> frame.getClassName().equals(FLINK_COMMAND_LINE)));
    if (isCommandLine) {
      System.err.println("error: " + getMessage());
      System.exit(exitCode);
    }
  }
}
