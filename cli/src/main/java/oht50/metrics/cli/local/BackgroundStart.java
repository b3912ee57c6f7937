package oht50.metrics.cli.local;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import oht50.metrics.cli.CommandFailure;
import oht50.metrics.cli.DataFolder;
import oht50.metrics.cli.ExitCodes;
import oht50.metrics.cli.Home;
import oht50.metrics.cli.Oht50;
import oht50.metrics.cli.RunState;

/** Starts the supervisor as a process of its own and shows what it says until all is up. */
final class BackgroundStart {
  private final DataFolder folder;
  private final PrintWriter err;

  BackgroundStart(DataFolder folder, PrintWriter err) {
    this.folder = folder;
    this.err = err;
  }

  /** Returns 0 once all is up, else the exit code of the supervisor. */
  int run(List<String> arguments) throws IOException, InterruptedException {
    Path output = folder.logs().resolve("up.log");
    Files.deleteIfExists(output);
    Files.createFile(output);
    Process supervisor = ChildProcess.builder(command(arguments), Map.of(), output).start();
    try (RandomAccessFile said = new RandomAccessFile(output.toFile(), "r")) {
      while (true) {
        boolean ended = supervisor.waitFor(200, TimeUnit.MILLISECONDS);
        // Asked before the text is shown: what it printed before that is shown too.
        boolean up = isUp(supervisor.pid());
        show(said);
        if (ended) {
          return supervisor.exitValue() == ExitCodes.OK
              ? ExitCodes.OK
              : silentFailure(supervisor.exitValue());
        }
        if (up) {
          awaitWelcome(said);
          return ExitCodes.OK;
        }
      }
    }
  }

  // Its own error line has been shown.
  private static int silentFailure(int exitCode) {
    return exitCode > 128 ? fail("the supervisor was killed, exit code " + exitCode) : exitCode;
  }

  private static int fail(String line) {
    throw CommandFailure.unavailable(line);
  }

  private boolean isUp(long pid) {
    return RunState.read(folder.stateFile())
        .filter(state -> Long.valueOf(pid).equals(state.pids().get("supervisor")))
        .filter(state -> state.phase().equals(RunState.UP))
        .isPresent();
  }

  private void awaitWelcome(RandomAccessFile said) throws IOException, InterruptedException {
    // It is printed right after the state is written.
    Thread.sleep(300);
    show(said);
  }

  private void show(RandomAccessFile said) throws IOException {
    byte[] more = new byte[(int) (said.length() - said.getFilePointer())];
    said.readFully(more);
    err.print(new String(more, StandardCharsets.UTF_8));
    err.flush();
  }

  private static List<String> command(List<String> arguments) {
    List<String> command = new ArrayList<>(List.of(FlinkCluster.javaBinary()));
    command.addAll(
        List.of(
            "-Doht50.home=" + Home.folder(),
            "-XX:+UseSerialGC",
            "-XX:+ExitOnOutOfMemoryError",
            "-Xss512k",
            // It looks after others and computes little.
            "-XX:TieredStopAtLevel=1",
            "-Xmx192m",
            "-XX:MaxMetaspaceSize=128m"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Oht50.class.getName()));
    command.addAll(arguments);
    return command;
  }
}
