package oht50.metrics.cli.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * The folder of what is the same for all data folders and can be made anew at any time, as the XDG
 * Base Directory Specification places it.
 */
final class UserCache {
  private UserCache() {}

  /**
   * A folder that exists.
   *
   * @param environment of the process
   * @param otherwise where there is no home that can be written to
   */
  static Path folder(String name, Map<String, String> environment, Path otherwise) {
    Path root = root(environment);
    if (root != null) {
      try {
        Path folder = Files.createDirectories(root.resolve("oht50").resolve(name));
        if (Files.isWritable(folder)) {
          return folder;
        }
      } catch (IOException e) {
        // Not this one: it only saves time.
      }
    }
    return otherwise;
  }

  private static Path root(Map<String, String> environment) {
    // The specification: a path that is not absolute is to be ignored.
    String cache = environment.getOrDefault("XDG_CACHE_HOME", "");
    if (cache.startsWith("/")) {
      return Path.of(cache);
    }
    String home = environment.getOrDefault("HOME", "");
    return home.startsWith("/") ? Path.of(home, ".cache") : null;
  }
}
