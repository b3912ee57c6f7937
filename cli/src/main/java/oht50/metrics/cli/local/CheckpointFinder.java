package oht50.metrics.cli.local;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Finds what a job can start from. A checkpoint is complete when its _metadata is: Flink writes
 * that file last. Half-written ones and ones still in progress are no candidates.
 */
final class CheckpointFinder {
  // Checkpoints.HEADER_MAGIC_NUMBER of Flink; then follow the format's version and the id.
  private static final int MAGIC = 0x4960672d;

  private static final Comparator<Checkpoint> NEWEST_FIRST =
      Comparator.comparingLong(Checkpoint::completedMillis)
          .thenComparingLong(Checkpoint::id)
          .reversed();

  private final Path checkpoints;
  private final Path savepoints;

  CheckpointFinder(Path checkpoints, Path savepoints) {
    this.checkpoints = checkpoints;
    this.savepoints = savepoints;
  }

  /** Checkpoints of all jobs and savepoints, newest first. */
  List<Checkpoint> newestFirst() throws IOException {
    List<Checkpoint> found = new ArrayList<>();
    for (Path job : folders(checkpoints)) {
      for (Path folder : folders(job)) {
        if (folder.getFileName().toString().startsWith("chk-")) {
          read(folder).ifPresent(found::add);
        }
      }
    }
    for (Path folder : folders(savepoints)) {
      read(folder).ifPresent(found::add);
    }
    found.sort(NEWEST_FIRST);
    return found;
  }

  private static Optional<Checkpoint> read(Path folder) {
    Path metadata = folder.resolve("_metadata");
    if (!Files.isRegularFile(metadata)) {
      return Optional.empty();
    }
    try (DataInputStream in = new DataInputStream(Files.newInputStream(metadata))) {
      if (in.readInt() != MAGIC) {
        return Optional.empty();
      }
      in.readInt();
      return Optional.of(
          new Checkpoint(folder, in.readLong(), Files.getLastModifiedTime(metadata).toMillis()));
    } catch (IOException truncatedOrGone) {
      return Optional.empty();
    }
  }

  private static List<Path> folders(Path parent) throws IOException {
    if (!Files.isDirectory(parent)) {
      return List.of();
    }
    try (Stream<Path> children = Files.list(parent)) {
      return children.filter(Files::isDirectory).toList();
    }
  }
}
