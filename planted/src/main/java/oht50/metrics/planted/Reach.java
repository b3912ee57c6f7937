package oht50.metrics.planted;

import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;

/** For advice: members of the product's classes by name, as this jar compiles without them. */
public final class Reach {
  private Reach() {}

  /** The value of a field. */
  public static Object field(Object of, String name) {
    try {
      Field field = of.getClass().getDeclaredField(name);
      return opened(field).get(of);
    } catch (ReflectiveOperationException e) {
      throw missing(of, name, e);
    }
  }

  /** What a method without parameters answers. */
  public static Object call(Object of, String name) {
    try {
      Method method = of.getClass().getDeclaredMethod(name);
      return opened(method).invoke(of);
    } catch (InvocationTargetException e) {
      throw new IllegalStateException(e.getCause());
    } catch (ReflectiveOperationException e) {
      throw missing(of, name, e);
    }
  }

  /** Another object of the same class, of the constructor with the most parameters. */
  public static Object another(Object like, Object... arguments) {
    try {
      Constructor<?> longest = null;
      for (Constructor<?> each : like.getClass().getDeclaredConstructors()) {
        if (longest == null || each.getParameterCount() > longest.getParameterCount()) {
          longest = each;
        }
      }
      return opened(longest).newInstance(arguments);
    } catch (ReflectiveOperationException e) {
      throw missing(like, "constructor", e);
    }
  }

  /** Another object, made by a static method of the same class. */
  public static Object made(Object like, String factory, Object... arguments) {
    try {
      for (Method each : like.getClass().getDeclaredMethods()) {
        if (each.getName().equals(factory) && each.getParameterCount() == arguments.length) {
          return opened(each).invoke(null, arguments);
        }
      }
    } catch (ReflectiveOperationException e) {
      throw missing(like, factory, e);
    }
    throw missing(like, factory, null);
  }

  private static <T extends AccessibleObject> T opened(T member) {
    member.setAccessible(true);
    return member;
  }

  private static IllegalStateException missing(Object of, String name, Exception cause) {
    return new IllegalStateException(of.getClass().getName() + " has no " + name, cause);
  }
}
