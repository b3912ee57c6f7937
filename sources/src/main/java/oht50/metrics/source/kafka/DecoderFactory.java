package oht50.metrics.source.kafka;

import java.io.Serializable;
import java.time.Duration;

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
    return RegistryDecoder::new;
  }

  static DecoderFactory repairs() {
    return RepairDecoder::new;
  }

  static DecoderFactory clock(Duration maxAhead) {
    return () -> new ClockDecoder(maxAhead);
  }
}
