package oht50.metrics.planted;

import static net.bytebuddy.matcher.ElementMatchers.isBridge;
import static net.bytebuddy.matcher.ElementMatchers.isConstructor;
import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.not;

import net.bytebuddy.asm.Advice;
import net.bytebuddy.asm.AsmVisitorWrapper;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.matcher.ElementMatcher;

/**
 * Where a bug goes and what it does there.
 *
 * @param className binary name of the class
 * @param methods of that class; constructors are methods too
 * @param advice class of the code that is inlined. As it becomes a part of another class, it may
 *     only touch the JDK, public members of this jar, and what the changed class itself may touch
 */
record Planting(
    String className, ElementMatcher<? super MethodDescription> methods, Class<?> advice) {

  /** In every method of that name. */
  static Planting in(String className, String method, Class<?> advice) {
    return new Planting(className, named(method).and(not(isBridge())), advice);
  }

  static Planting inConstructorOf(String className, Class<?> advice) {
    return new Planting(className, isConstructor(), advice);
  }

  AsmVisitorWrapper visitor() {
    return Advice.to(advice).on(methods);
  }
}
