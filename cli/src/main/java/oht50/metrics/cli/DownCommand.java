package oht50.metrics.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import oht50.metrics.cli.local.LeftBehind;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code down}: stops the instance, the job with a savepoint. */
@Command(
    name = "down",
    mixinStandardHelpOptions = true,
    description =
        "Stop the job with a savepoint, from which the next `up` goes on, then Flink, Kafka and"
            + " PostgreSQL. Fine if nothing runs.")
final class DownCommand implements Callable<Integer> {
  // Savepoint, grace of both Flink processes, Kafka, a long shutdown checkpoint of PostgreSQL.
  private static final Duration LIMIT = Duration.ofSeconds(150);

  @Spec private CommandSpec spec;
  @Mixin private DataOption data;

  @Override
  public Integer call() throws IOException, InterruptedException {
    PrintWriter err = spec.commandLine().getErr();
    DataFolder folder = data.folder();
    long begun = System.nanoTime();
    if (folder.isLocked()) {
      err.println("stopping (a savepoint of the job, then Flink, Kafka, PostgreSQL) ...");
      err.flush();
      stop(folder);
      LeftBehind.end(folder);
      err.println(
          "stopped in "
              + DurationText.print(Duration.ofNanos(System.nanoTime() - begun))
              + "; the data stays in "
              + folder.root());
      return ExitCodes.OK;
    }
    int ended = LeftBehind.end(folder);
    err.println(
        ended == 0
            ? "nothing runs in " + folder.root()
            : "the supervisor was gone; ended " + ended + " processes that it left behind");
    return ExitCodes.OK;
  }

  private static void stop(DataFolder folder) throws InterruptedException {
    ProcessHandle supervisor = supervisor(folder);
    supervisor.destroy();
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (folder.isLocked() || supervisor.isAlive()) {
      if (System.nanoTime() > deadline) {
        supervisor.destroyForcibly();
        return;
      }
      Thread.sleep(100);
    }
  }

  private static ProcessHandle supervisor(DataFolder folder) {
    Optional<ProcessHandle> supervisor =
        RunState.read(folder.stateFile())
            .map(state -> state.pids().get("supervisor"))
            .flatMap(ProcessHandle::of);
    return supervisor.orElseThrow(
        () ->
            CommandFailure.unavailable(
                "something holds "
                    + folder.lockFile()
                    + " and has not said who it is yet; try again in a few seconds"));
  }
}
