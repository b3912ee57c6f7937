package oht50.metrics.cli.local;

import java.nio.file.Path;

/**
 * A complete checkpoint or savepoint on disk.
 *
 * @param id grows by one per checkpoint, also over restored jobs
 * @param completedMillis when its _metadata was written, milliseconds since 1970
 */
record Checkpoint(Path folder, long id, long completedMillis) {
  String path() {
    return folder.toUri().toString().replaceAll("/$", "");
  }

  boolean isIn(Path parent) {
    return folder.getParent().equals(parent);
  }

  String name() {
    return folder.getFileName().toString();
  }
}
