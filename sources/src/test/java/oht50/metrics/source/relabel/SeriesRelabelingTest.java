package oht50.metrics.source.relabel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import oht50.metrics.model.Labels;
import oht50.metrics.model.MetricKind;
import oht50.metrics.model.Occurrence;
import oht50.metrics.model.Position;
import oht50.metrics.model.SampleBatch;
import oht50.metrics.model.Series;
import oht50.metrics.model.SeriesLayout;
import oht50.metrics.model.StaleMarker;
import oht50.metrics.source.relabel.SeriesRelabeling.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Batches in, rows {@code series value@time} out; a blank line parts batches. */
class SeriesRelabelingTest {
  private static final long NOON = 1_795_521_600_000L;
  private static final Position POSITION = new Position("oht50.telemetry", 0, 41);
  private static final double END = StaleMarker.VALUE;

  private final Map<Outcome, Integer> outcomes = new EnumMap<>(Outcome.class);
  private SeriesRelabeling relabeling;

  private void rules(String yaml) throws Exception {
    SourceRules rules =
        RelabelFile.parse(
                "relabel.yml",
                yaml.indent(2).replaceFirst("^", "telemetry:\n"),
                List.of("telemetry"))
            .get("telemetry");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(rules); // as it travels to a task
    }
    try (var in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      SourceRules arrived = (SourceRules) in.readObject();
      assertThat(arrived).isEqualTo(rules);
      relabeling =
          new SeriesRelabeling(
              arrived, (outcome, samples) -> outcomes.merge(outcome, samples, Integer::sum));
    }
  }

  private static Series series(MetricKind kind, String name, String... labels) {
    return Series.of(name, Labels.of(labels), kind);
  }

  private String rows(SampleBatch batch) {
    List<String> batches = new ArrayList<>();
    relabeling.relabel(
        batch,
        changed -> {
          StringBuilder rows = new StringBuilder();
          for (int i = 0; i < changed.size(); i++) {
            double value = changed.values()[i];
            rows.append(changed.layout().series(i).canonical())
                .append(' ')
                .append(StaleMarker.is(value) ? "end" : Double.toString(value))
                .append('@')
                .append((changed.timestamp(i) - NOON) / 1000)
                .append('\n');
            assertThat(changed.sourceId()).isEqualTo(batch.sourceId());
            assertThat(changed.offset()).isEqualTo(batch.offset());
          }
          batches.add(rows.toString());
        });
    return String.join("\n", batches);
  }

  private static SampleBatch batch(double[] values, Series... series) {
    return SampleBatch.at(NOON, SeriesLayout.of(series), values, POSITION);
  }

  @Test
  void seriesAreRenamedRelabelledAndDropped() throws Exception {
    rules(
        """
        metric_relabel_configs:
          - {source_labels: [__name__], regex: 'debug_.*', action: drop}
          - {source_labels: [__name__], regex: 'oht_(.*)', target_label: __name__, replacement: 'oht50_$1'}
          - {target_label: site, replacement: hanoi}
        """);
    SampleBatch batch =
        batch(
            new double[] {1, 2, END},
            Series.gauge("oht_speed", "robot_id", "R1"),
            Series.gauge("debug_loops", "robot_id", "R1"),
            Series.gauge("load", "robot_id", "R1"));

    for (int i = 0; i < 2; i++) {
      assertThat(rows(batch))
          .isEqualTo(
              """
              oht50_speed{robot_id="R1",site="hanoi"} 1.0@0
              load{robot_id="R1",site="hanoi"} end@0
              """);
    }
    assertThat(outcomes).containsExactly(Map.entry(Outcome.DROPPED, 2));
  }

  @Test
  void whatRulesDoNotChangePassesAsItIs() throws Exception {
    rules("metric_relabel_configs: [{source_labels: [__name__], regex: 'debug_.*', action: drop}]");
    SampleBatch batch = batch(new double[] {1}, Series.gauge("load", "robot_id", "R1"));
    List<SampleBatch> out = new ArrayList<>();

    relabeling.relabel(batch, out::add);

    assertThat(out).hasSize(1);
    assertThat(out.get(0)).isSameAs(batch);
  }

  @Test
  void aLayoutIsBuiltOnce() throws Exception {
    rules("metric_relabel_configs: [{target_label: site, replacement: hanoi}]");
    List<SeriesLayout> layouts = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      // Equal layouts, as after a shuffle or from another message.
      relabeling.relabel(
          batch(new double[] {i}, Series.gauge("load", "robot_id", "R1")),
          changed -> layouts.add(changed.layout()));
    }
    assertThat(layouts.get(1)).isSameAs(layouts.get(0));
  }

  @Test
  void seriesThatBecomeOnesOfAnotherRobotAreABatchOfTheirOwn() throws Exception {
    rules(
        """
        metric_relabel_configs:
          - {source_labels: [trailer], regex: '(.+)', target_label: robot_id}
          - {regex: trailer, action: labeldrop}
        """);
    SampleBatch batch =
        new SampleBatch(
            SeriesLayout.of(
                Series.gauge("a", "robot_id", "R1"),
                Series.gauge("a", "robot_id", "R1", "trailer", "T9"),
                Series.gauge("b", "robot_id", "R1"),
                Series.gauge("b", "robot_id", "R1", "trailer", "T9")),
            new long[] {NOON, NOON + 1_000, NOON + 2_000, NOON + 3_000},
            new double[] {1, 2, 3, 4},
            POSITION.sourceId(),
            POSITION.offset());

    assertThat(rows(batch))
        .isEqualTo(
            """
            a{robot_id="R1"} 1.0@0
            b{robot_id="R1"} 3.0@2

            a{robot_id="T9"} 2.0@1
            b{robot_id="T9"} 4.0@3
            """);
    assertThat(outcomes).isEmpty();
  }

  @Test
  void anOccurrenceCountsUnderItsNewNames() throws Exception {
    rules(
        """
        metric_relabel_configs:
          - {source_labels: [__name__], regex: 'stops', target_label: __name__, replacement: halts}
          - {source_labels: [__name__], regex: 'debug', action: drop}
        """);
    Occurrence occurrence =
        new Occurrence(
            SeriesLayout.of(
                series(MetricKind.DELTA, "stops", "robot_id", "R1"),
                series(MetricKind.DELTA, "debug", "robot_id", "R1")),
            7,
            NOON,
            POSITION.sourceId(),
            POSITION.offset(),
            true);
    List<Occurrence> out = new ArrayList<>();

    relabeling.relabel(occurrence, out::add);

    assertThat(out)
        .containsExactly(
            new Occurrence(
                SeriesLayout.of(series(MetricKind.DELTA, "halts", "robot_id", "R1")),
                7,
                NOON,
                POSITION.sourceId(),
                POSITION.offset(),
                true));
  }

  @Test
  void whereSeriesBecomeOneTheFirstCountsAndTheOthersAreCounted() throws Exception {
    rules("metric_relabel_configs: [{regex: wheel, action: labeldrop}]");

    assertThat(
            rows(
                batch(
                    new double[] {1, 2, 3},
                    Series.gauge("slip", "robot_id", "R1", "wheel", "left"),
                    Series.gauge("slip", "robot_id", "R1", "wheel", "right"),
                    Series.gauge("load", "robot_id", "R1"))))
        .isEqualTo("slip{robot_id=\"R1\"} 1.0@0\nload{robot_id=\"R1\"} 3.0@0\n");
    assertThat(outcomes).containsExactly(Map.entry(Outcome.DUPLICATE, 1));
  }

  @Test
  void aSeriesMayBeInABatchMoreThanOnce() throws Exception {
    rules("metric_relabel_configs: [{target_label: site, replacement: hanoi}]");
    Series load = Series.gauge("load", "robot_id", "R1");
    SampleBatch batch =
        new SampleBatch(
            SeriesLayout.of(load, load),
            new long[] {NOON, NOON + 1_000},
            new double[] {1, 2},
            POSITION.sourceId(),
            POSITION.offset());

    assertThat(rows(batch))
        .isEqualTo(
            "load{robot_id=\"R1\",site=\"hanoi\"} 1.0@0\nload{robot_id=\"R1\",site=\"hanoi\"} 2.0@1\n");
    assertThat(outcomes).isEmpty();
  }

  @Test
  void aSeriesThatRulesLeaveWithoutANameIsLeftOutAlone() throws Exception {
    rules(
        "metric_relabel_configs: [{source_labels: [__name__], regex: a, target_label: __name__, replacement: 'a b'}]");

    assertThat(
            rows(
                batch(
                    new double[] {1, 2},
                    Series.gauge("a", "robot_id", "R1"),
                    Series.gauge("b", "robot_id", "R1"))))
        .isEqualTo("b{robot_id=\"R1\"} 2.0@0\n");
    assertThat(outcomes).containsExactly(Map.entry(Outcome.INVALID, 1));
  }

  @Test
  void valuesAreConvertedBeforeRulesSeeTheName() throws Exception {
    rules(
        """
        convert:
          - {metric: '(.*)_fahrenheit', from: fahrenheit, to: celsius, rename: '${1}_celsius'}
          - {metric: '.*_ms', from: ms, to: s}
        metric_relabel_configs:
          - {source_labels: [__name__], regex: '(.*)_celsius', target_label: sensor, replacement: '$1'}
        """);

    assertThat(
            rows(
                batch(
                    new double[] {212, END, 250, 7},
                    series(MetricKind.STATE, "motor_fahrenheit", "robot_id", "R1"),
                    series(MetricKind.GAUGE, "hall_fahrenheit", "robot_id", "R1"),
                    series(MetricKind.COUNTER, "busy_ms", "robot_id", "R1"),
                    series(MetricKind.GAUGE, "load", "robot_id", "R1"))))
        .isEqualTo(
            """
            motor_celsius{robot_id="R1",sensor="motor"} 100.0@0
            hall_celsius{robot_id="R1",sensor="hall"} end@0
            busy_ms{robot_id="R1"} 0.25@0
            load{robot_id="R1"} 7.0@0
            """);
    assertThat(outcomes).isEmpty();
  }

  @Test
  void whatHasNoUnitIsNotConverted() throws Exception {
    rules(
        """
        convert:
          - {metric: 'heat.*', from: fahrenheit, to: celsius, rename: warmth}
          - {metric: 'wait_ms.*', from: ms, to: s}
        """);

    assertThat(
            rows(
                batch(
                    new double[] {32, 3, 9, 4_000},
                    series(MetricKind.COUNTER, "heat_total", "robot_id", "R1"),
                    series(MetricKind.COUNTER, "wait_ms_bucket", "le", "5", "robot_id", "R1"),
                    series(MetricKind.COUNTER, "wait_ms_count", "robot_id", "R1"),
                    series(MetricKind.COUNTER, "wait_ms_sum", "robot_id", "R1"))))
        .isEqualTo(
            """
            heat_total{robot_id="R1"} 32.0@0
            wait_ms_bucket{le="5",robot_id="R1"} 3.0@0
            wait_ms_count{robot_id="R1"} 9.0@0
            wait_ms_sum{robot_id="R1"} 4.0@0
            """);
    assertThat(outcomes).containsExactly(Map.entry(Outcome.NOT_CONVERTED, 3));
  }

  @ParameterizedTest
  @CsvSource({
    "fahrenheit, celsius, -40, -40",
    "celsius, fahrenheit, 36.6, 97.88",
    "celsius, kelvin, 0, 273.15",
    "ms, s, 250, 0.25",
    "s, ms, 1.5, 1500",
    "mm/s, m/s, 850, 0.85",
    "km/h, m/s, 18, 5",
    "deg, rad, 180, 3.141592653589793",
    "mV, V, 24350, 24.35",
    "mA, A, -1200, -1.2",
    "Wh, kWh, 1500, 1.5",
    "percent, ratio, 55, 0.55",
    "ratio, percent, 0.25, 25",
    "GiB, B, 2, 2147483648",
    "bar, kPa, 1.5, 150"
  })
  void unitsAreWhatTheyAre(String from, String to, double value, double expected) throws Exception {
    rules("convert: [{metric: x, from: '%s', to: '%s'}]".formatted(from, to));
    List<Double> out = new ArrayList<>();

    relabeling.relabel(
        batch(new double[] {value}, Series.gauge("x", "robot_id", "R1")),
        changed -> out.add(changed.values()[0]));

    assertThat(out).hasSize(1);
    assertThat(out.get(0)).isCloseTo(expected, org.assertj.core.data.Offset.offset(1e-12));
  }
}
