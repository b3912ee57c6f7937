package oht50.metrics.planted;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.locks.LockSupport;

/**
 * Where a fault campaign catches a task. A task that comes by while {@code <point>.armed} is in the
 * folder makes it {@code <point>.hit}, with the pid of its process in it, and stands still until
 * that file is gone.
 */
public final class Aim {
  private static final long LOOK_EVERY_NANOS = 5_000_000;

  private static volatile Path folder;

  private Aim() {}

  static void in(Path aims) {
    folder = aims;
  }

  /** Called by the changed classes of the product. */
  public static void reached(String point) {
    Path aims = folder;
    if (aims == null) {
      return;
    }
    Path armed = aims.resolve(point + ".armed");
    if (!Files.exists(armed)) {
      return;
    }
    Path hit = aims.resolve(point + ".hit");
    try {
      // Written before it is renamed: whoever sees the hit sees the pid.
      Path mine = aims.resolve(point + "." + ProcessHandle.current().pid() + ".claim");
      Files.move(armed, mine, StandardCopyOption.ATOMIC_MOVE);
      Files.writeString(mine, Long.toString(ProcessHandle.current().pid()));
      Files.move(mine, hit, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException anotherTaskWasFirst) {
      return;
    }
    while (Files.exists(hit)) {
      LockSupport.parkNanos(LOOK_EVERY_NANOS);
      // A cancelled task is interrupted again and again; with the mark set, parking does not wait.
      if (Thread.interrupted()) {
        Thread.onSpinWait();
      }
    }
  }

  /** The same, if the options of a checkpoint say that it is a savepoint. */
  public static void reachedInSavepoint(String point, Object checkpointOptions) {
    if (folder == null) {
      return;
    }
    try {
      Object type =
          checkpointOptions.getClass().getMethod("getCheckpointType").invoke(checkpointOptions);
      if ((boolean) type.getClass().getMethod("isSavepoint").invoke(type)) {
        reached(point);
      }
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("Flink tells savepoints from checkpoints otherwise now", e);
    }
  }
}
