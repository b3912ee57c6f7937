package oht50.metrics.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** {@code ./oht50 faults} in a folder and on ports of its own. */
final class Campaigns {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Campaigns() {}

  /** How a campaign ended, and what it said for a program. */
  record Outcome(int exitCode, JsonNode document, String err) {}

  static Outcome run(Path folder, Duration atMost, String... options) {
    List<String> arguments =
        new ArrayList<>(
            List.of("faults", "--json", "--first-port", "23900", "--data", folder.toString()));
    arguments.addAll(Arrays.asList(options));
    Oht50.Result result = Oht50.run(atMost, arguments.toArray(new String[0]));
    try {
      return new Outcome(result.exitCode(), JSON.readTree(result.out()), result.err());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
