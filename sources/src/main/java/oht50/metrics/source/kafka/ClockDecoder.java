package oht50.metrics.source.kafka;

import java.time.Duration;

/** {@code {"ts": <event time>}}: a record that says only how far time has come. */
public final class ClockDecoder extends JsonDecoder {
  public ClockDecoder(Duration maxAhead) {
    super(maxAhead);
  }

  @Override
  void decode(Fields message, Draft draft) {
    long timestamp = message.requireTimestamp("ts");
    if (timestamp != Timestamps.UNREADABLE) {
      draft.time(timestamp);
    }
  }
}
