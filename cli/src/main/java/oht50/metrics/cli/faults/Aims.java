package oht50.metrics.cli.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/**
 * Catches a task of the job at a place, through files that the agent in its process looks for:
 * {@code <point>.armed} becomes {@code <point>.hit}, which holds the pid, and the task stands still
 * until the file is gone.
 */
final class Aims {
  private final Path folder;

  Aims(Path folder) throws IOException {
    this.folder = Files.createDirectories(folder);
  }

  Path folder() {
    return folder;
  }

  void arm(AimPoint point) throws IOException {
    Files.deleteIfExists(hit(point));
    Files.writeString(armed(point), "");
  }

  /** The pid of the process that stands there; empty if none came by in the time. */
  OptionalLong awaitHit(AimPoint point, Duration limit) throws InterruptedException {
    long deadline = System.nanoTime() + limit.toNanos();
    while (System.nanoTime() < deadline) {
      OptionalLong pid = pid(point);
      if (pid.isPresent()) {
        return pid;
      }
      TimeUnit.MILLISECONDS.sleep(10);
    }
    return OptionalLong.empty();
  }

  /** Whoever stands there goes on; nobody will stop there any more. */
  void release(AimPoint point) throws IOException {
    Files.deleteIfExists(armed(point));
    Files.deleteIfExists(hit(point));
  }

  private OptionalLong pid(AimPoint point) {
    try {
      String text = Files.readString(hit(point)).strip();
      return text.isEmpty() ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(text));
    } catch (IOException notYet) {
      return OptionalLong.empty();
    }
  }

  private Path armed(AimPoint point) {
    return folder.resolve(point.id() + ".armed");
  }

  private Path hit(AimPoint point) {
    return folder.resolve(point.id() + ".hit");
  }
}
