package oht50.metrics.planted;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class AimTest {
  @TempDir private Path folder;

  @BeforeEach
  void aim() {
    Aim.in(folder);
  }

  @AfterEach
  void aimNoMore() {
    Aim.in(null);
  }

  @Test
  void nobodyStopsAtAPointThatIsNotArmed() {
    Aim.reached("flush");

    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void oneTaskStandsStillAtAnArmedPointUntilItIsReleased() throws Exception {
    Files.createFile(folder.resolve("flush.armed"));
    CompletableFuture<Void> task = CompletableFuture.runAsync(() -> Aim.reached("flush"));
    Path hit = folder.resolve("flush.hit");
    while (!Files.exists(hit)) {
      LockSupport.parkNanos(1_000_000);
    }

    assertThat(hit).hasContent(Long.toString(ProcessHandle.current().pid()));
    Aim.reached("flush");
    assertThat(task).as("a second one passes by, the first stands").isNotDone();
    Files.delete(hit);
    task.get(10, TimeUnit.SECONDS);
    assertThat(folder).isEmptyDirectory();
  }
}
