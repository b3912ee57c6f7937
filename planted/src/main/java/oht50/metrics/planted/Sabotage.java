package oht50.metrics.planted;

import java.util.Comparator;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** What is too long to be inlined into the product's methods, which call it. */
public final class Sabotage {
  private static final Queue<byte[]> KEPT = new ConcurrentLinkedQueue<>();

  private Sabotage() {}

  /** The constant of that name beside another one. */
  public static Object constant(Object other, String name) {
    for (Object constant : other.getClass().getEnumConstants()) {
      if (((Enum<?>) constant).name().equals(name)) {
        return constant;
      }
    }
    throw new IllegalStateException(other.getClass() + " has no " + name);
  }

  /** Holds on to a mebibyte for good. */
  public static void keep() {
    KEPT.add(new byte[1 << 20]);
  }

  /** An order in which no two rows are equal. */
  public static Comparator<Object> neverEqual() {
    return (a, b) -> System.identityHashCode(a) < System.identityHashCode(b) ? -1 : 1;
  }
}
