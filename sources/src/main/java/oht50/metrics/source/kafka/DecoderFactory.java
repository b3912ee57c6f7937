package oht50.metrics.source.kafka;

import java.io.Serializable;
import java.time.Duration;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import oht50.metrics.fact.FactTopics;

/**
 * Creates a decoder where it runs. Of all decoders, {@code maxAhead} is how far an event time may
 * lie beyond the record's append time.
 */
public interface DecoderFactory extends Serializable {
  Duration STANDARD_MAX_AHEAD = Duration.ofSeconds(30);

  Decoder create();

  static DecoderFactory telemetry(Duration maxAhead) {
    return () -> new TelemetryDecoder(maxAhead);
  }

  /**
   * @param site an id of {@link ZoneId}, the zone of local times in frames of the backend
   */
  static DecoderFactory telemetry(Duration maxAhead, ZoneId site) {
    return () -> new TelemetryDecoder(maxAhead, site);
  }

  static DecoderFactory missions(Duration maxAhead) {
    return () -> new MissionDecoder(maxAhead);
  }

  static DecoderFactory safety(Duration maxAhead) {
    return () -> new SafetyDecoder(maxAhead);
  }

  static DecoderFactory points(Duration maxAhead) {
    return () -> new PointsDecoder(maxAhead);
  }

  static DecoderFactory host(Duration maxAhead) {
    return () -> new HostDecoder(maxAhead);
  }

  static DecoderFactory vdaState(Duration maxAhead) {
    return () -> new VdaStateDecoder(maxAhead);
  }

  static DecoderFactory vdaConnection(Duration maxAhead) {
    return () -> new VdaConnectionDecoder(maxAhead);
  }

  static DecoderFactory registry() {
    return registry(FactTopics.STANDARD);
  }

  /**
   * @param topics that a robot's facts may be said to count from
   */
  static DecoderFactory registry(FactTopics topics) {
    return () -> new RegistryDecoder(topics);
  }

  static DecoderFactory repairs() {
    return RepairDecoder::new;
  }

  static DecoderFactory rules() {
    return RulesDecoder::new;
  }

  static DecoderFactory recorded() {
    return RecordedDecoder::new;
  }

  static DecoderFactory clock(Duration maxAhead) {
    return () -> new ClockDecoder(maxAhead);
  }

  /** Modules, the bus and modes of robots; {@code site} as of telemetry. */
  static DecoderFactory modules(Duration maxAhead, ZoneId site) {
    return () -> new ModulesDecoder(maxAhead, site);
  }

  static DecoderFactory config(Duration maxAhead) {
    return () -> new ConfigDecoder(maxAhead);
  }

  static DecoderFactory logs(Duration maxAhead) {
    return () -> new LogsDecoder(maxAhead);
  }

  static DecoderFactory performance(Duration maxAhead) {
    return () -> new PerformanceDecoder(maxAhead);
  }

  /** What others alert on; {@code site} as of telemetry. */
  static DecoderFactory externalAlerts(Duration maxAhead, ZoneId site) {
    return () -> new ExternalAlertsDecoder(maxAhead, site);
  }

  /**
   * Each topic's own decoder, for a source of several.
   *
   * @param factories topic -> what decodes it
   */
  static DecoderFactory byTopic(Map<String, DecoderFactory> factories) {
    HashMap<String, DecoderFactory> all = new HashMap<>(factories); // known to be serializable
    return () -> new TopicDecoder(all);
  }
}
