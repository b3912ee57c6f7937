package oht50.metrics.cli.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalLong;
import oht50.metrics.cli.CommandFailure;

/**
 * What a killed supervisor leaves in the database folder: a server that still runs, or the pid file
 * of one that does not. The pid alone proves nothing, after a reboot it may be anybody's.
 */
final class StalePostmaster {
  private static final Duration FAST = Duration.ofSeconds(30);
  private static final Duration IMMEDIATE = Duration.ofSeconds(10);

  private StalePostmaster() {}

  /** After it no server runs on the folder and no pid file says so. */
  static void clear(Path folder) throws IOException, InterruptedException {
    OptionalLong pid = livePid(folder);
    if (pid.isPresent()) {
      stop(pid.getAsLong(), folder);
    }
    Files.deleteIfExists(folder.resolve("postmaster.pid"));
  }

  /** The pid of the server that runs on the folder. */
  static OptionalLong livePid(Path folder) {
    Path file = folder.resolve("postmaster.pid");
    if (!Files.exists(file)) {
      return OptionalLong.empty();
    }
    try {
      long pid = Long.parseLong(Files.readAllLines(file).get(0).strip());
      boolean ours =
          ProcessHandle.of(pid)
              .map(process -> ProcessTable.commandLine(process).contains(folder.toString()))
              .orElse(false);
      return ours ? OptionalLong.of(pid) : OptionalLong.empty();
    } catch (IOException | RuntimeException unreadable) {
      return OptionalLong.empty();
    }
  }

  private static void stop(long pid, Path folder) throws InterruptedException {
    // PostgreSQL: INT disconnects everybody and shuts down cleanly, QUIT leaves it to recovery.
    ProcessTable.signal(pid, "INT");
    if (ProcessTable.awaitEnd(pid, FAST)) {
      return;
    }
    ProcessTable.signal(pid, "QUIT");
    if (!ProcessTable.awaitEnd(pid, IMMEDIATE)) {
      throw CommandFailure.unavailable(
          "PostgreSQL (pid " + pid + ") on " + folder + " does not stop; end it and try again");
    }
  }
}
