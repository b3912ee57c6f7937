package oht50.metrics.cli.local;

import java.nio.file.Path;
import java.util.Properties;

/** One node that is broker and controller, on loopback, within a small heap. */
final class KafkaSettings {
  private KafkaSettings() {}

  static Properties of(Path logs, KafkaListeners listeners) {
    String broker = "PLAINTEXT://127.0.0.1:" + listeners.port();
    String controller = "127.0.0.1:" + listeners.controllerPort();
    String relayed = listeners.isRelayed() ? ",RELAYED://127.0.0.1:" + listeners.relayedPort() : "";
    String relay = listeners.isRelayed() ? ",RELAYED://127.0.0.1:" + listeners.relayPort() : "";
    Properties properties = new Properties();
    properties.setProperty("process.roles", "broker,controller");
    properties.setProperty("node.id", "1");
    properties.setProperty("controller.quorum.voters", "1@" + controller);
    properties.setProperty("listeners", broker + relayed + ",CONTROLLER://" + controller);
    properties.setProperty("advertised.listeners", broker + relay);
    properties.setProperty(
        "listener.security.protocol.map",
        "PLAINTEXT:PLAINTEXT,RELAYED:PLAINTEXT,CONTROLLER:PLAINTEXT");
    properties.setProperty("controller.listener.names", "CONTROLLER");
    properties.setProperty("inter.broker.listener.name", "PLAINTEXT");
    properties.setProperty("log.dirs", logs.toString());
    properties.setProperty("auto.create.topics.enable", "false");
    // A broker that was killed is let in again only when the session of its former self is over.
    properties.setProperty("broker.session.timeout.ms", "4000");
    properties.setProperty("broker.heartbeat.interval.ms", "1000");
    properties.setProperty("group.initial.rebalance.delay.ms", "0");
    properties.setProperty("message.max.bytes", "1048576");
    for (String internal : new String[] {"offsets.topic", "transaction.state.log"}) {
      properties.setProperty(internal + ".replication.factor", "1");
      properties.setProperty(internal + ".num.partitions", "1");
    }
    properties.setProperty("transaction.state.log.min.isr", "1");
    properties.setProperty("share.coordinator.state.topic.replication.factor", "1");
    properties.setProperty("share.coordinator.state.topic.min.isr", "1");
    // The default buffer alone is 128 MiB.
    properties.setProperty("log.cleaner.dedupe.buffer.size", "8388608");
    properties.setProperty("num.network.threads", "2");
    properties.setProperty("num.io.threads", "4");
    properties.setProperty("log.segment.bytes", "134217728");
    return properties;
  }
}
