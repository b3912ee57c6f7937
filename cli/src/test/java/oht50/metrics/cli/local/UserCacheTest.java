package oht50.metrics.cli.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UserCacheTest {
  @TempDir Path folder;

  @Test
  void isWhereTheUserWantsIt() {
    Path cache = folder.resolve("c");

    assertThat(found(Map.of("XDG_CACHE_HOME", cache.toString(), "HOME", folder.toString())))
        .isEqualTo(cache.resolve("oht50/binaries"))
        .isDirectory();
  }

  @Test
  void isInTheHomeElse() {
    assertThat(found(Map.of("XDG_CACHE_HOME", "relative", "HOME", folder.toString())))
        .isEqualTo(folder.resolve(".cache/oht50/binaries"))
        .isDirectory();
  }

  @Test
  void isInTheDataFolderWhereThereIsNoHomeToWriteTo() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));

    assertThat(found(Map.of())).isEqualTo(folder.resolve("data"));
    assertThat(found(Map.of("HOME", file.toString()))).isEqualTo(folder.resolve("data"));
  }

  private Path found(Map<String, String> environment) {
    return UserCache.folder("binaries", environment, folder.resolve("data"));
  }
}
