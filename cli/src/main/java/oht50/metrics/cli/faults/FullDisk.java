package oht50.metrics.cli.faults;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A small file system in memory in place of a folder, which can be filled up. Needs root. */
final class FullDisk implements AutoCloseable {
  private static final int MEBIBYTES = 96;

  private final Path folder;

  private FullDisk(Path folder) {
    this.folder = folder;
  }

  /** Null where this machine does not allow it. */
  static FullDisk mountOn(Path folder) throws IOException, InterruptedException {
    Files.createDirectories(folder);
    // Of a campaign that was killed.
    run("umount", folder.toString());
    int code =
        run("mount", "-t", "tmpfs", "-o", "size=" + MEBIBYTES + "m", "tmpfs", folder.toString());
    return code == 0 ? new FullDisk(folder) : null;
  }

  /** Leaves no byte free. */
  void fill() throws IOException {
    byte[] block = new byte[64 << 10];
    try (OutputStream out = Files.newOutputStream(ballast())) {
      while (true) {
        out.write(block);
      }
    } catch (IOException full) {
      if (Files.size(ballast()) == 0) {
        throw full;
      }
    }
  }

  void free() throws IOException {
    Files.deleteIfExists(ballast());
  }

  private Path ballast() {
    return folder.resolve("ballast");
  }

  private static int run(String... command) throws IOException, InterruptedException {
    try {
      return new ProcessBuilder(command)
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor();
    } catch (IOException noSuchCommand) {
      return -1;
    }
  }

  @Override
  public void close() throws IOException, InterruptedException {
    run("umount", folder.toString());
  }
}
