package oht50.metrics.job.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import oht50.metrics.level.LevelChange;
import oht50.metrics.mission.MissionAttempt;
import oht50.metrics.mission.MissionCore;
import oht50.metrics.mission.MissionFact;
import oht50.metrics.mission.MissionLog;
import oht50.metrics.mission.MissionOutput;
import oht50.metrics.mission.MissionStore;
import oht50.metrics.model.Labels;
import oht50.metrics.model.Occurrence;
import oht50.metrics.model.Position;
import oht50.metrics.model.SampleBatch;
import oht50.metrics.model.StaleMarker;
import oht50.metrics.source.kafka.Decoder;
import oht50.metrics.source.kafka.DecoderFactory;
import oht50.metrics.source.kafka.RawRecord;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Three days of a fleet: its missions are counted and timed as those who made the log know. */
class FleetMissionsTest {
  private static final Path FLEETS = Path.of("../../shared/data/fleet");
  private static final ObjectMapper JSON = new ObjectMapper();

  @ParameterizedTest
  @CsvSource({
    "ho-chi-minh-3d,false",
    "ho-chi-minh-3d,true",
    "berlin-spring-3d,false",
    "berlin-spring-3d,true"
  })
  void missionsAreCountedAndTimedExactly(String fleet, boolean isShuffled) throws Exception {
    JsonNode expected = JSON.readTree(FLEETS.resolve(fleet + ".expected.json").toFile());
    List<MissionFact> facts = facts(fleet);
    if (isShuffled) {
      Collections.shuffle(facts, new Random(50));
    }
    Believed believed = new Believed();
    MissionCore core = new MissionCore(Duration.ofHours(1));
    facts.forEach(fact -> core.onFact(fact, Long.MIN_VALUE, believed.of(fact), believed));

    Map<String, Integer> totals = new TreeMap<>();
    expected
        .path("missions_total")
        .forEach(
            total ->
                totals.put(
                    total.path("type").asText() + " " + total.path("status").asText(),
                    total.path("value").asInt()));
    assertThat(believed.totals).isEqualTo(totals);
    expected
        .path("mission_duration_seconds_sum")
        .properties()
        .forEach(
            sum ->
                assertThat(believed.seconds(sum.getKey()))
                    .as(sum.getKey())
                    .isCloseTo(sum.getValue().asDouble(), within(1e-6)));
  }

  private static List<MissionFact> facts(String fleet) throws IOException {
    Decoder decoder = DecoderFactory.missions(Duration.ofDays(10_000)).create();
    List<MissionFact> facts = new ArrayList<>();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(FLEETS.resolve(fleet + ".jsonl.gz"))),
                StandardCharsets.UTF_8))) {
      long offset = 0;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        JsonNode record = JSON.readTree(line);
        if (record.path("topic").asText().equals("oht50.missions")) {
          RawRecord raw =
              new RawRecord(
                  new Position("oht50.missions", 0, offset++),
                  record.path("key").asText().getBytes(StandardCharsets.UTF_8),
                  JSON.writeValueAsBytes(record.path("value")),
                  -1);
          facts.addAll(List.of(decoder.decode(raw).missionFacts()));
        }
      }
    }
    return facts;
  }

  private static final class Believed implements MissionOutput {
    private final Map<String, MissionLog> logs = new HashMap<>();
    private final Map<String, Integer> totals = new TreeMap<>();
    private final Map<String, Double> durations = new HashMap<>();

    private MissionStore of(MissionFact fact) {
      return new MissionStore() {
        @Override
        public MissionLog log() {
          return logs.get(fact.mission());
        }

        @Override
        public void log(MissionLog log) {
          logs.put(fact.mission(), log);
        }

        @Override
        public void wakeAt(long watermark) {
          // no time passes here
        }
      };
    }

    private double seconds(String type) {
      return durations.entrySet().stream()
          .filter(duration -> duration.getKey().startsWith(type + " "))
          .mapToDouble(Map.Entry::getValue)
          .sum();
    }

    @Override
    public void attempt(MissionAttempt attempt) {
      // the counts say it all
    }

    @Override
    public void ended(Occurrence end) {
      Labels labels = end.series().series(0).labels();
      totals.merge(
          labels.get("type") + " " + labels.get("status"),
          end.isWithdrawn() ? -1 : 1,
          Integer::sum);
      totals.values().removeIf(count -> count == 0);
    }

    @Override
    public void duration(SampleBatch sample, boolean isFirst) {
      Labels labels = sample.layout().series(0).labels();
      String place = labels.get("type") + " " + labels.get("robot_id") + " " + sample.timestamp(0);
      if (StaleMarker.is(sample.values()[0])) {
        durations.remove(place);
      } else {
        durations.put(place, sample.values()[0]);
      }
    }

    @Override
    public void level(LevelChange change) {
      // not in the log
    }
  }
}
