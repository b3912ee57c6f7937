package oht50.metrics.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where one running instance keeps everything; deleting the folder of a stopped one forgets it. */
public record DataFolder(Path root) {
  public DataFolder {
    root = root.toAbsolutePath().normalize();
  }

  public Path stateFile() {
    return root.resolve("state.json");
  }

  /** Held by the supervisor as long as it lives, also through kill -9. */
  public Path lockFile() {
    return root.resolve("supervisor.lock");
  }

  public Path passwordFile() {
    return root.resolve("postgres-password");
  }

  public Path logs() {
    return root.resolve("logs");
  }

  public Path kafka() {
    return root.resolve("kafka");
  }

  public Path postgres() {
    return root.resolve("postgres");
  }

  public Path postgresBinaries() {
    return root.resolve("postgres-binaries");
  }

  public Path flink() {
    return root.resolve("flink");
  }

  public Path checkpoints() {
    return root.resolve("checkpoints");
  }

  public Path savepoints() {
    return root.resolve("savepoints");
  }

  public void create() {
    try {
      for (Path folder : new Path[] {root, logs(), checkpoints(), savepoints(), flink()}) {
        Files.createDirectories(folder);
      }
    } catch (IOException e) {
      throw CommandFailure.configuration(
          "cannot create the data folder " + root + " (" + e + "); choose another with --data DIR");
    }
  }

  public boolean isLocked() {
    return SupervisorLock.isHeld(lockFile());
  }
}
