package oht50.metrics.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A stack of several test classes, which cost less than a start of everything each. Those that
 * share one run one after the other ({@code @Order}), each with names or times of its own; it ends
 * before another is started, because one that has nothing to do takes time from the others too.
 */
final class SharedStack implements BeforeAllCallback {
  private static final String LOAD_OF_FLEET =
      """
      groups:
      - name: load
        interval: 15s
        rules:
        - {record: 'robot:load:max1m', expr: 'max_over_time(load[1m])'}
        - {record: 'fleet:load:sum', expr: 'sum(robot:load:max1m)'}
        - {alert: FleetBusy, expr: 'fleet:load:sum > 200', keep_firing_for: 30s}
      """;

  /** Which is up, in all tests. */
  private static final class Running implements AutoCloseable {
    private String name = "";
    private Stack stack;

    @Override
    public void close() {
      if (stack != null) {
        stack.close();
        stack = null;
      }
    }
  }

  private interface Start {
    Stack start() throws Exception;
  }

  private final String name;
  private final Start start;
  private Running running;

  private SharedStack(String name, Start start) {
    this.name = name;
    this.start = start;
  }

  /** To which nobody sends anything, for those that want little more of it than its servers. */
  static SharedStack quiet() {
    // Jobs of tests share its tables: what they want repaired is not for a job that knows none
    // of their series to answer.
    return new SharedStack(
        "quiet",
        () ->
            Stack.at(6)
                .serial()
                .up("--no-demo", "--no-host", "--no-clock", "--set", "repair.enabled=false"));
  }

  /** In which it is now, for data that is replayed. */
  static SharedStack replayed() {
    return new SharedStack(
        "replayed", () -> Stack.at(1).up("--no-demo", "--no-host", "--set", "repair.interval=1s"));
  }

  /** In which it is the time that tests say, and one more file of rules than ships. */
  static SharedStack told() {
    return new SharedStack("told", SharedStack::startTold);
  }

  private static Stack startTold() throws IOException {
    Stack stack = Stack.at(2).serial();
    Path rules = Files.createDirectory(stack.data().resolve("rules"));
    Files.copy(Oht50.HOME.resolve("deploy/rules/oht50.yml"), rules.resolve("oht50.yml"));
    Files.writeString(rules.resolve("load.yml"), LOAD_OF_FLEET);
    List<String> options = new ArrayList<>(List.of("--no-demo", "--no-host", "--no-clock"));
    for (String setting :
        List.of(
            "time.max-trailing=3650d",
            "time.idle-after=1s",
            "alerts.reconcile.interval=2s",
            "alerts.reconcile.settle=2s",
            "repair.interval=1s",
            "maintenance.late-points.settle=1s",
            "rules.folder=" + rules)) {
      options.add("--set");
      options.add(setting);
    }
    return stack.up(options.toArray(new String[0]));
  }

  Stack stack() {
    return running.stack;
  }

  @Override
  public void beforeAll(ExtensionContext context) throws Exception {
    running =
        context
            .getRoot()
            .getStore(ExtensionContext.Namespace.create(SharedStack.class))
            .getOrComputeIfAbsent(Running.class, key -> new Running(), Running.class);
    if (running.stack == null || !running.name.equals(name)) {
      running.close();
      running.stack = start.start();
      running.name = name;
    }
  }
}
