package oht50.metrics.cli.local;

import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Option;

/** The ports of one instance; all of them on loopback. */
public final class Ports {
  @Option(
      names = "--kafka-port",
      paramLabel = "PORT",
      defaultValue = "19092",
      description = "Default: ${DEFAULT-VALUE}.")
  int kafka;

  @Option(
      names = "--kafka-controller-port",
      paramLabel = "PORT",
      defaultValue = "19093",
      description = "Default: ${DEFAULT-VALUE}.")
  int kafkaController;

  @Option(
      names = "--postgres-port",
      paramLabel = "PORT",
      defaultValue = "15432",
      description = "Default: ${DEFAULT-VALUE}.")
  int postgres;

  @Option(
      names = "--flink-port",
      paramLabel = "PORT",
      defaultValue = "18081",
      description = "Web UI and REST; default: ${DEFAULT-VALUE}.")
  int flink;

  @Option(
      names = "--prometheus-port",
      paramLabel = "PORT",
      defaultValue = "19249",
      description =
          "Health of the JobManager, that of the TaskManager is one above; default: ${DEFAULT-VALUE}.")
  int prometheus;

  @Option(
      names = "--metrics-port",
      paramLabel = "PORT",
      defaultValue = "19260",
      description =
          "The oht50_* metrics for Prometheus; of a second TaskManager one above; default: ${DEFAULT-VALUE}.")
  int metrics;

  public static Ports of(
      int kafka, int kafkaController, int postgres, int flink, int prometheus, int metrics) {
    Ports ports = new Ports();
    ports.kafka = kafka;
    ports.kafkaController = kafkaController;
    ports.postgres = postgres;
    ports.flink = flink;
    ports.prometheus = prometheus;
    ports.metrics = metrics;
    return ports;
  }

  /** Option -> the port that must be free. */
  Map<String, Integer> byOption() {
    Map<String, Integer> ports = new LinkedHashMap<>();
    ports.put("--kafka-port", kafka);
    ports.put("--kafka-controller-port", kafkaController);
    ports.put("--postgres-port", postgres);
    ports.put("--flink-port", flink);
    ports.put("--prometheus-port", prometheus);
    ports.put("--metrics-port", metrics);
    return ports;
  }
}
