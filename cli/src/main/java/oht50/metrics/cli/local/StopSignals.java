package oht50.metrics.cli.local;

import java.lang.reflect.Proxy;
import java.util.List;

/**
 * Turns Ctrl-C and kill into a call instead of the end of the JVM: shutdown hooks run all at once,
 * and what is stopped here has an order.
 */
public final class StopSignals {
  private StopSignals() {}

  public static void onStop(Runnable action) {
    for (String name : List.of("INT", "TERM", "HUP")) {
      try {
        handle(name, action);
      } catch (ReflectiveOperationException | RuntimeException notOnThisPlatform) {
        Runtime.getRuntime().addShutdownHook(new Thread(action, "stop"));
        return;
      }
    }
  }

  // By reflection, as Kafka does it: sun.misc.Signal is supported but gives a compiler warning.
  private static void handle(String name, Runnable action) throws ReflectiveOperationException {
    Class<?> signal = Class.forName("sun.misc.Signal");
    Class<?> handler = Class.forName("sun.misc.SignalHandler");
    Object proxy =
        Proxy.newProxyInstance(
            StopSignals.class.getClassLoader(),
            new Class<?>[] {handler},
            (self, method, arguments) -> {
              if (method.getName().equals("handle")) {
                action.run();
              }
              return null;
            });
    signal
        .getMethod("handle", signal, handler)
        .invoke(null, signal.getConstructor(String.class).newInstance(name), proxy);
  }
}
