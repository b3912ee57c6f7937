package oht50.metrics.cli;

import java.util.Properties;
import picocli.CommandLine.Option;

/** Which broker: the one named, else that of the running instance. */
public final class KafkaOption {
  @Option(
      names = {"--bootstrap-servers", "--kafka"},
      paramLabel = "HOST:PORT",
      description = "Another Kafka than that of the running instance.")
  private String bootstrapServers;

  public boolean isGiven() {
    return bootstrapServers != null;
  }

  public String bootstrapServers(DataOption data) {
    return bootstrapServers != null ? bootstrapServers : data.running().bootstrapServers();
  }

  /** Client settings under which a broker that does not answer is an error within 15 s. */
  public static Properties clientProperties(String bootstrapServers) {
    Properties properties = new Properties();
    properties.setProperty("bootstrap.servers", bootstrapServers);
    properties.setProperty("client.id", "oht50-cli");
    properties.setProperty("request.timeout.ms", "10000");
    properties.setProperty("default.api.timeout.ms", "15000");
    return properties;
  }

  public static CommandFailure doesNotAnswer(String bootstrapServers, Throwable cause) {
    return CommandFailure.unavailable(
        "Kafka at "
            + bootstrapServers
            + ": "
            + RootCause.of(cause)
            + "; check --bootstrap-servers, or see ./oht50 status",
        cause);
  }
}
