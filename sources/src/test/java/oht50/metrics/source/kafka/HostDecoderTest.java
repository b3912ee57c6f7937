package oht50.metrics.source.kafka;

import static oht50.metrics.source.kafka.Records.EVENT_TIME;
import static oht50.metrics.source.kafka.Records.record;
import static oht50.metrics.source.kafka.Records.rejects;
import static oht50.metrics.source.kafka.Records.samples;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import oht50.metrics.model.MetricKind;
import oht50.metrics.model.SampleBatch;
import oht50.metrics.source.Decoded;
import org.junit.jupiter.api.Test;

class HostDecoderTest {
  private final Decoder decoder = new HostDecoder(DecoderFactory.STANDARD_MAX_AHEAD);

  private static final Map<String, Double> OF_TELEGRAF =
      new TreeMap<>(
          Map.ofEntries(
              cpu("cpu_0", "user", 25.5),
              cpu("cpu_0", "system", 4.5),
              cpu("cpu_0", "idle", 68.75),
              cpu("cpu_0", "iowait", 1.25),
              cpu("cpu_0", "total", 30),
              cpu("total", "user", 6),
              cpu("total", "system", 4),
              cpu("total", "idle", 90.00000000109),
              cpu("total", "iowait", 0),
              cpu("total", "total", 10),
              of("oht50_memory_usage_bytes", "type=\"used\"", 4_095_668_224.0),
              of("oht50_memory_usage_bytes", "type=\"available\"", 16_818_249_728.0),
              Map.entry("oht50_memory_total_bytes{instance=\"crane-7\"}", 20_913_917_952.0),
              of("oht50_disk_usage_bytes", "mount_point=\"/\",type=\"used\"", 100_418_957_312.0),
              of("oht50_disk_usage_bytes", "mount_point=\"/\",type=\"free\"", 398_407_520_256.0),
              network("sent", 451_838_509),
              network("recv", 3_284_081_640.0),
              of("oht50_system_load", "period=\"1m\"", 3.72),
              of("oht50_system_load", "period=\"5m\"", 2.4),
              of("oht50_system_load", "period=\"15m\"", 2.1)));

  private static Map.Entry<String, Double> cpu(String core, String type, double value) {
    return Map.entry(
        "oht50_cpu_usage_percent{core=\"" + core + "\",instance=\"crane-7\",type=\"" + type + "\"}",
        value);
  }

  private static Map.Entry<String, Double> network(String direction, double value) {
    return Map.entry(
        "oht50_network_bytes_total{direction=\""
            + direction
            + "\",instance=\"crane-7\",interface=\"eth0\"}",
        value);
  }

  private static Map.Entry<String, Double> of(String name, String labels, double value) {
    return Map.entry(name + "{instance=\"crane-7\"," + labels + "}", value);
  }

  @Test
  void whatTelegrafSendsIsTheSeriesOfTheMachine() {
    Map<String, Double> samples = new TreeMap<>();
    for (String line : Records.exampleLines("telegraf.jsonl")) {
      Decoded decoded = decoder.decode(record("crane-7", line + "\n"));
      assertThat(decoded.rejected()).as(line).isEmpty();
      samples.putAll(samples(decoded));
    }

    assertThat(samples).isEqualTo(OF_TELEGRAF);
  }

  @Test
  void aBatchOfTelegrafIsTheSame() {
    String batch =
        "{\"metrics\":[" + String.join(",", Records.exampleLines("telegraf.jsonl")) + "]}\n";

    Decoded decoded = decoder.decode(record(null, batch));

    assertThat(decoded.rejected()).isEmpty();
    assertThat(decoded.eventTime()).isEqualTo(EVENT_TIME);
    assertThat(samples(decoded)).isEqualTo(OF_TELEGRAF);
  }

  @Test
  void theShippedConfigurationSendsWhatIsRead() throws IOException {
    String conf = Files.readString(Path.of("../deploy/telegraf/telegraf.conf"));

    assertThat(conf)
        .contains("topic = \"oht50.host\"")
        .contains("routing_tag = \"host\"")
        .contains("data_format = \"json\"")
        .contains("json_timestamp_units = \"1ms\"");
    assertThat(conf.lines().filter(line -> line.startsWith("[[inputs.")))
        .allMatch(
            line -> TelegrafMetric.isKnown(line.replace("[[inputs.", "").replace("]]", "").strip()))
        .hasSize(5);
  }

  @Test
  void pointsOfTheAgentKeepTheirNamesLabelsAndKinds() {
    String value =
        "[{\"name\": \"oht50_system_load\", \"value\": 0.5, \"timestamp\": 1795546200000,"
            + " \"labels\": {\"period\": \"1m\", \"instance\": \"box\"}, \"metric_type\":"
            + " \"gauge\"}, {\"name\": \"oht50_network_bytes_total\", \"value\": 7,"
            + " \"timestamp\": 1795546200000, \"labels\": {\"direction\": \"sent\","
            + " \"interface\": \"eth0\"}, \"metric_type\": \"counter\"}]";

    Decoded decoded = decoder.decode(record("key", value));

    assertThat(decoded.rejected()).isEmpty();
    assertThat(samples(decoded))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "oht50_system_load{instance=\"box\",period=\"1m\"}",
                0.5,
                "oht50_network_bytes_total{direction=\"sent\",instance=\"key\",interface=\"eth0\"}",
                7.0));
    assertThat(Arrays.stream(decoded.batches()).map(HostDecoderTest::kind))
        .containsExactlyInAnyOrder(MetricKind.GAUGE, MetricKind.COUNTER);
  }

  private static MetricKind kind(SampleBatch batch) {
    return batch.layout().series(0).kind();
  }

  @Test
  void anUnknownMeasurementIsNamedOncePerRecordAndTheOthersCount() {
    String docker = "{\"fields\":{\"a\":1},\"name\":\"docker\",\"timestamp\":1795546200000}";
    String system = Records.exampleLines("telegraf.jsonl").get(5);

    Decoded decoded =
        decoder.decode(record("k", docker + "\n" + system + "\n" + docker + "\n" + docker));

    assertThat(rejects(decoded)).containsExactly("UNKNOWN_MESSAGE_TYPE [0].name");
    assertThat(decoded.rejected()[0].detail()).startsWith("saw \"docker\" and 2 more");
    assertThat(samples(decoded)).hasSize(3);
    assertThat(rejects(decoder.decode(record("k", system)))).isEmpty();
  }
}
