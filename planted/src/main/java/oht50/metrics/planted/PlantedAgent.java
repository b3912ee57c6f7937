package oht50.metrics.planted;

import java.lang.instrument.Instrumentation;

/** Plants a bug into a process of its own: {@code -javaagent:oht50-planted.jar=bug=<id>}. */
public final class PlantedAgent {
  private static final String BUG = "bug=";

  private PlantedAgent() {}

  /** Called by the virtual machine before main. */
  public static void premain(String arguments, Instrumentation instrumentation) {
    Planted.plant(bugOf(arguments), instrumentation);
  }

  /** Called by the virtual machine when the jar is attached to a process that runs. */
  public static void agentmain(String arguments, Instrumentation instrumentation) {
    premain(arguments, instrumentation);
  }

  static PlantedBug bugOf(String arguments) {
    if (arguments == null || !arguments.startsWith(BUG)) {
      throw new IllegalArgumentException("write bug=<id> behind the agent, not " + arguments);
    }
    return PlantedBug.of(arguments.substring(BUG.length()));
  }
}
