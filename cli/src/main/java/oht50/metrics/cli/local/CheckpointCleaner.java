package oht50.metrics.cli.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
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

  CheckpointCleaner(CheckpointFinder finder, Path checkpoints) {
    this.finder = finder;
    this.checkpoints = checkpoints;
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
    Set<Path> obsolete = new HashSet<>();
    for (Checkpoint old : all.subList(KEPT, all.size())) {
      if (!old.isIn(own)) {
        Path parent = old.folder().getParent();
        obsolete.add(parent.getParent().equals(checkpoints) ? parent : old.folder());
      }
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
