package oht50.metrics.cli.local;

/**
 * Where Kafka listens, all on loopback.
 *
 * @param port of clients
 * @param relayedPort of clients that come through a relay, 0 if there is none
 * @param relayPort of that relay: what those clients are told to connect to
 */
public record KafkaListeners(int port, int controllerPort, int relayedPort, int relayPort) {
  public static KafkaListeners of(int port, int controllerPort) {
    return new KafkaListeners(port, controllerPort, 0, 0);
  }

  boolean isRelayed() {
    return relayedPort != 0;
  }
}
