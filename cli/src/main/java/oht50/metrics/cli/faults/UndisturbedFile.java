package oht50.metrics.cli.faults;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Keeps the tables of an undisturbed run, so that campaigns with the same input share it. */
final class UndisturbedFile {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** What it is the answer to, and the answer. */
  private record Content(long seed, int ticks, Map<String, List<String>> rows) {}

  private final Path file;

  UndisturbedFile(Path file) {
    this.file = file;
  }

  /** Empty if there is no file, or one of another input. */
  Optional<Tables> read(long seed, int ticks) throws IOException {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    Content content = JSON.readValue(file.toFile(), Content.class);
    return content.seed == seed && content.ticks == ticks
        ? Optional.of(new Tables(content.rows))
        : Optional.empty();
  }

  void write(long seed, int ticks, Tables tables) throws IOException {
    JSON.writeValue(file.toFile(), new Content(seed, ticks, tables.rows()));
  }
}
