package oht50.metrics.cli.local;

import java.nio.file.Path;

/** The process that is Kafka: {@code FOLDER PORT CONTROLLER_PORT RELAYED_PORT RELAY_PORT}. */
final class KafkaMain {
  private KafkaMain() {}

  public static void main(String[] arguments) throws Exception {
    KafkaListeners listeners =
        new KafkaListeners(
            Integer.parseInt(arguments[1]),
            Integer.parseInt(arguments[2]),
            Integer.parseInt(arguments[3]),
            Integer.parseInt(arguments[4]));
    KafkaBroker broker = KafkaBroker.start(Path.of(arguments[0]), listeners);
    Runtime.getRuntime().addShutdownHook(new Thread(broker::close, "stop"));
    broker.awaitEnd();
  }
}
