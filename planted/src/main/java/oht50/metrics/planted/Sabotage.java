package oht50.metrics.planted;

import java.util.Comparator;

/** What is too long to be inlined into the product's methods, which call it. */
public final class Sabotage {
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

  public static boolean isCalledBy(String method) {
    return StackWalker.getInstance()
        .walk(frames -> frames.anyMatch(frame -> frame.getMethodName().equals(method)));
  }

  public static Comparator<Object> alsoBySeq(Comparator<Object> byKey) {
    return byKey.thenComparingLong(Sabotage::seq);
  }

  private static long seq(Object row) {
    try {
      return (long) row.getClass().getMethod("seq").invoke(row);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("rows have no seq any more", e);
    }
  }
}
