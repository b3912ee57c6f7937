package oht50.metrics.source.kafka;

import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * Frames of the WebSocket of the backend of October 2025: {@code {"type", "data", "timestamp",
 * "source": "backend"}}; those of its RS485 channel have no {@code source}. Their times are local
 * time of the site and name no zone.
 *
 * <p>The site's zone is the configured one for all robots: what the registry says of a robot is not
 * known where records are decoded.
 */
final class BackendFrames {
  private BackendFrames() {}

  /** The zone of a message's times that name none. */
  static ZoneId zone(Fields message, ZoneId site) {
    boolean ofBackend =
        message.node().path("source").asText().equals("backend")
            || message.node().path("type").asText().startsWith("rs485_");
    return ofBackend ? site : ZoneOffset.UTC;
  }
}
