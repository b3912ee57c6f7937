package oht50.metrics.it;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The command line, run as a user runs it. */
final class Oht50 {
  static final Path HOME = Path.of(System.getProperty("oht50.home")).toAbsolutePath();

  /** What a command printed, and how it ended. */
  record Result(int exitCode, String out, String err) {
    Result expectSuccess() {
      if (exitCode != 0) {
        throw new AssertionError("exit code " + exitCode + "\n" + out + "\n" + err);
      }
      return this;
    }
  }

  private Oht50() {}

  static Result run(String... arguments) {
    return run(Duration.ofMinutes(10), arguments);
  }

  /** Does the same without a process of its own, whose start costs more than most commands do. */
  static Result runHere(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int exitCode =
        oht50.metrics.cli.Oht50.execute(new PrintWriter(out), new PrintWriter(err), arguments);
    return new Result(exitCode, out.toString(), err.toString());
  }

  static Result run(Duration atMost, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(HOME.resolve("oht50").toString());
    command.addAll(List.of(arguments));
    return run(command, Map.of("OHT50_NO_BUILD", "1"), atMost);
  }

  static Result run(List<String> command, Map<String, String> environment) {
    return run(command, environment, Duration.ofMinutes(10));
  }

  /** Fails if it has not ended after the time. */
  static Result run(List<String> command, Map<String, String> environment, Duration atMost) {
    try {
      Path out = Files.createTempFile("oht50-it", ".out");
      Path err = Files.createTempFile("oht50-it", ".err");
      ProcessBuilder builder = new ProcessBuilder(command);
      builder.environment().putAll(environment);
      builder.redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")));
      Process process = builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
      if (!process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
        throw new AssertionError(
            command + " did not end within " + atMost + "\n" + Files.readString(err));
      }
      Result result =
          new Result(
              process.exitValue(),
              Files.readString(out, StandardCharsets.UTF_8),
              Files.readString(err, StandardCharsets.UTF_8));
      Files.delete(out);
      Files.delete(err);
      return result;
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
