package oht50.metrics.cli.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointFinderTest {
  private static final int MAGIC = 0x4960672d;

  @TempDir Path folder;
  private Path checkpoints;
  private Path savepoints;
  private CheckpointFinder finder;

  @BeforeEach
  void createFinder() {
    checkpoints = folder.resolve("checkpoints");
    savepoints = folder.resolve("savepoints");
    finder = new CheckpointFinder(checkpoints, savepoints);
  }

  @Test
  void noFolderMeansNoCheckpoint() throws IOException {
    assertThat(finder.newestFirst()).isEmpty();
  }

  @Test
  void newestIsTheLastCompletedWhateverJobMadeIt() throws IOException {
    write(checkpoints.resolve("aaaa/chk-9"), 9, 1_000);
    write(checkpoints.resolve("aaaa/chk-10"), 10, 2_000);
    write(checkpoints.resolve("bbbb/chk-3"), 3, 3_000);
    assertThat(names()).containsExactly("chk-3", "chk-10", "chk-9");
  }

  @Test
  void higherNumberDecidesWithinOneInstant() throws IOException {
    write(checkpoints.resolve("aaaa/chk-9"), 9, 1_000);
    write(checkpoints.resolve("aaaa/chk-10"), 10, 1_000);
    assertThat(names()).containsExactly("chk-10", "chk-9");
  }

  @Test
  void savepointCountsLikeACheckpoint() throws IOException {
    write(checkpoints.resolve("aaaa/chk-9"), 9, 1_000);
    write(savepoints.resolve("savepoint-aaaa-1"), 10, 2_000);
    assertThat(names()).containsExactly("savepoint-aaaa-1", "chk-9");
  }

  @Test
  void halfWrittenOnesAreIgnored() throws IOException {
    write(checkpoints.resolve("aaaa/chk-9"), 9, 1_000);
    Files.createDirectories(checkpoints.resolve("aaaa/chk-10"));
    Files.writeString(checkpoints.resolve("aaaa/chk-10/state"), "state");
    Files.createDirectories(checkpoints.resolve("aaaa/chk-11"));
    Files.createFile(checkpoints.resolve("aaaa/chk-11/_metadata"));
    Files.createDirectories(checkpoints.resolve("aaaa/chk-12"));
    Files.writeString(checkpoints.resolve("aaaa/chk-12/_metadata"), "something else, long enough");
    Files.createDirectories(checkpoints.resolve("aaaa/shared"));
    assertThat(names()).containsExactly("chk-9");
  }

  @Test
  void cleanerWaitsForThreeOfTheNewJob() throws IOException {
    CheckpointCleaner cleaner = new CheckpointCleaner(checkpoints, savepoints);
    write(checkpoints.resolve("old/chk-1"), 1, 1_000);
    write(savepoints.resolve("savepoint-old-1"), 2, 2_000);
    write(checkpoints.resolve("new/chk-3"), 3, 3_000);
    write(checkpoints.resolve("new/chk-4"), 4, 4_000);
    cleaner.clean("new");
    cleaner.clean(null);
    assertThat(names()).hasSize(4);
    Files.createDirectories(checkpoints.resolve("failed/shared"));
    Files.writeString(checkpoints.resolve("README"), "of somebody else");
    write(checkpoints.resolve("new/chk-5"), 5, 5_000);
    cleaner.clean("new");
    assertThat(names()).containsExactly("chk-5", "chk-4", "chk-3");
    assertThat(checkpoints.resolve("old")).doesNotExist();
    assertThat(checkpoints.resolve("failed")).doesNotExist();
    assertThat(checkpoints.resolve("new/chk-3")).exists();
    assertThat(checkpoints.resolve("README")).exists();
  }

  private List<String> names() throws IOException {
    return finder.newestFirst().stream().map(Checkpoint::name).toList();
  }

  private static void write(Path checkpoint, long id, long completedMillis) throws IOException {
    Files.createDirectories(checkpoint);
    Path metadata = checkpoint.resolve("_metadata");
    try (DataOutputStream out = new DataOutputStream(Files.newOutputStream(metadata))) {
      out.writeInt(MAGIC);
      out.writeInt(4);
      out.writeLong(id);
    }
    Files.setLastModifiedTime(metadata, FileTime.fromMillis(completedMillis));
  }
}
