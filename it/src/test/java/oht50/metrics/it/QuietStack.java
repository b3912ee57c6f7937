package oht50.metrics.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A stack to which nobody sends anything, for all test classes that want little more of it than
 * Kafka and PostgreSQL. It ends with the last of them.
 */
final class QuietStack implements BeforeAllCallback {
  private Stack stack;

  Stack stack() {
    return stack;
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    stack =
        context
            .getRoot()
            .getStore(ExtensionContext.Namespace.create(QuietStack.class))
            .getOrComputeIfAbsent(Started.class, key -> Started.now(), Started.class)
            .stack;
  }

  private record Started(Stack stack) implements AutoCloseable {
    static Started now() {
      try {
        // Jobs of tests share its tables: what they want repaired is not for a job that knows none
        // of their series to answer.
        return new Started(
            Stack.at(6)
                .serial()
                .up("--no-demo", "--no-host", "--no-clock", "--set", "repair.enabled=false"));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void close() {
      stack.close();
    }
  }
}
