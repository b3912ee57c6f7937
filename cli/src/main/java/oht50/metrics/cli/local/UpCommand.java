package oht50.metrics.cli.local;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import oht50.metrics.cli.CommandFailure;
import oht50.metrics.cli.DataFolder;
import oht50.metrics.cli.DataOption;
import oht50.metrics.cli.DurationText;
import oht50.metrics.cli.ExitCodes;
import oht50.metrics.cli.Home;
import oht50.metrics.cli.RootCause;
import oht50.metrics.cli.RunState;
import oht50.metrics.cli.SupervisorLock;
import oht50.metrics.job.config.ConfigReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code up}: everything on this machine. */
@Command(
    name = "up",
    mixinStandardHelpOptions = true,
    description =
        "Start Kafka, PostgreSQL, Flink, the job and a demo fleet on this machine, and keep them"
            + " running; needs 3 GiB of memory. Stays in front until Ctrl-C, or use --detach.")
public final class UpCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private DataOption data;
  @Mixin private Ports ports;

  @Option(names = "--detach", description = "Run in the background; returns once all is up.")
  private boolean detach;

  // The background process of --detach.
  @Option(names = "--supervised", hidden = true)
  private boolean supervised;

  @Option(names = "--no-demo", description = "No demo fleet.")
  private boolean noDemo;

  @Option(names = "--no-host", description = "No metrics of this machine.")
  private boolean noHost;

  @Option(
      names = "--no-clock",
      description = "No ticks: in silence nothing becomes final; for bounded tests.")
  private boolean noClock;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Settings over those of flink-conf/job.yaml; may be repeated.")
  private List<Path> configs = new ArrayList<>();

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Override a key of flink-conf/job.yaml; may be repeated.")
  private List<String> overrides = new ArrayList<>();

  @Option(
      names = "--set-flink",
      paramLabel = "KEY=VALUE",
      description = "Override a key of flink-conf/config.yaml; may be repeated.")
  private List<String> flinkOverrides = new ArrayList<>();

  @Option(names = "--job-jar", hidden = true)
  private Path jobJar;

  @Override
  public Integer call() throws Exception {
    requirePairs();
    if (!settingsAreUsable()) {
      return ExitCodes.CONFIGURATION;
    }
    DataFolder folder = data.folder();
    folder.create();
    if (folder.isLocked()) {
      return sayAlreadyUp(folder);
    }
    return detach ? startInBackground(folder) : superviseHere(folder);
  }

  private void requirePairs() {
    requirePairs("--set", overrides, "job.yaml");
    requirePairs("--set-flink", flinkOverrides, "config.yaml");
  }

  private static void requirePairs(String option, List<String> pairs, String file) {
    for (String pair : pairs) {
      if (pair.indexOf('=') < 1) {
        throw CommandFailure.usage(
            "%s takes KEY=VALUE, not '%s'; the keys are those of flink-conf/%s"
                .formatted(option, pair, file));
      }
    }
  }

  /** What the job would refuse is said before anything starts. */
  private boolean settingsAreUsable() {
    List<String> arguments =
        JobArguments.of(
            Home.folder().resolve("flink-conf/job.yaml"),
            settings(),
            "localhost:" + ports.kafka,
            "jdbc:postgresql://localhost/oht50");
    ConfigReport report = ConfigReport.of(null, arguments.toArray(new String[0]));
    report.faults().forEach(fault -> say("error: " + fault));
    if (!supervised) {
      report.remarks().forEach(remark -> say("note: " + remark));
    }
    return report.faults().isEmpty();
  }

  private int sayAlreadyUp(DataFolder folder) {
    String phase = RunState.read(folder.stateFile()).map(RunState::phase).orElse("starting");
    say("already " + phase + " in " + folder.root() + "; look: ./oht50 status" + data.asArgument());
    return ExitCodes.OK;
  }

  private int startInBackground(DataFolder folder) throws IOException, InterruptedException {
    List<String> arguments =
        new ArrayList<>(spec.root().commandLine().getParseResult().originalArgs());
    arguments.remove("--detach");
    arguments.add("--supervised");
    return new BackgroundStart(folder, spec.commandLine().getErr()).run(arguments);
  }

  private int superviseHere(DataFolder folder) throws Exception {
    SupervisorLog.writeTo(folder);
    try (SupervisorLock lock = SupervisorLock.tryTake(folder.lockFile())) {
      if (lock == null) {
        return sayAlreadyUp(folder);
      }
      long begun = System.nanoTime();
      say("starting in " + folder.root());
      int ended = LeftBehind.end(folder);
      if (ended > 0) {
        say("  ended " + ended + " processes that an earlier run left behind");
      }
      PortCheck.requireFree(ports);
      Supervisor supervisor = new Supervisor(folder, settings(), new Steps(err()));
      StopSignals.onStop(supervisor::requestStop);
      return supervise(supervisor, begun);
    }
  }

  private int supervise(Supervisor supervisor, long begun) throws InterruptedException {
    try {
      supervisor.start();
    } catch (Exception e) {
      supervisor.stop();
      throw e instanceof CommandFailure known
          ? known
          : CommandFailure.unavailable("it does not start: " + RootCause.of(e), e);
    }
    say("up in " + DurationText.print(Duration.ofNanos(System.nanoTime() - begun)) + "\n");
    say(Welcome.text(supervisor.state(), data, !supervised));
    supervisor.watch();
    say("stopping ...");
    supervisor.stop();
    say("stopped");
    return ExitCodes.OK;
  }

  private UpSettings settings() {
    Path jar = jobJar != null ? jobJar : Home.folder().resolve("jobs/target/oht50-metrics-job.jar");
    return new UpSettings(
        ports,
        !noDemo,
        !noHost,
        !noClock,
        List.copyOf(configs),
        List.copyOf(overrides),
        List.copyOf(flinkOverrides),
        jar.toAbsolutePath(),
        KafkaListeners.of(ports.kafka, ports.kafkaController),
        1,
        List.of());
  }

  private PrintWriter err() {
    return spec.commandLine().getErr();
  }

  private void say(String line) {
    err().println(line);
    err().flush();
  }
}
