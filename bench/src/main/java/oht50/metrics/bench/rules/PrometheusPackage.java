package oht50.metrics.bench.rules;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Debian's package of Prometheus, unpacked and not installed. */
final class PrometheusPackage {
  private PrometheusPackage() {}

  /**
   * The program, taken from the package sources of this machine.
   *
   * @param folder to unpack it into
   * @throws IOException if that cannot be done here
   */
  static Path unpack(Path folder) throws IOException, InterruptedException {
    run(folder, "apt-get", "download", "prometheus");
    try (Stream<Path> files = Files.list(folder)) {
      Path archive =
          files
              .filter(file -> file.toString().endsWith(".deb"))
              .findFirst()
              .orElseThrow(() -> new IOException("apt-get download left no package"));
      run(folder, "dpkg", "-x", archive.toString(), folder.toString());
    }
    return folder.resolve("usr/bin/prometheus");
  }

  private static void run(Path folder, String... command) throws IOException, InterruptedException {
    Path log = folder.resolve("package.log");
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    if (process.waitFor() != 0) {
      throw new IOException(
          "no Prometheus: '%s' failed (%s); name one with --prometheus"
              .formatted(
                  String.join(" ", List.of(command)),
                  Files.readString(log).strip().replace('\n', ' ')));
    }
  }
}
