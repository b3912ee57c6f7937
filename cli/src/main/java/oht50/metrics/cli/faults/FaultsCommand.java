package oht50.metrics.cli.faults;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import oht50.metrics.cli.CommandFailure;
import oht50.metrics.cli.DataFolder;
import oht50.metrics.cli.ExitCodes;
import oht50.metrics.cli.Home;
import oht50.metrics.cli.local.StopSignals;
import oht50.metrics.cli.local.SupervisorLog;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code faults}: a stack of its own, a fixed input, faults, and what must hold then. */
@Command(
    name = "faults",
    mixinStandardHelpOptions = true,
    description = {
      "Kill, stop, cut off and fill up what a stack of its own consists of while it works on a"
          + " fixed input, and compare what it finally says with an undisturbed run.",
      "Exit code 0 if all checks hold, 1 if not."
    })
public final class FaultsCommand implements Callable<Integer> {
  private static final int DEFAULT_FIRST_PORT = 27_000;
  private static final int UNDISTURBED_STEP = 90;

  @Spec private CommandSpec spec;

  @Option(
      names = "--seed",
      defaultValue = "50",
      paramLabel = "N",
      description = "Decides input and actions; default: ${DEFAULT-VALUE}.")
  private long seed;

  @Option(
      names = "--actions",
      defaultValue = "10",
      paramLabel = "M",
      description = "How many; default: ${DEFAULT-VALUE}.")
  private int actions;

  @Option(
      names = "--longest",
      defaultValue = "6",
      paramLabel = "SECONDS",
      description = "A fault that lasts does so for 5 s to this; default: ${DEFAULT-VALUE}.")
  private double longest;

  @Option(
      names = "--only",
      paramLabel = "ACTIONS",
      description =
          "These instead of those of the seed: KIND TARGET [AIM] [SECONDS], ..., for example"
              + " \"kill kafka, stop taskManager flush 12\". The seconds of a fault that does not last"
              + " pass before it.")
  private String only;

  @Option(names = "--json", description = "The result for a program, on stdout.")
  private boolean json;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "Its folder, removed when all went well (default: .oht50-faults in the project's root).")
  private Path data;

  @Option(
      names = "--first-port",
      defaultValue = "" + DEFAULT_FIRST_PORT,
      paramLabel = "PORT",
      description = "The first of 12 that it takes; default: ${DEFAULT-VALUE}.")
  private int firstPort;

  @Option(
      names = "--undisturbed",
      paramLabel = "FILE",
      description = "Take the undisturbed run of the same input from here, or put it here.")
  private Path undisturbedFile;

  @Option(
      names = "--patience",
      defaultValue = "60",
      paramLabel = "SECONDS",
      description =
          "For progress after a fault; more where others work too; default: ${DEFAULT-VALUE}.")
  private int patienceSeconds;

  @Option(
      names = "--transaction-timeout",
      defaultValue = "840",
      paramLabel = "SECONDS",
      description =
          "After which Kafka aborts a transaction that nobody ends; an outage of Flink that is longer"
              + " makes it refuse a commit; default: ${DEFAULT-VALUE}.")
  private int transactionTimeout;

  // A bug of the module `planted` and the actions that bring it to light; may be repeated. Then
  // this
  // command must fail.
  @Option(names = "--plant", hidden = true, paramLabel = "BUG=ACTIONS")
  private Map<String, String> bugs = new LinkedHashMap<>();

  @Override
  public Integer call() throws Exception {
    Map<String, List<FaultAction>> plans = plans();
    Path root =
        (data == null ? Home.folder().resolve(".oht50-faults") : data).toAbsolutePath().normalize();
    DataFolder folder = folder(root, "campaign");
    SupervisorLog.writeTo(folder);
    Path agent = agent();
    Thread main = Thread.currentThread();
    StopSignals.onStop(main::interrupt);
    plans.forEach(this::announce);
    Map<String, CampaignResult> results;
    try {
      int longestPlan = plans.values().stream().mapToInt(List::size).max().orElseThrow();
      List<List<CampaignInput.Line>> input = CampaignInput.of(seed, Campaign.ticks(longestPlan));
      results = campaigns(folder, agent, plans, input);
    } catch (InterruptedException e) {
      throw CommandFailure.problems("interrupted; what it left is in " + root);
    }
    report(results);
    if (results.values().stream().allMatch(CampaignResult::isGreen)) {
      Folders.delete(root);
      return ExitCodes.OK;
    }
    spec.commandLine().getErr().println("logs and data stay in " + root);
    return ExitCodes.PROBLEMS;
  }

  private PrintWriter progress() {
    return json ? spec.commandLine().getErr() : spec.commandLine().getOut();
  }

  private void announce(String bug, List<FaultAction> plan) {
    progress()
        .printf(
            "seed %d, %d actions%s%n",
            seed, plan.size(), bug.isEmpty() ? "" : ", with the bug " + bug);
    plan.forEach(action -> progress().println("  " + action.describe()));
    progress().flush();
  }

  private void report(Map<String, CampaignResult> results) {
    if (json) {
      ObjectNode document = JsonNodeFactory.instance.objectNode();
      results.forEach(
          (bug, result) -> {
            if (bug.isEmpty()) {
              document.setAll(result.document(seed));
            } else {
              document.set(bug, result.document(seed));
            }
          });
      spec.commandLine().getOut().println(document.toPrettyString());
    } else {
      results.forEach(
          (bug, result) ->
              progress()
                  .println((bug.isEmpty() ? "" : "bug " + bug + "\n") + result.text().strip()));
    }
  }

  /** Bug, or an empty text for none -> actions. */
  private Map<String, List<FaultAction>> plans() {
    Map<String, List<FaultAction>> plans = new LinkedHashMap<>();
    if (bugs.isEmpty()) {
      plans.put("", plan());
    }
    bugs.forEach((bug, list) -> plans.put(bug, ActionList.parse(list)));
    return plans;
  }

  private List<FaultAction> plan() {
    if (actions < 1 || longest < 5) {
      throw CommandFailure.usage("--actions must be at least 1, --longest at least 5");
    }
    try {
      return only == null ? ActionPlan.of(seed, actions, longest) : ActionList.parse(only);
    } catch (IllegalArgumentException e) {
      throw CommandFailure.usage(e.getMessage());
    }
  }

  private static Path agent() {
    Path jar = Home.folder().resolve("planted/target/oht50-planted.jar");
    if (!Files.isReadable(jar)) {
      throw CommandFailure.configuration(
          jar + " is missing; build it: ./mvnw -DskipTests package in " + Home.folder());
    }
    return jar;
  }

  private static DataFolder folder(Path root, String name) throws IOException {
    DataFolder folder = new DataFolder(root.resolve(name));
    if (!folder.isLocked()) {
      Folders.delete(folder.root());
    }
    folder.create();
    return folder;
  }

  private Tables undisturbed(CampaignStack stack, List<List<CampaignInput.Line>> input)
      throws Exception {
    long begun = System.nanoTime();
    Violations violations = new Violations();
    Optional<Tables> tables;
    try (Feeder feeder = Feeder.start(stack.bootstrapServers(), input)) {
      Ending ending = new Ending(stack, feeder, Duration.ofMinutes(3));
      // Half an hour at a time: no topic is read further ahead of another than state reaches back.
      for (int tick = 0; tick < input.size(); tick += UNDISTURBED_STEP) {
        feeder.finish(tick + UNDISTURBED_STEP);
        ending.awaitAllRead();
      }
      tables = ending.reach(input.size(), violations);
    }
    if (tables.isEmpty()) {
      throw CommandFailure.problems("the undisturbed run failed: " + violations.byCheck());
    }
    progress()
        .printf(
            Locale.ROOT,
            "undisturbed, the input takes %.0f s%n",
            (System.nanoTime() - begun) / 1e9);
    progress().flush();
    return tables.get();
  }

  private Map<String, CampaignResult> campaigns(
      DataFolder folder,
      Path agent,
      Map<String, List<FaultAction>> plans,
      List<List<CampaignInput.Line>> input)
      throws Exception {
    UndisturbedFile file =
        new UndisturbedFile(
            undisturbedFile == null
                ? folder.root().resolveSibling("undisturbed.json")
                : undisturbedFile);
    Aims aims = new Aims(folder.root().resolve("aim"));
    PlantedBugs planted = new PlantedBugs(aims.folder());
    List<String> jvmOptions =
        List.of(
            "-javaagent:" + agent + "=aim=" + aims.folder(),
            // Processes that live for a minute never earn back what a better compiler costs.
            "-XX:TieredStopAtLevel=1");
    boolean needsDisk =
        plans.values().stream()
            .flatMap(List::stream)
            .anyMatch(each -> each.kind() == FaultKind.DISK_FULL);
    Map<String, CampaignResult> results = new LinkedHashMap<>();
    try (FullDisk disk = needsDisk ? FullDisk.mountOn(folder.checkpoints()) : null;
        CampaignStack stack =
            CampaignStack.start(folder, firstPort, transactionTimeout, jvmOptions)) {
      Faults faults = new Faults(stack, aims, disk);
      Optional<Tables> known = file.read(seed, input.size());
      boolean stackIsNew = known.isPresent();
      if (!stackIsNew) {
        known = Optional.of(undisturbed(stack, input));
        file.write(seed, input.size(), known.get());
      }
      for (Map.Entry<String, List<FaultAction>> plan : plans.entrySet()) {
        if (!plan.getKey().isEmpty()) {
          planted.plant(plan.getKey(), stack);
        }
        // A job that runs already was built without the bug.
        if (!stackIsNew || !plan.getKey().isEmpty()) {
          stack.beginAnew();
        }
        stackIsNew = false;
        CampaignResult result =
            new Campaign(stack, faults, input, Duration.ofSeconds(patienceSeconds), progress())
                .run(plan.getValue(), known.get());
        results.put(plan.getKey(), result);
        if (!plan.getKey().isEmpty()) {
          progress().println(plan.getKey() + ": " + result.violations());
          progress().flush();
        }
      }
    }
    return results;
  }
}
