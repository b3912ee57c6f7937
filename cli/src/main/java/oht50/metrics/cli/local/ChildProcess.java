package oht50.metrics.cli.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A process that this one started and will end. */
final class ChildProcess {
  private static final boolean HAS_SETSID = Files.isExecutable(Path.of("/usr/bin/setsid"));

  private final Process process;

  private ChildProcess(Process process) {
    this.process = process;
  }

  /** Output is appended to the file. */
  static ChildProcess start(List<String> command, Map<String, String> environment, Path output)
      throws IOException {
    return new ChildProcess(builder(command, environment, output).start());
  }

  /** A process in a session of its own: Ctrl-C in the terminal is for the supervisor alone. */
  static ProcessBuilder builder(
      List<String> command, Map<String, String> environment, Path output) {
    List<String> detached = new ArrayList<>();
    if (HAS_SETSID) {
      detached.add("/usr/bin/setsid");
    }
    detached.addAll(command);
    ProcessBuilder builder =
        new ProcessBuilder(detached)
            .redirectErrorStream(true)
            .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
            .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()));
    builder.environment().putAll(environment);
    return builder;
  }

  long pid() {
    return process.pid();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Asks it to end, and makes it after the time. */
  void stop(Duration grace) throws InterruptedException {
    process.destroy();
    if (!process.waitFor(grace.toMillis(), TimeUnit.MILLISECONDS)) {
      kill();
    }
  }

  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }
}
