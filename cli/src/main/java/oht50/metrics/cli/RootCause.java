package oht50.metrics.cli;

/** An exception as one line for a person. */
public final class RootCause {
  private RootCause() {}

  /** The innermost message, with the type's name where the message alone says too little. */
  public static String of(Throwable thrown) {
    Throwable root = thrown;
    while (root.getCause() != null && root.getCause() != root) {
      root = root.getCause();
    }
    String message = root.getMessage();
    if (message == null || message.isBlank()) {
      return root.getClass().getSimpleName();
    }
    String line = message.strip().replaceAll("\\s*\\R\\s*", "; ");
    return root instanceof RuntimeException || line.contains(" ")
        ? line
        : root.getClass().getSimpleName() + ": " + line;
  }
}
