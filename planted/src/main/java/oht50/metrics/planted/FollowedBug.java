package oht50.metrics.planted;

import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.locks.LockSupport;

/**
 * The bug of a process that goes on when its bug is exchanged for another: named by the file {@code
 * bug} in a folder, empty for none, which is looked at all the time. What is planted stands in
 * {@code <pid>.planted} beside it.
 */
final class FollowedBug {
  private static final long LOOK_EVERY_NANOS = 50_000_000;

  private final Path folder;
  private final Instrumentation instrumentation;

  private String id = "";
  private Planted planted;

  private FollowedBug(Path folder, Instrumentation instrumentation) {
    this.folder = folder;
    this.instrumentation = instrumentation;
  }

  /** The first one is planted when this returns. */
  static void in(Path folder, Instrumentation instrumentation) {
    FollowedBug bug = new FollowedBug(folder, instrumentation);
    bug.look();
    Thread thread = new Thread(bug::follow, "followed-bug");
    thread.setDaemon(true);
    thread.start();
  }

  private void follow() {
    while (true) {
      LockSupport.parkNanos(LOOK_EVERY_NANOS);
      look();
    }
  }

  private void look() {
    Path file = folder.resolve("bug");
    if (!Files.exists(file)) {
      return;
    }
    try {
      String asked = Files.readString(file).strip();
      if (!asked.equals(id)) {
        exchange(asked);
      }
      Path mine = folder.resolve(ProcessHandle.current().pid() + ".planted");
      if (!Files.exists(mine) || !Files.readString(mine).equals(id)) {
        Path next = mine.resolveSibling(mine.getFileName() + ".next");
        Files.writeString(next, id);
        Files.move(next, mine, StandardCopyOption.ATOMIC_MOVE);
      }
    } catch (IOException halfWritten) {
      // The next look sees it whole.
      LockSupport.parkNanos(LOOK_EVERY_NANOS);
    }
  }

  private void exchange(String asked) {
    if (planted != null) {
      planted.uproot();
      planted = null;
    }
    if (!asked.isEmpty()) {
      planted = Planted.plant(PlantedBug.of(asked), instrumentation);
    }
    id = asked;
  }
}
