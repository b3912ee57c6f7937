package oht50.metrics.cli;

import java.nio.file.Path;

/** The project's root folder, which the start script names in the system property oht50.home. */
public final class Home {
  private Home() {}

  public static Path folder() {
    return Path.of(System.getProperty("oht50.home", "")).toAbsolutePath().normalize();
  }
}
