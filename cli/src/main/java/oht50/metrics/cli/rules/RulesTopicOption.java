package oht50.metrics.cli.rules;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import oht50.metrics.cli.CommandFailure;
import oht50.metrics.cli.DataOption;
import oht50.metrics.cli.Home;
import oht50.metrics.cli.KafkaOption;
import oht50.metrics.job.config.InvalidConfig;
import oht50.metrics.job.config.JobConfig;
import oht50.metrics.job.ruleload.KafkaRulesTopic;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The settings of the job that evaluates rules, and its topic of rule sets. */
final class RulesTopicOption {
  @Mixin private KafkaOption kafka;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description =
          "Settings of the job, over flink-conf/job.yaml; may be repeated. With it, Kafka is the"
              + " one that they name, unless --kafka names another.")
  private List<Path> configs = new ArrayList<>();

  private JobConfig config;

  JobConfig config() {
    if (config == null) {
      config = load();
    }
    return config;
  }

  private JobConfig load() {
    List<String> arguments = new ArrayList<>();
    Path shipped = Home.folder().resolve("flink-conf/job.yaml");
    if (Files.isReadable(shipped)) {
      arguments.addAll(List.of("--config", shipped.toString()));
    }
    configs.forEach(file -> arguments.addAll(List.of("--config", file.toString())));
    try {
      return JobConfig.load(arguments.toArray(new String[0]));
    } catch (InvalidConfig e) {
      throw CommandFailure.configuration(e.getMessage());
    }
  }

  private String servers(DataOption data) {
    return kafka.isGiven() || configs.isEmpty()
        ? kafka.bootstrapServers(data)
        : config().kafka().bootstrapServers();
  }

  /** What is done with the topic. */
  interface Work<T> {
    T with(KafkaRulesTopic topic) throws Exception;
  }

  /** Ends the command with one line if Kafka does not answer. */
  <T> T with(DataOption data, Work<T> work) throws Exception {
    String servers = servers(data);
    Properties properties = KafkaOption.clientProperties(servers);
    properties.putAll(config().kafka().properties());
    try (KafkaRulesTopic topic =
        new KafkaRulesTopic(properties, config().kafka().topics().rules())) {
      return work.with(topic);
    } catch (KafkaException e) {
      throw KafkaOption.doesNotAnswer(servers, e);
    }
  }
}
