package oht50.metrics.source.relabel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RelabelFileTest {
  private static Map<String, SourceRules> parse(String yaml) throws InvalidRelabelFile {
    return RelabelFile.parse("relabel.yml", yaml, List.of("telemetry", "points"));
  }

  @Test
  void rulesAreThoseOfTheirSource() throws InvalidRelabelFile {
    Map<String, SourceRules> rules =
        parse(
            """
            telemetry:
              convert:
                - {metric: 't_(.*)_mv', from: mV, to: V, rename: 't_${1}_volts'}
              metric_relabel_configs:
                - {regex: zone, action: labeldrop}
            points: ~
            """);

    assertThat(rules).containsOnlyKeys("telemetry");
    assertThat(rules.get("telemetry").conversions())
        .containsExactly(new ConvertForm("t_(.*)_mv", "mV", "V", "t_${1}_volts"));
    assertThat(rules.get("telemetry").relabeling().isNone()).isFalse();
    assertThat(parse("{}")).isEmpty();
  }

  @Test
  void everyFaultIsSaidWithItsSourceAndItsPlace() {
    assertFault(
        """
        telemetri: {}
        telemetry:
          convert:
            - {metric: a, from: mV, to: s}
            - {metric: a, from: volts, to: V}
            - {metric: '(', from: mV, to: V}
            - {from: mV, to: V}
            - ~
          metric_relabel_configs: [{action: drop, regex: a}, {action: drip}]
        """,
        "relabel.yml: telemetri is no source that can be relabelled; known are [points, telemetry]",
        "relabel.yml: telemetry: convert[0]: 'mV' is a unit of voltage, 's' of time",
        "relabel.yml: telemetry: convert[1]: unknown unit 'volts'; known are [",
        "relabel.yml: telemetry: convert[2]: metric '(' is not RE2",
        "relabel.yml: telemetry: convert[3]: needs 'metric', 'from' and 'to'",
        "relabel.yml: telemetry: convert[4]: an empty conversion",
        "relabel.yml: telemetry: metric_relabel_configs[1]: unknown action 'drip'");
  }

  @Test
  void whatIsNoSuchFileIsRefusedWithItsLine() {
    assertFault("telemetry:\n  rules: []\n", "relabel.yml:2: telemetry.rules: unknown key 'rules'");
    assertFault("[]\n", "relabel.yml:1:");
    assertFault("", "relabel.yml:1:");
    assertFault("points: {}\npoints: {}\n", "relabel.yml:2:");
  }

  private static void assertFault(String yaml, String... messages) {
    assertThatThrownBy(() -> parse(yaml))
        .as(yaml)
        .isInstanceOf(InvalidRelabelFile.class)
        .hasMessageContainingAll(messages);
  }
}
