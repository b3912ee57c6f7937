package oht50.metrics.cli.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import oht50.metrics.cli.CommandFailure;

/** Exchanges the bug in the Flink processes of a stack, which the agent there looks for. */
final class PlantedBugs {
  private static final long LIMIT_SECONDS = 60;

  private final Path folder;

  PlantedBugs(Path folder) {
    this.folder = folder;
  }

  /**
   * Returns when all of them have it.
   *
   * @param name of a bug, or {@code none}
   */
  void plant(String name, CampaignStack stack) throws IOException, InterruptedException {
    String bug = name.equals("none") ? "" : name;
    Path next = folder.resolve("bug.next");
    Files.writeString(next, bug);
    Files.move(
        next,
        folder.resolve("bug"),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
    while (!isIn(bug, stack.pids())) {
      if (System.nanoTime() > deadline) {
        throw CommandFailure.problems("the bug " + bug + " could not be planted");
      }
      TimeUnit.MILLISECONDS.sleep(50);
    }
  }

  private boolean isIn(String bug, Map<String, Long> pids) throws IOException {
    for (Map.Entry<String, Long> process : pids.entrySet()) {
      if (process.getKey().startsWith("taskManager") || process.getKey().equals("jobManager")) {
        Path answer = folder.resolve(process.getValue() + ".planted");
        if (!Files.exists(answer) || !Files.readString(answer).equals(bug)) {
          return false;
        }
      }
    }
    return true;
  }
}
