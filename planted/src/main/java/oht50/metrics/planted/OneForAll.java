package oht50.metrics.planted;

import java.util.function.Supplier;

/** For advice: a key that all keys are taken for. */
public final class OneForAll implements Supplier<Object> {
  @Override
  public Object get() {
    return "all";
  }
}
