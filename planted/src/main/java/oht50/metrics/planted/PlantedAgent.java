package oht50.metrics.planted;

import java.lang.instrument.Instrumentation;
import java.nio.file.Path;

/**
 * Plants a bug into a process of its own: {@code -javaagent:oht50-planted.jar=bug=<id>}. Or makes
 * it one of a fault campaign, which can be aimed at, and whose bug a file names: {@code
 * aim=<folder>}.
 */
public final class PlantedAgent {
  private static final String BUG = "bug=";
  private static final String AIM = "aim=";

  private PlantedAgent() {}

  /** Called by the virtual machine before main. */
  public static void premain(String arguments, Instrumentation instrumentation) {
    for (String argument : arguments == null ? new String[] {""} : arguments.split(";", -1)) {
      if (argument.startsWith(AIM)) {
        Path folder = Path.of(argument.substring(AIM.length()));
        Aim.in(folder);
        AimPoints.install(instrumentation);
        FollowedBug.in(folder, instrumentation);
      } else {
        Planted.plant(bugOf(argument), instrumentation);
      }
    }
  }

  /** Called by the virtual machine when the jar is attached to a process that runs. */
  public static void agentmain(String arguments, Instrumentation instrumentation) {
    premain(arguments, instrumentation);
  }

  static PlantedBug bugOf(String argument) {
    if (argument == null || !argument.startsWith(BUG)) {
      throw new IllegalArgumentException("write bug=<id> behind the agent, not " + argument);
    }
    return PlantedBug.of(argument.substring(BUG.length()));
  }
}
