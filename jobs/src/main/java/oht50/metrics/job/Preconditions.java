package oht50.metrics.job;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import oht50.metrics.job.config.JobConfig;
import oht50.metrics.sink.postgres.PostgresConnection;
import oht50.metrics.sink.postgres.WriteEpochs;
import oht50.metrics.sink.postgres.WriteOptions;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;

/**
 * Looks at the outside world once before a job is submitted, so that what can be said in one line
 * is not found in a task's stack trace.
 */
final class Preconditions {
  private static final int KAFKA_SECONDS = 15;

  private Preconditions() {}

  static void check(JobConfig config) {
    checkTopics(config.kafka());
    checkDatabase(config.postgres());
  }

  private static void checkTopics(JobConfig.Kafka kafka) {
    Properties properties = new Properties();
    properties.putAll(kafka.properties());
    properties.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers());
    properties.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, "5000");
    properties.put(
        AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, String.valueOf(KAFKA_SECONDS * 1_000));
    Set<String> existing;
    try (Admin admin = Admin.create(properties)) {
      existing = admin.listTopics().names().get(KAFKA_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unavailable("interrupted while asking Kafka for its topics");
    } catch (ExecutionException | TimeoutException | RuntimeException e) {
      throw unavailable(
          "Kafka at %s does not answer (%s); check kafka.bootstrap-servers and that the broker runs"
              .formatted(kafka.bootstrapServers(), rootMessage(e)));
    }
    Set<String> missing = new TreeSet<>(kafka.topics().all());
    missing.removeAll(existing);
    if (!missing.isEmpty()) {
      throw unavailable(
          "Kafka at %s has no topic %s; create them with ./oht50 topics create"
              .formatted(kafka.bootstrapServers(), String.join(", ", missing)));
    }
  }

  private static void checkDatabase(PostgresConnection postgres) {
    WriteOptions once = new WriteOptions(1, Duration.ofSeconds(1), Duration.ZERO);
    try {
      new WriteEpochs(postgres, once).next();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unavailable("interrupted while asking PostgreSQL for an epoch");
    } catch (IOException | RuntimeException e) {
      throw new StartRefused(
          isRefused(e) ? StartRefused.CONFIGURATION : StartRefused.UNAVAILABLE,
          "%s cannot be used (%s); check postgres.url, postgres.user, the password's environment variable, and that the schema is migrated"
              .formatted(postgres, rootMessage(e)));
    }
  }

  /** Whether the database answered, and says no: a wrong password, role or schema. */
  private static boolean isRefused(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql && sql.getSQLState() != null) {
        return !sql.getSQLState().startsWith("08");
      }
    }
    return failure instanceof RuntimeException; // no password is set
  }

  private static StartRefused unavailable(String message) {
    return new StartRefused(StartRefused.UNAVAILABLE, message);
  }

  private static String rootMessage(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    String message = root.getMessage();
    return message == null
        ? root.getClass().getSimpleName()
        : String.join(" ", List.of(message.split("\\s*\\R\\s*")));
  }
}
