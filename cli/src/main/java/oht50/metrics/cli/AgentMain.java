package oht50.metrics.cli;

/** {@code java -jar oht50-agent.jar}: the command {@code agent} alone. */
public final class AgentMain {
  private AgentMain() {}

  public static void main(String[] args) {
    System.exit(Execution.run(new AgentCommand(), args));
  }
}
