package oht50.metrics.cli.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes what earlier jobs left once nobody can need it: each job writes into a folder of its own,
 * and Flink never deletes what it was restored from.
 */
final class CheckpointCleaner {
  private static final Logger LOG = LoggerFactory.getLogger(CheckpointCleaner.class);

  /** As many as Flink keeps of one job (execution.checkpointing.num-retained). */
  private static final int KEPT = 3;

  private final CheckpointFinder finder;
  private final Path checkpoints;
  private final Path savepoints;

  CheckpointCleaner(Path checkpoints, Path savepoints) {
    this.finder = new CheckpointFinder(checkpoints, savepoints);
    this.checkpoints = checkpoints;
    this.savepoints = savepoints;
  }

  /**
   * Does nothing before the job has as many checkpoints of its own, all newer than the rest: its
   * first one after a restore is a full one and refers to no older file.
   *
   * @param job its id, or null
   */
  void clean(String job) throws IOException {
    if (job == null) {
      return;
    }
    Path own = checkpoints.resolve(job);
    List<Checkpoint> all = finder.newestFirst();
    if (all.size() < KEPT || !all.stream().limit(KEPT).allMatch(each -> each.isIn(own))) {
      return;
    }
    // Also folders without a complete checkpoint: those of attempts that failed at their start.
    deleteChildrenExcept(checkpoints, own);
    deleteChildrenExcept(savepoints, null);
  }

  private static void deleteChildrenExcept(Path parent, Path kept) throws IOException {
    List<Path> obsolete;
    try (Stream<Path> children = Files.list(parent)) {
      // Flink makes folders; a file is somebody else's.
      obsolete = children.filter(child -> !child.equals(kept) && Files.isDirectory(child)).toList();
    }
    for (Path folder : obsolete) {
      LOG.info("Deleting {}: newer checkpoints are complete", folder);
      delete(folder);
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> content = Files.walk(folder)) {
      for (Path path : content.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }
}
