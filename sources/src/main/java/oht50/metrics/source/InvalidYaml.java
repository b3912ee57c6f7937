package oht50.metrics.source;

/** A file that is not YAML of its form; the message says where. */
public final class InvalidYaml extends Exception {
  private static final long serialVersionUID = 1L;

  InvalidYaml(String message) {
    super(message);
  }
}
