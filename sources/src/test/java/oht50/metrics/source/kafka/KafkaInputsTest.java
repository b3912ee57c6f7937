package oht50.metrics.source.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import oht50.metrics.source.Decoded;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.util.Collector;
import org.apache.flink.util.InstantiationUtil;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class KafkaInputsTest {
  private static final DecoderFactory CLOCK =
      DecoderFactory.clock(DecoderFactory.STANDARD_MAX_AHEAD);

  @Test
  void sourcesAreBuiltAndSerializable() throws Exception {
    KafkaInputs inputs = KafkaInputs.of("localhost:9092", "oht50", Map.of("fetch.min.bytes", "1"));

    assertThat(inputs.source("oht50.clock", CLOCK).getBoundedness())
        .isEqualTo(Boundedness.CONTINUOUS_UNBOUNDED);
    assertThat(inputs.upToNow().source("oht50.clock", CLOCK).getBoundedness())
        .isEqualTo(Boundedness.BOUNDED);
    InstantiationUtil.clone(inputs.source("oht50.clock", CLOCK));
  }

  @Test
  void aSourceOfSeveralTopicsDecodesEachAsItsOwn() throws Exception {
    Map<String, DecoderFactory> decoders =
        Map.of("clock", CLOCK, "config", DecoderFactory.config(DecoderFactory.STANDARD_MAX_AHEAD));
    KafkaInputs inputs = KafkaInputs.of("localhost:9092", "oht50", Map.of());
    Decoder decoder = InstantiationUtil.clone(DecoderFactory.byTopic(decoders)).create();
    String setting = "{\"config_key\": \"a.b\", \"updated_at\": 1795546200, \"ts\": 1795546100}";

    Decoded clock = decoder.decode(Records.record("clock", "k", setting, Records.ARRIVAL));
    Decoded config = decoder.decode(Records.record("config", "k", setting, Records.ARRIVAL));

    InstantiationUtil.clone(inputs.source("reports", decoders));
    assertThat(clock.events()).isEmpty();
    assertThat(clock.eventTime()).isEqualTo(Records.EVENT_TIME - 100_000);
    assertThat(config.events()).hasSize(1);
    assertThatThrownBy(() -> decoder.decode(Records.record("other", "k", setting, 1)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("other");
  }

  @Test
  void anExpiredOffsetIsNeverResetSilently() {
    assertThat(new EarliestThenNone().getAutoOffsetResetStrategy().name()).isEqualTo("NONE");
  }

  @Test
  void whatCouldRunCodeOrIsOursIsRefusedByName() {
    String foreign = "com.sun.security.auth.module.JndiLoginModule required x=\"y\";";
    String scram = "org.apache.kafka.common.security.scram.ScramLoginModule required";

    assertThatThrownBy(
            () ->
                KafkaInputs.of(
                    "localhost:9092",
                    "oht50",
                    Map.of(
                        "auto.offset.reset", "latest",
                        "interceptor.classes", "x",
                        "sasl.oauthbearer.token.endpoint.url", "file:/etc/passwd",
                        "sasl.jaas.config", foreign)))
        .hasMessageContaining("auto.offset.reset")
        .hasMessageContaining("interceptor.classes")
        .hasMessageContaining("sasl.jaas.config")
        .hasMessageContaining("sasl.oauthbearer.token.endpoint.url");
    assertThatThrownBy(
            () ->
                KafkaInputs.of(
                    "localhost:9092",
                    "oht50",
                    Map.of("sasl.jaas.config", scram + " password=\"a\"; " + foreign)))
        .hasMessageContaining("sasl.jaas.config");
    KafkaInputs.of(
        "localhost:9092", "oht50", Map.of("sasl.jaas.config", scram + " password=\"a;\\\"b\";"));
  }

  @Test
  void everyRecordIsOneElement() throws Exception {
    KafkaDecodingSchema schema = InstantiationUtil.clone(new KafkaDecodingSchema(CLOCK));
    schema.open(null);
    List<Decoded> decoded = new ArrayList<>();
    Collector<Decoded> out =
        new Collector<>() {
          @Override
          public void collect(Decoded element) {
            decoded.add(element);
          }

          @Override
          public void close() {}
        };

    schema.deserialize(
        new ConsumerRecord<>("oht50.clock", 0, 1, null, Records.utf8("{\"ts\": 1795546200000}")),
        out);
    schema.deserialize(new ConsumerRecord<>("oht50.clock", 0, 2, null, null), out);

    assertThat(decoded)
        .extracting(Decoded::eventTime)
        .containsExactly(Records.EVENT_TIME, Long.MIN_VALUE);
    assertThat(decoded.get(1).rejected()[0].position().offset()).isEqualTo(2);
    assertThat(schema.getProducedType()).isSameAs(Decoded.TYPE);
  }
}
