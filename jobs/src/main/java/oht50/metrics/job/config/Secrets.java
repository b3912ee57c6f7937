package oht50.metrics.job.config;

import java.util.List;
import java.util.Locale;

/**
 * What of the settings must not be shown: properties of Kafka clients and URLs can hold secrets.
 */
final class Secrets {
  static final String MASK = "********";

  private static final List<String> SECRET =
      List.of("password", "secret", "jaas", "token", "credential", "passphrase", "webhook");

  /** Keys with such a name that hold the name of a variable or a file. */
  private static final List<String> NAMES_ONLY = List.of("-env", "-file", ".location");

  private Secrets() {}

  /** The value without what may be a secret in it. */
  static String masked(String key, String value) {
    String lower = key.toLowerCase(Locale.ROOT);
    boolean isName = NAMES_ONLY.stream().anyMatch(lower::endsWith);
    if (!isName && !value.isEmpty() && SECRET.stream().anyMatch(lower::contains)) {
      return MASK;
    }
    int parameters = value.indexOf('?');
    return value.contains("://") && parameters >= 0
        ? value.substring(0, parameters) + "?" + MASK
        : value;
  }
}
