package oht50.metrics.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import oht50.metrics.cli.local.Health;
import oht50.metrics.cli.local.HealthProbe;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code status}: whether it is healthy, and what is missing. */
@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    description = {
      "Healthy: job running, newest checkpoint under 60 s old, watermark less than 30 s behind,"
          + " Kafka and PostgreSQL answering.",
      "Exit code 0 healthy, 1 not, 69 nothing runs."
    })
final class StatusCommand implements Callable<Integer> {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  @Spec private CommandSpec spec;
  @Mixin private DataOption data;

  @Option(
      names = "--wait",
      arity = "0..1",
      fallbackValue = "120",
      paramLabel = "SECONDS",
      description = "Wait until healthy, at most so long; ${FALLBACK-VALUE} if not given.")
  private String wait;

  @Option(names = "--json", description = "For a program.")
  private boolean json;

  @Override
  public Integer call() throws InterruptedException, JsonProcessingException {
    Duration limit = limit();
    Health health = probe(limit);
    RunState state = data.running();
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(JSON.writeValueAsString(document(state, health)));
    } else {
      out.print(text(state, health));
    }
    return health.isHealthy() ? ExitCodes.OK : ExitCodes.PROBLEMS;
  }

  private Duration limit() {
    try {
      return wait == null ? Duration.ZERO : DurationText.parse(wait);
    } catch (IllegalArgumentException e) {
      throw CommandFailure.usage("--wait: " + e.getMessage());
    }
  }

  /** Probes until healthy or the time is over; says on stderr what is missing, when it changes. */
  private Health probe(Duration limit) throws InterruptedException {
    long deadline = System.nanoTime() + limit.toNanos();
    String said = "";
    while (true) {
      // Anew each time: ports stay, but the phase and the job do not.
      RunState state = data.running();
      Health health;
      try (HealthProbe probe =
          new HealthProbe(state, DatabaseOption.withCredentials(state, data.folder()))) {
        health = probe.probe();
      }
      if (health.isHealthy() || System.nanoTime() >= deadline) {
        return health;
      }
      // Numbers change all the time.
      String missing = String.join(", ", health.missing());
      String stable = missing.replaceAll("\\d+", "#");
      if (!stable.equals(said)) {
        spec.commandLine().getErr().println("waiting: " + missing);
        spec.commandLine().getErr().flush();
        said = stable;
      }
      Thread.sleep(500);
    }
  }

  private ObjectNode document(RunState state, Health health) {
    ObjectNode document = JSON.createObjectNode();
    document.put("healthy", health.isHealthy());
    document.put("phase", state.phase());
    health.missing().forEach(document.putArray("missing")::add);
    document.put("jdbcUrl", DatabaseOption.withCredentials(state, data.folder()));
    document.put("bootstrapServers", state.bootstrapServers());
    document.put("flinkUi", state.flinkUi());
    state.prometheus().forEach(document.putArray("prometheus")::add);
    document.put("metrics", state.metrics());
    ObjectNode job = document.putObject("job");
    job.put("id", health.jobId());
    job.put("state", health.jobState());
    ObjectNode checkpoint = document.putObject("checkpoint");
    checkpoint.put("id", health.checkpointId());
    checkpoint.put("ageSeconds", health.checkpointAgeSeconds());
    document.put("watermarkDelaySeconds", health.watermarkDelaySeconds());
    ObjectNode pids = document.putObject("pids");
    state.pids().forEach(pids::put);
    document.put("dataDir", data.folder().root().toString());
    document.put("checkpointDir", state.checkpointDir());
    return document;
  }

  private String text(RunState state, Health health) {
    StringBuilder text = new StringBuilder();
    line(text, "state", health.isHealthy() ? "healthy" : "NOT HEALTHY");
    health.missing().forEach(missing -> line(text, "", missing));
    line(text, "job", health.jobId() == null ? "none" : health.jobState() + " " + health.jobId());
    line(
        text,
        "checkpoint",
        health.checkpointId() == null
            ? "none"
            : String.format(
                Locale.ROOT,
                "%d, %.0f s ago",
                health.checkpointId(),
                health.checkpointAgeSeconds()));
    line(text, "watermark", watermark(state, health));
    line(text, "Kafka", state.bootstrapServers());
    line(text, "PostgreSQL", state.jdbcUrl() + " (user " + state.jdbcUser() + ")");
    line(text, "Flink UI", state.flinkUi());
    line(text, "metrics", state.metrics());
    line(text, "its health", String.join(" ", state.prometheus()));
    line(text, "processes", state.pids().toString().replaceAll("[{}]", ""));
    line(text, "data", data.folder().root().toString());
    return text.toString();
  }

  private static String watermark(RunState state, Health health) {
    if (health.watermarkDelaySeconds() == null) {
      return state.clock() ? "unknown" : "n/a without the clock";
    }
    return String.format(Locale.ROOT, "%.1f s behind", health.watermarkDelaySeconds());
  }

  private static void line(StringBuilder text, String name, String value) {
    text.append(String.format(Locale.ROOT, "%-11s %s%n", name, value));
  }
}
