package oht50.metrics.bench;

import java.util.Map;
import java.util.TreeMap;

/** Options of a command line, each with its value. */
public final class BenchArguments {
  private BenchArguments() {}

  /**
   * @param defaults of all options that there are
   * @throws IllegalArgumentException if there is another one, or one without a value
   */
  public static Map<String, String> read(Map<String, String> defaults, String... args) {
    Map<String, String> options = new TreeMap<>(defaults);
    for (int i = 0; i < args.length; i += 2) {
      if (!options.containsKey(args[i]) || i + 1 == args.length) {
        throw new IllegalArgumentException(
            args[i] + " is an option without a value, or none of " + options.keySet());
      }
      options.put(args[i], args[i + 1]);
    }
    return options;
  }
}
