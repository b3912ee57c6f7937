package oht50.metrics.job.config;

/**
 * Where a key was written.
 *
 * @param source name of the file; {@link #COMMAND_LINE} for {@code --set}
 * @param line from 1; 0 when nothing was written that could be pointed at
 * @param column from 1, of the key; 0 as well
 * @param key as it was written, which may be another than the one it stands for
 */
public record Place(String source, int line, int column, String key) {
  static final String COMMAND_LINE = "--set";

  static Place commandLine(String key) {
    return new Place(COMMAND_LINE, 0, 0, key);
  }

  boolean isCommandLine() {
    return source.equals(COMMAND_LINE);
  }

  /** Like {@code job.yaml:3:5} or {@code --set clock.interval}. */
  @Override
  public String toString() {
    if (isCommandLine()) {
      return source + " " + key;
    }
    return line == 0 ? source : source + ":" + line + ":" + column;
  }
}
