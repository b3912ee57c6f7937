package oht50.metrics.planted;

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
}
