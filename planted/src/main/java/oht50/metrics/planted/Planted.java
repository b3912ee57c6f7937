package oht50.metrics.planted;

import static net.bytebuddy.matcher.ElementMatchers.named;

import java.lang.instrument.Instrumentation;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import net.bytebuddy.agent.ByteBuddyAgent;
import net.bytebuddy.agent.builder.AgentBuilder;
import net.bytebuddy.agent.builder.AgentBuilder.RedefinitionStrategy;
import net.bytebuddy.agent.builder.ResettableClassFileTransformer;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.dynamic.DynamicType;
import net.bytebuddy.utility.JavaModule;

/**
 * A bug that is planted, in this whole process, until it is closed. A class that is loaded already
 * is changed too, and changed back by {@link #close}.
 */
public final class Planted implements AutoCloseable {
  private final PlantedBug bug;
  private final Instrumentation instrumentation;
  private final Watch watch = new Watch();
  private final ResettableClassFileTransformer transformer;

  private Planted(PlantedBug bug, Instrumentation instrumentation) {
    this.bug = bug;
    this.instrumentation = instrumentation;
    Planting planting = bug.planting();
    transformer =
        new AgentBuilder.Default()
            .disableClassFormatChanges()
            .with(RedefinitionStrategy.RETRANSFORMATION)
            .with(watch)
            .type(named(planting.className()))
            .transform((builder, type, loader, module, domain) -> builder.visit(planting.visitor()))
            .installOn(instrumentation);
  }

  /** Plants a bug into this process. */
  public static Planted plant(PlantedBug bug) {
    return plant(bug, ByteBuddyAgent.install());
  }

  static Planted plant(PlantedBug bug, Instrumentation instrumentation) {
    return new Planted(bug, instrumentation);
  }

  /** Number of classes changed so far: 0 until the class is loaded. */
  public int classesChanged() {
    return watch.changed.get();
  }

  /**
   * @throws IllegalStateException if the class could not be changed, or was not even loaded: a bug
   *     that was not there can neither be caught nor missed
   */
  @Override
  public void close() {
    uproot();
    if (watch.failure.get() != null) {
      throw new IllegalStateException(bug.id() + " could not be planted", watch.failure.get());
    }
    if (watch.changed.get() == 0) {
      throw new IllegalStateException(
          bug.id() + ": the class " + bug.planting().className() + " was never loaded");
    }
  }

  /** Takes it out, whether it was ever in a class or not. */
  void uproot() {
    transformer.reset(instrumentation, RedefinitionStrategy.RETRANSFORMATION);
  }

  private static final class Watch extends AgentBuilder.Listener.Adapter {
    private final AtomicInteger changed = new AtomicInteger();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();

    @Override
    public void onTransformation(
        TypeDescription type,
        ClassLoader loader,
        JavaModule module,
        boolean loaded,
        DynamicType dynamicType) {
      changed.incrementAndGet();
    }

    @Override
    public void onError(
        String type, ClassLoader loader, JavaModule module, boolean loaded, Throwable cause) {
      failure.compareAndSet(null, cause);
    }
  }
}
