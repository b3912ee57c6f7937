package oht50.metrics.source.scrape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import oht50.metrics.model.Labels;
import oht50.metrics.source.relabel.Relabeling;
import oht50.metrics.wire.Primitives;
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
          ScrapeJob.Rules.NONE,
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
    assertThat(target.place()).isEqualTo("https://host:443/probe?…");
    assertThat(target.labels()).isEqualTo(Labels.of("instance", "me", "job", "other"));
    assertThat(target.intervalMillis()).isEqualTo(60_000);
  }

  private static ScrapeJob relabelled(String rules) throws IOException {
    return new ScrapeJob(
        "probe",
        Duration.ofSeconds(15),
        Duration.ofSeconds(10),
        "/probe",
        "http",
        Map.of(),
        false,
        true,
        ScrapeLimits.DEFAULTS,
        new ScrapeJob.Rules(Rules.of(rules), Relabeling.NONE),
        List.of(),
        List.of(),
        Duration.ofSeconds(30));
  }

  @Test
  void rulesSayWhereAndHowATargetIsScraped() throws IOException {
    Target target =
        Target.of(
            relabelled(
                """
                - {source_labels: [__address__], target_label: __param_target}
                - {source_labels: [__param_target], target_label: instance}
                - {target_label: __address__, replacement: 'blackbox:9115'}
                - {source_labels: [slow], regex: 'yes', target_label: __scrape_interval__, replacement: 2m}
                - {regex: '__meta_(.+)', action: labelmap}
                - {regex: slow, action: labeldrop}
                - {target_label: job, replacement: ping}
                """),
            "robot-7:80",
            Map.of("slow", "yes", "__meta_rack", "7"));

    assertThat(target.url()).isEqualTo("http://blackbox:9115/probe?target=robot-7%3A80");
    assertThat(target.labels())
        .isEqualTo(Labels.of("instance", "robot-7:80", "job", "ping", "rack", "7"));
    assertThat(target.intervalMillis()).isEqualTo(120_000);
    assertThat(target.job()).as("for whose rules are for its samples").isEqualTo("probe");
  }

  @Test
  void aTargetThatARuleDropsIsNone() throws IOException {
    ScrapeJob job = relabelled("[{source_labels: [zone], regex: b, action: keep}]");

    assertThat(Target.of(job, "host:1", Map.of("zone", "a"))).isNull();
    assertThat(Target.of(job, "host:1", Map.of("zone", "b"))).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{target_label: __address__, replacement: ''}",
        "{target_label: __address__, replacement: 'a b'}",
        "{target_label: __scrape_timeout__, replacement: 1h}",
        "{regex: '__.*', action: labeldrop}",
        "{regex: 'x_(.*)', action: labelmap}"
      })
  void rulesThatLeaveNoTargetAreAFault(String rule) throws IOException {
    ScrapeJob job = relabelled("[" + rule + "]");

    assertThatThrownBy(() -> Target.of(job, "host:1", Map.of("x_1", "y")))
        .isInstanceOf(IllegalArgumentException.class);
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

    assertThat(serializer.deserialize(2, serializer.serialize(split))).isEqualTo(split);
    assertThatThrownBy(() -> serializer.deserialize(3, serializer.serialize(split)))
        .hasMessageContaining("version 3");
  }

  @Test
  void aSplitOfTheFirstVersionHasItsJobAsALabel() throws IOException {
    TargetSplit.Serializer serializer = new TargetSplit.Serializer();
    TargetSplit split = new TargetSplit(Target.of(JOB, "host:9100", Map.of("zone", "b")), false);
    ByteArrayOutputStream job = new ByteArrayOutputStream();
    Primitives.writeText("node", new DataOutputStream(job));
    byte[] second = serializer.serialize(split);
    byte[] first = new byte[second.length - job.size()];
    first[0] = second[0];
    System.arraycopy(second, 1 + job.size(), first, 1, first.length - 1);

    assertThat(serializer.deserialize(1, first)).isEqualTo(split);
  }
}
