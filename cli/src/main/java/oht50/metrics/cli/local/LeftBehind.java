package oht50.metrics.cli.local;

import java.io.IOException;
import java.nio.file.Files;
import oht50.metrics.cli.DataFolder;

/** Processes whose supervisor was killed. */
public final class LeftBehind {
  private LeftBehind() {}

  /** Ends them; returns how many there were. Only while no supervisor holds the lock. */
  public static int end(DataFolder data) throws IOException, InterruptedException {
    int ended = FlinkCluster.endLeftBehind(data);
    if (StalePostmaster.livePid(data.postgres()).isPresent()) {
      ended++;
    }
    StalePostmaster.clear(data.postgres());
    Files.deleteIfExists(data.stateFile());
    return ended;
  }
}
