package oht50.metrics.cli;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.errors.TopicExistsException;

/** The topics of the job, and how they are made. */
public final class Topics {
  public static final String TELEMETRY = "oht50.telemetry";
  public static final String MISSIONS = "oht50.missions";
  public static final String SAFETY = "oht50.safety";
  public static final String POINTS = "oht50.points";
  public static final String HOST = "oht50.host";
  public static final String MODULES = "oht50.modules";
  public static final String CONFIGURATION = "oht50.config";
  public static final String LOGS = "oht50.logs";
  public static final String PERFORMANCE = "oht50.performance";
  public static final String EXTERNAL_ALERTS = "oht50.alerts.external";
  public static final String VDA_STATE = "vda5050.state";
  public static final String VDA_CONNECTION = "vda5050.connection";
  public static final String REGISTRY = "oht50.registry";
  public static final String CLOCK = "oht50.clock";
  public static final String REPAIR = "oht50.repair";
  public static final String RULES = "oht50.rules";
  public static final String RECORDED = "oht50.recorded";
  public static final String ALERTS = "oht50.alerts";
  public static final String FAST_ALERTS = "oht50.alerts.fast";
  public static final String REJECTED = "oht50.rejected";

  public static final List<String> ALL =
      List.of(
          TELEMETRY,
          MISSIONS,
          SAFETY,
          POINTS,
          HOST,
          MODULES,
          CONFIGURATION,
          LOGS,
          PERFORMANCE,
          EXTERNAL_ALERTS,
          VDA_STATE,
          VDA_CONNECTION,
          REGISTRY,
          CLOCK,
          REPAIR,
          RULES,
          RECORDED,
          ALERTS,
          FAST_ALERTS,
          REJECTED);

  public static final int PARTITIONS = 4;

  // The append time bounds what a wrong clock can do: watermarks never run ahead of it.
  private static final Map<String, String> CONFIG =
      Map.of("message.timestamp.type", "LogAppendTime", "max.message.bytes", "1048576");

  // Kept for good, the newest record of each robot; a job that was away for a week still sees who
  // left.
  private static final Map<String, String> REGISTRY_CONFIG =
      Map.of("cleanup.policy", "compact", "delete.retention.ms", "604800000");

  // A record holds days of a series. After a week the job would have to refuse to start anyhow.
  private static final Map<String, String> REPAIR_CONFIG =
      Map.of("max.message.bytes", "16777216", "retention.ms", "604800000");

  // One partition: whoever sends sets, they are in one order, and the offset is the version. The
  // newest is kept for good, and all for a week, so that one to come is not lost to one sent after
  // it. Not all for good: a job that starts from nothing would have to read them all.
  private static final Map<String, String> RULES_CONFIG =
      Map.of("cleanup.policy", "compact", "min.compaction.lag.ms", "604800000");

  private Topics() {}

  private static NewTopic topic(String name) {
    Map<String, String> config = new HashMap<>(CONFIG);
    if (name.equals(REGISTRY)) {
      config.putAll(REGISTRY_CONFIG);
    } else if (name.equals(REPAIR)) {
      config.putAll(REPAIR_CONFIG);
    } else if (name.equals(RULES)) {
      config.putAll(RULES_CONFIG);
    }
    return new NewTopic(name, partitions(name), (short) 1).configs(config);
  }

  public static int partitions(String topic) {
    return topic.equals(RULES) ? 1 : PARTITIONS;
  }

  /** Whether Kafka keeps the newest record of each key for good, and deletes none on request. */
  public static boolean isCompacted(String topic) {
    return topic.equals(REGISTRY) || topic.equals(RULES);
  }

  /** Creates those of the names that are missing; returns the created ones. */
  public static List<String> createMissing(Admin admin, List<String> names)
      throws InterruptedException, ExecutionException {
    Set<String> present = admin.listTopics().names().get();
    List<NewTopic> missing =
        names.stream()
            .filter(name -> !present.contains(name))
            .map(Topics::topic)
            .collect(Collectors.toList());
    try {
      admin.createTopics(missing).all().get();
    } catch (ExecutionException e) {
      // Somebody else created it in between.
      if (!(e.getCause() instanceof TopicExistsException)) {
        throw e;
      }
    }
    return missing.stream().map(NewTopic::name).toList();
  }
}
