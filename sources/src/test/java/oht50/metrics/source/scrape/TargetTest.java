package oht50.metrics.source.scrape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import oht50.metrics.model.Labels;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TargetTest {
  private static final ScrapeJob JOB =
      new ScrapeJob(
          "node",
          Duration.ofSeconds(15),
          Duration.ofSeconds(10),
          "/metrics",
          "http",
          Map.of("module", List.of("http_2xx", "x&y")),
          false,
          true,
          ScrapeLimits.DEFAULTS,
          List.of(),
          List.of(),
          Duration.ofSeconds(30));

  @Test
  void aTargetHasItsAddressAsInstanceAndTheLabelsOfItsGroup() {
    Target target = Target.of(JOB, "host:9100", Map.of("zone", "b"));

    assertThat(target.url()).isEqualTo("http://host:9100/metrics?module=http_2xx&module=x%26y");
    assertThat(target.labels())
        .isEqualTo(Labels.of("instance", "host:9100", "job", "node", "zone", "b"));
  }

  @Test
  void labelsOfAGroupMaySayHowItIsScraped() {
    Target target =
        Target.of(
            JOB,
            "host",
            Map.of(
                "job", "other",
                "instance", "me",
                "__scheme__", "https",
                "__metrics_path__", "/probe",
                "__param_module", "icmp",
                "__scrape_interval__", "1m",
                "__meta_rack", "7"));

    assertThat(target.url()).isEqualTo("https://host:443/probe?module=icmp&module=x%26y");
    assertThat(target.labels()).isEqualTo(Labels.of("instance", "me", "job", "other"));
    assertThat(target.intervalMillis()).isEqualTo(60_000);
  }

  @Test
  void anAddressOfIpv6IsInBrackets() {
    Target target = Target.of(JOB, "[::1]:9100", Map.of());

    assertThat(target.host()).isEqualTo("::1");
    assertThat(target.authority()).isEqualTo("[::1]:9100");
    assertThat(Target.of(JOB, "[::1]", Map.of()).port()).isEqualTo(80);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", ":9100", "http://host:9100", "host:9100/metrics", "host:", "host:0", "host:65536",
        "host:-1", "a b:1", "a\r\nX: y:1", "::1", "[::1", "user@host:1", "host?:1"
      })
  void thisIsNoTarget(String address) {
    assertThatThrownBy(() -> Target.of(JOB, address, Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is not a target");
  }

  @Test
  void aPathCannotBringAnotherHeader() {
    assertThatThrownBy(
            () -> Target.of(JOB, "host", Map.of("__metrics_path__", "/ HTTP/1.1\r\nX: y")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aSplitIsReadAsItWasWritten() throws IOException {
    TargetSplit.Serializer serializer = new TargetSplit.Serializer();
    TargetSplit split = new TargetSplit(Target.of(JOB, "host:9100", Map.of("zone", "b")), true);

    assertThat(serializer.deserialize(1, serializer.serialize(split))).isEqualTo(split);
    assertThatThrownBy(() -> serializer.deserialize(2, serializer.serialize(split)))
        .hasMessageContaining("version 2");
  }
}
