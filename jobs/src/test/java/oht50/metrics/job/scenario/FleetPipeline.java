package oht50.metrics.job.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import oht50.metrics.fact.FactTopics;
import oht50.metrics.fact.RobotFact;
import oht50.metrics.job.SideOutputs;
import oht50.metrics.job.fact.FactFunction;
import oht50.metrics.job.fact.StateFunction;
import oht50.metrics.job.ingest.RouteFunction;
import oht50.metrics.job.mission.MissionFunction;
import oht50.metrics.mission.MissionFact;
import oht50.metrics.model.Event;
import oht50.metrics.model.Labels;
import oht50.metrics.model.MetricSelection;
import oht50.metrics.model.Occurrence;
import oht50.metrics.model.Position;
import oht50.metrics.model.Registration;
import oht50.metrics.model.SampleBatch;
import oht50.metrics.model.StaleMarker;
import oht50.metrics.source.Decoded;
import oht50.metrics.source.kafka.Decoder;
import oht50.metrics.source.kafka.DecoderFactory;
import oht50.metrics.source.kafka.RawRecord;
import oht50.metrics.source.relabel.SourceRules;
import oht50.metrics.vda.StateReport;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.api.operators.ProcessOperator;
import org.apache.flink.streaming.api.operators.co.KeyedCoProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;

/** A fleet's log through the operators that tell facts, in the order in which it is given. */
final class FleetPipeline {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration EVER = Duration.ofDays(10_000);
  private static final FactTopics TOPICS = FactTopics.STANDARD;

  private final Map<String, Decoder> decoders =
      Map.of(
          TOPICS.missions(),
          DecoderFactory.missions(EVER).create(),
          TOPICS.safety(),
          DecoderFactory.safety(EVER).create(),
          TOPICS.states(),
          DecoderFactory.vdaState(EVER).create(),
          "oht50.registry",
          DecoderFactory.registry().create());
  private final List<RobotFact> facts = new ArrayList<>();
  private final List<Registration> registrations = new ArrayList<>();
  private final List<MissionFact> missionFacts = new ArrayList<>();
  private final List<StateReport> states = new ArrayList<>();
  private final Map<String, Set<Long>> counted = new TreeMap<>();
  private final Map<String, Double> samples = new HashMap<>();
  private long offset;

  /**
   * @param latecomers decides where registrations come among the facts; null: before them
   */
  static FleetPipeline of(List<JsonNode> log, Random latecomers) throws Exception {
    FleetPipeline pipeline = new FleetPipeline();
    pipeline.route(log);
    pipeline.follow();
    pipeline.choose(latecomers);
    pipeline.join();
    return pipeline;
  }

  /** How often each series was counted, by the values of some of its labels. */
  Map<String, Integer> totals(String metric, String... labels) {
    Map<String, Integer> totals = new TreeMap<>();
    counted.forEach(
        (series, keys) -> {
          String[] parts = series.split("\n", -1);
          if (parts[0].equals(metric)) {
            totals.merge(values(parts[1], labels), keys.size(), Integer::sum);
          }
        });
    totals.values().removeIf(total -> total == 0);
    return totals;
  }

  /** Sums of a metric's samples, by the values of some of its labels. */
  Map<String, Double> sums(String metric, String... labels) {
    Map<String, Double> sums = new TreeMap<>();
    samples.forEach(
        (place, value) -> {
          String[] parts = place.split("\n", -1);
          if (parts[0].equals(metric)) {
            sums.merge(values(parts[1], labels), value, Double::sum);
          }
        });
    return sums;
  }

  private static String values(String labels, String... names) {
    try {
      JsonNode all = JSON.readTree(labels);
      List<String> values = new ArrayList<>();
      for (String name : names) {
        values.add(all.path(name).asText());
      }
      return String.join(" ", values);
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private void route(List<JsonNode> log) throws Exception {
    try (var harness =
        new OneInputStreamOperatorTestHarness<>(
            new ProcessOperator<>(new RouteFunction(SourceRules.NONE, MetricSelection.ALL)))) {
      harness.open();
      for (JsonNode record : log) {
        Decoder decoder = decoders.get(record.path("topic").asText());
        if (decoder != null) {
          Decoded decoded = decoder.decode(raw(record));
          if (decoded.rejected().length > 0) {
            throw new AssertionError(decoded.rejected()[0]);
          }
          harness.processElement(decoded, 0);
        }
      }
      facts.addAll(side(harness, SideOutputs.ROBOT_FACTS));
      registrations.addAll(side(harness, SideOutputs.REGISTRATIONS));
      missionFacts.addAll(side(harness, SideOutputs.MISSION_FACTS));
      states.addAll(side(harness, SideOutputs.STATE_REPORTS));
    }
  }

  private RawRecord raw(JsonNode record) throws Exception {
    return new RawRecord(
        new Position(record.path("topic").asText(), 0, offset++),
        record.path("key").asText().getBytes(StandardCharsets.UTF_8),
        JSON.writeValueAsBytes(record.path("value")),
        -1);
  }

  private void follow() throws Exception {
    try (var harness =
        new KeyedOneInputStreamOperatorTestHarness<>(
            new KeyedProcessOperator<>(new StateFunction(EVER, TOPICS.states())),
            StateReport::robot,
            Types.STRING)) {
      harness.open();
      for (StateReport state : states) {
        harness.processElement(state, 0);
      }
      facts.addAll(harness.extractOutputValues());
    }
  }

  private void choose(Random latecomers) throws Exception {
    List<Object> all = new ArrayList<>(facts);
    int place = 0;
    for (Registration registration : registrations) {
      place = latecomers == null ? place : latecomers.nextInt(all.size());
      all.add(place, registration);
    }
    try (var harness =
        new KeyedTwoInputStreamOperatorTestHarness<String, RobotFact, Registration, Event>(
            new KeyedCoProcessOperator<>(new FactFunction(TOPICS, EVER, MetricSelection.ALL)),
            RobotFact::robot,
            Registration::robotId,
            Types.STRING)) {
      harness.open();
      for (Object each : all) {
        if (each instanceof Registration registration) {
          harness.processElement2(registration, 0);
        } else {
          harness.processElement1((RobotFact) each, 0);
        }
      }
      side(harness, SideOutputs.OCCURRENCES).forEach(this::count);
      side(harness, SideOutputs.SAMPLES).forEach(this::sample);
      missionFacts.addAll(side(harness, SideOutputs.MISSION_FACTS));
    }
  }

  private void join() throws Exception {
    try (var harness =
        new KeyedOneInputStreamOperatorTestHarness<>(
            new KeyedProcessOperator<>(new MissionFunction(Duration.ofHours(1))),
            MissionFact::mission,
            Types.STRING)) {
      harness.open();
      for (MissionFact fact : missionFacts) {
        harness.processElement(fact, 0);
      }
      side(harness, SideOutputs.OCCURRENCES).forEach(this::count);
      harness.extractOutputValues().forEach(this::sample);
    }
  }

  private void count(Occurrence occurrence) {
    Set<Long> keys =
        counted.computeIfAbsent(
            name(occurrence.series().series(0).name(), occurrence.series().series(0).labels()),
            series -> new HashSet<>());
    if (occurrence.isWithdrawn()) {
      keys.remove(occurrence.naturalKey());
    } else {
      keys.add(occurrence.naturalKey());
    }
  }

  private void sample(SampleBatch sample) {
    String place =
        name(sample.layout().series(0).name(), sample.layout().series(0).labels())
            + '\n'
            + sample.timestamp(0);
    if (StaleMarker.is(sample.values()[0])) {
      samples.remove(place);
    } else {
      samples.put(place, sample.values()[0]);
    }
  }

  private static String name(String metric, Labels labels) {
    var all = JSON.createObjectNode();
    for (String name : new String[] {"robot_id", "severity", "status", "type"}) {
      all.put(name, labels.get(name));
    }
    return metric + '\n' + all;
  }

  private static <T> List<T> side(AbstractStreamOperatorTestHarness<?> harness, OutputTag<T> tag) {
    var records = harness.getSideOutput(tag);
    return records == null ? List.of() : records.stream().map(StreamRecord::getValue).toList();
  }
}
