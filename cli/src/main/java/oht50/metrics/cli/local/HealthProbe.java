package oht50.metrics.cli.local;

import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import oht50.metrics.cli.RootCause;
import oht50.metrics.cli.RunState;
import org.apache.kafka.clients.admin.Admin;

/** Asks every part of a running instance. */
public final class HealthProbe implements AutoCloseable {
  private static final double OLDEST_CHECKPOINT_SECONDS = 60;
  private static final double LARGEST_DELAY_SECONDS = 30;

  private final RunState state;
  private final String jdbcUrl;
  private final FlinkRest rest;
  private final WatermarkGauge watermark;
  private final Admin admin;

  /**
   * @param jdbcUrl with user and password
   */
  public HealthProbe(RunState state, String jdbcUrl) {
    this.state = state;
    this.jdbcUrl = jdbcUrl;
    this.rest = new FlinkRest(state.flinkUi());
    this.watermark = new WatermarkGauge(state.prometheus());
    Properties properties = new Properties();
    properties.setProperty("bootstrap.servers", state.bootstrapServers());
    properties.setProperty("request.timeout.ms", "3000");
    properties.setProperty("default.api.timeout.ms", "4000");
    this.admin = Admin.create(properties);
  }

  public Health probe() throws InterruptedException {
    List<String> missing = new ArrayList<>();
    if (!state.phase().equals(RunState.UP)) {
      missing.add("the supervisor is " + state.phase());
    }
    askKafka(missing);
    askPostgres(missing);
    Optional<FlinkRest.Job> job = askJob(missing);
    Optional<FlinkRest.CompletedCheckpoint> checkpoint = askCheckpoint(job, missing);
    OptionalDouble delay = askWatermark(missing);
    return new Health(
        missing,
        job.map(FlinkRest.Job::id).orElse(null),
        job.map(FlinkRest.Job::state).orElse(null),
        checkpoint.map(FlinkRest.CompletedCheckpoint::id).orElse(null),
        checkpoint.map(HealthProbe::ageSeconds).orElse(null),
        delay.isPresent() ? delay.getAsDouble() : null);
  }

  private void askKafka(List<String> missing) throws InterruptedException {
    try {
      admin.describeCluster().nodes().get();
    } catch (ExecutionException e) {
      missing.add("Kafka at " + state.bootstrapServers() + " does not answer");
    }
  }

  private void askPostgres(List<String> missing) {
    Properties properties = new Properties();
    properties.setProperty("connectTimeout", "3");
    properties.setProperty("socketTimeout", "5");
    try (Connection connection = DriverManager.getConnection(jdbcUrl, properties)) {
      if (!connection.isValid(3)) {
        missing.add("PostgreSQL does not answer");
      }
    } catch (SQLException e) {
      missing.add("PostgreSQL: " + RootCause.of(e));
    }
  }

  private Optional<FlinkRest.Job> askJob(List<String> missing) throws InterruptedException {
    try {
      List<FlinkRest.Job> jobs = rest.jobs();
      Optional<FlinkRest.Job> job =
          jobs.stream().filter(each -> !each.isOver()).findFirst().or(() -> newestOf(jobs));
      if (job.isEmpty()) {
        missing.add("there is no job");
      } else if (!job.get().state().equals("RUNNING")) {
        String failure = rest.lastFailure(job.get().id());
        missing.add(
            "the job is "
                + job.get().state()
                + (failure.isBlank() ? "" : ": " + FlinkAnswer.reason(failure)));
      }
      return job;
    } catch (IOException e) {
      missing.add("Flink at " + state.flinkUi() + " does not answer");
      return Optional.empty();
    }
  }

  private Optional<FlinkRest.Job> newestOf(List<FlinkRest.Job> jobs) {
    return jobs.stream().filter(each -> each.id().equals(state.jobId())).findFirst();
  }

  private Optional<FlinkRest.CompletedCheckpoint> askCheckpoint(
      Optional<FlinkRest.Job> job, List<String> missing) throws InterruptedException {
    if (job.isEmpty()) {
      return Optional.empty();
    }
    Optional<FlinkRest.CompletedCheckpoint> checkpoint;
    try {
      checkpoint = rest.latestCheckpoint(job.get().id());
    } catch (IOException e) {
      checkpoint = Optional.empty();
    }
    if (checkpoint.isEmpty()) {
      missing.add("no checkpoint is complete yet");
    } else if (ageSeconds(checkpoint.get()) >= OLDEST_CHECKPOINT_SECONDS) {
      missing.add(
          String.format(
              Locale.ROOT, "the newest checkpoint is %.0f s old", ageSeconds(checkpoint.get())));
    }
    return checkpoint;
  }

  private OptionalDouble askWatermark(List<String> missing) throws InterruptedException {
    OptionalDouble delay = watermark.delaySeconds();
    // Without the clock the watermark stands still whenever nobody speaks.
    if (state.clock()) {
      if (delay.isEmpty()) {
        missing.add("the watermark is not known yet");
      } else if (delay.getAsDouble() >= LARGEST_DELAY_SECONDS) {
        missing.add(
            String.format(Locale.ROOT, "the watermark is %.0f s behind", delay.getAsDouble()));
      }
    }
    return delay;
  }

  private static double ageSeconds(FlinkRest.CompletedCheckpoint checkpoint) {
    return Math.max(0, (System.currentTimeMillis() - checkpoint.completedMillis()) / 1000.0);
  }

  @Override
  public void close() {
    admin.close();
  }
}
