package oht50.metrics.it;

import java.util.Comparator;
import org.junit.jupiter.api.ClassDescriptor;
import org.junit.jupiter.api.ClassOrderer;
import org.junit.jupiter.api.ClassOrdererContext;
import org.junit.jupiter.api.Order;

/**
 * Classes with a stack of their own, or none, by name; then those that share one, as their
 * {@code @Order} says, so that nothing shared is up beside the others.
 */
public final class SharersLast implements ClassOrderer {
  @Override
  public void orderClasses(ClassOrdererContext context) {
    context
        .getClassDescriptors()
        .sort(
            Comparator.<ClassDescriptor>comparingInt(SharersLast::order)
                .thenComparing(each -> each.getTestClass().getName()));
  }

  private static int order(ClassDescriptor test) {
    return test.findAnnotation(Order.class).map(Order::value).orElse(0);
  }
}
