package oht50.metrics.cli.local;

import oht50.metrics.cli.DataFolder;

/** The log of this process. */
public final class SupervisorLog {
  private SupervisorLog() {}

  /** Only before the first logger exists. */
  public static void writeTo(DataFolder folder) {
    System.setProperty("oht50.log.file", folder.logs().resolve("supervisor.log").toString());
    System.setProperty("oht50.log.level", "INFO");
    System.setProperty("oht50.log.kafka", "WARN");
  }
}
