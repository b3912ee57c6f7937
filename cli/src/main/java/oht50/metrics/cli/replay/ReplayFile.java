package oht50.metrics.cli.replay;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.GZIPInputStream;

/** A file of lines, packed with gzip or not; empty lines do not count. */
public record ReplayFile(Path path) {
  /** Takes one line and its number, from 1. */
  public interface LineConsumer {
    void accept(String line, long number) throws IOException;
  }

  /** What a first look at the file found; first and newest are null if no line has a time. */
  public record Outline(long lines, Set<String> topics, Instant first, Instant newest) {}

  public void forEachLine(LineConsumer consumer) throws IOException {
    try (BufferedReader reader =
        new BufferedReader(new InputStreamReader(open(), StandardCharsets.UTF_8))) {
      long number = 0;
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        number++;
        if (!line.isBlank()) {
          consumer.accept(line, number);
        }
      }
    }
  }

  /** Reads all lines once; throws IllegalArgumentException naming the first that is no record. */
  public Outline outline(LineReader reader) throws IOException {
    long[] lines = {0};
    Set<String> topics = new TreeSet<>();
    Instant[] bounds = new Instant[2];
    forEachLine(
        (line, number) -> {
          ReplayRecord record;
          try {
            record = reader.read(line);
          } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                path + ", line " + number + ": " + e.getMessage(), e);
          }
          lines[0]++;
          topics.add(record.topic());
          Optional<Instant> time =
              record.value() == null ? Optional.empty() : EventTimes.of(record.value());
          time.ifPresent(
              instant -> {
                bounds[0] = bounds[0] == null ? instant : bounds[0];
                bounds[1] = bounds[1] == null || instant.isAfter(bounds[1]) ? instant : bounds[1];
              });
        });
    return new Outline(lines[0], topics, bounds[0], bounds[1]);
  }

  private InputStream open() throws IOException {
    InputStream in = new BufferedInputStream(Files.newInputStream(path), 1 << 16);
    in.mark(2);
    // By content: a name proves nothing.
    boolean packed = in.read() == 0x1f && in.read() == 0x8b;
    in.reset();
    return packed ? new GZIPInputStream(in, 1 << 16) : in;
  }
}
