package oht50.metrics.cli;

/** What a command says with its exit code. */
public final class ExitCodes {
  public static final int OK = 0;

  /** The command did its work and what it looked at is not in order. */
  public static final int PROBLEMS = 1;

  public static final int USAGE = 2;

  /** It is in order, and something of it is probably not what was meant. */
  public static final int LINT = 3;

  /** Something that should answer does not, or a port is taken. */
  public static final int UNAVAILABLE = 69;

  public static final int CONFIGURATION = 78;

  private ExitCodes() {}
}
