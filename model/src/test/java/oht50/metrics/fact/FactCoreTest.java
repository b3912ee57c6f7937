package oht50.metrics.fact;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import oht50.metrics.mission.MissionFact;
import oht50.metrics.mission.MissionStatus;
import oht50.metrics.model.Event;
import oht50.metrics.model.EventKind;
import oht50.metrics.model.Hash64;
import oht50.metrics.model.Labels;
import oht50.metrics.model.MetricKind;
import oht50.metrics.model.Occurrence;
import oht50.metrics.model.Position;
import oht50.metrics.model.Registration;
import oht50.metrics.model.SampleBatch;
import oht50.metrics.model.Series;
import oht50.metrics.model.SeriesLayout;
import oht50.metrics.model.StaleMarker;
import oht50.metrics.wire.Codec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What counts of what several topics tell of one robot. */
class FactCoreTest implements FactOutput {
  private static final String SAFETY = "oht50.safety";
  private static final String MISSIONS = "oht50.missions";
  private static final String STATES = "vda5050.state";
  private static final long HOUR = 3_600_000;

  private final FactCore core = new FactCore(FactTopics.STANDARD, Duration.ofHours(2));
  private final Map<Long, FactsOfInstant> facts = new HashMap<>();
  private final TreeSet<Long> wakeUps = new TreeSet<>();
  private FactIndex index;
  private long watermark = Long.MIN_VALUE;
  private long offset;

  private final TreeSet<String> events = new TreeSet<>();
  private final TreeSet<String> counted = new TreeSet<>();
  private final TreeMap<Long, Double> responses = new TreeMap<>();
  private final Map<Long, Long> versions = new HashMap<>();
  private final TreeMap<String, MissionFact.Standing> missions = new TreeMap<>();

  @Test
  void withoutARegistrationTheOwnTopicsCount() {
    hear(stop(SAFETY, 1), stop(STATES, 2), status(MISSIONS, 3), status(STATES, 4));

    assertThat(events).containsExactly("1 " + SAFETY);
    assertThat(counted).containsExactly("1 " + SAFETY);
    assertThat(responses).containsOnlyKeys(1L);
    assertThat(missions)
        .containsEntry("3 " + MISSIONS, MissionFact.Standing.COUNTS)
        .containsEntry("4 " + STATES, MissionFact.Standing.TOLD_ELSEWHERE);
  }

  @Test
  void aRegistrationThatComesAfterTheFactsIsAsIfItHadAlwaysBeenThere() {
    hear(stop(SAFETY, 1), stop(STATES, 2), status(MISSIONS, 3), status(STATES, 4));

    register(Registration.ALWAYS, STATES, STATES);

    assertThat(events).containsExactly("2 " + STATES);
    assertThat(counted).containsExactly("2 " + STATES);
    assertThat(responses).containsOnlyKeys(2L);
    assertThat(missions)
        .containsEntry("3 " + MISSIONS, MissionFact.Standing.TOLD_ELSEWHERE)
        .containsEntry("4 " + STATES, MissionFact.Standing.COUNTS);
  }

  @Test
  void anotherChoiceCountsFromItsInstantOn() {
    register(Registration.ALWAYS, MISSIONS, SAFETY);
    hear(stop(SAFETY, 1), stop(STATES, 1), stop(SAFETY, 5), stop(STATES, 5));

    register(5, MISSIONS, STATES);
    assertThat(events).containsExactly("1 " + SAFETY, "5 " + STATES);

    register(3, MISSIONS, SAFETY);
    assertThat(events).containsExactly("1 " + SAFETY, "5 " + SAFETY);

    core.onRegistration(Registration.removal("R", 9, offset++), watermark, store, this);
    assertThat(events).containsExactly("1 " + SAFETY, "5 " + SAFETY);
  }

  @Test
  void theFirstRegistrationHoldsForAllThePast() {
    hear(stop(STATES, 1));

    register(5, MISSIONS, STATES);

    assertThat(events).containsExactly("1 " + STATES);
  }

  @Test
  void whatIsToldAgainCountsOnceAndAsItWasToldLast() {
    RobotFact fact = stop(SAFETY, 1);

    hear(fact, fact, stop(SAFETY, 1));
    hear(fact);

    assertThat(counted).hasSize(1);
    assertThat(responses).containsEntry(1L, 1.0);
  }

  @Test
  void whatFollowsNoLongerIsTakenBack() {
    register(Registration.ALWAYS, STATES, STATES);
    RobotFact fact = stop(STATES, 1);
    RobotFact begin = status(STATES, 2);
    hear(fact, begin);

    hear(withdrawn(fact), withdrawn(begin));

    assertThat(events).isEmpty();
    assertThat(counted).isEmpty();
    assertThat(responses).isEmpty();
    assertThat(missions).containsValue(MissionFact.Standing.WITHDRAWN);
  }

  @Test
  void anAnswerCountsWhoeverGivesIt() {
    register(Registration.ALWAYS, STATES, STATES);
    Event event = event(SAFETY, 1, offset++);

    hear(RobotFact.of(RobotFact.Domain.OTHER, event, List.of(), List.of()));

    assertThat(events).containsExactly("1 " + SAFETY);
    assertThat(facts).as("nothing to be chosen, nothing to be kept").isEmpty();
  }

  @Test
  void whatHasLeftStaysAsItWasCounted() {
    hear(stop(SAFETY, 1));
    watermark(4 * HOUR);
    assertThat(facts).isEmpty();

    register(Registration.ALWAYS, STATES, STATES);
    hear(stop(SAFETY, 2), stop(STATES, 3));

    assertThat(events).containsExactly("1 " + SAFETY, "3 " + STATES);
    assertThat(facts).as("beyond the horizon nothing is kept").isEmpty();
    core.onRegistration(Registration.removal("R", 9, offset++), watermark, store, this);
    watermark(40 * HOUR);
    assertThat(index).isNull();
  }

  @Test
  void whatIsBeyondTheHorizonAndHasNotLeftYetStaysToo() {
    hear(stop(SAFETY, 1));
    watermark = 2 * HOUR + 2; // nobody has looked yet
    assertThat(facts).isNotEmpty();

    register(Registration.ALWAYS, STATES, STATES);

    assertThat(events).containsExactly("1 " + SAFETY);
  }

  @Test
  void aRobotThatIsSilentLeavesOnlyWhatTheRegistrySays() {
    hear(stop(SAFETY, 1));
    watermark(30 * HOUR);
    assertThat(index).isNull();

    register(Registration.ALWAYS, STATES, STATES);
    hear(stop(STATES, 30 * HOUR));
    watermark(90 * HOUR);

    assertThat(facts).isEmpty();
    assertThat(index.history().isNone()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void whatCountsIsNoMatterOfArrival(long seed) {
    Random random = new Random(seed);
    List<RobotFact> told = new ArrayList<>();
    for (long instant = 0; instant < 200; instant++) {
      String topic = random.nextBoolean() ? STATES : random.nextBoolean() ? SAFETY : MISSIONS;
      told.add(topic.equals(MISSIONS) ? status(topic, instant) : stop(topic, instant));
    }
    List<Registration> said =
        List.of(
            registration(Registration.ALWAYS, MISSIONS, SAFETY),
            registration(40, STATES, STATES),
            registration(120, null, STATES),
            registration(90, STATES, null));
    List<Object> all = new ArrayList<>(told);
    for (int i = 0; i < 50; i++) {
      all.add(told.get(random.nextInt(told.size())));
    }
    Collections.shuffle(all, random);
    int place = 0;
    for (Registration each : said) { // in their own order, anywhere among the facts
      place += random.nextInt((all.size() - place) / 2);
      all.add(place++, each);
    }

    for (Object each : all) {
      if (each instanceof Registration registration) {
        core.onRegistration(registration, watermark, store, this);
      } else {
        hear((RobotFact) each);
      }
    }

    TreeSet<String> expected = new TreeSet<>();
    for (RobotFact fact : told) {
      boolean isOfStates = fact.timestamp() >= 40 && fact.timestamp() < 90;
      String counting = isOfStates ? STATES : SAFETY;
      if (fact.event() != null && fact.event().position().topic().equals(counting)) {
        expected.add(fact.timestamp() + " " + counting);
      }
    }
    assertThat(events).isEqualTo(expected);
    assertThat(counted).isEqualTo(expected);
    assertThat(responses).hasSameSizeAs(expected);
    assertThat(missions)
        .allSatisfy(
            (name, standing) -> {
              long instant = Long.parseLong(name.substring(0, name.indexOf(' ')));
              boolean isOfStates = instant >= 40; // the registration of 90 goes over that of 120
              assertThat(standing == MissionFact.Standing.COUNTS).isNotEqualTo(isOfStates);
            });
  }

  private RobotFact stop(String topic, long instant) {
    Event event = event(topic, instant, offset++);
    SeriesLayout stops =
        layout("oht50_safety_events_total", MetricKind.DELTA, "severity", "critical");
    SeriesLayout response =
        layout("oht50_safety_response_time_seconds", MetricKind.HISTOGRAM, "type", "e_stop");
    Position position = event.position();
    return RobotFact.of(
        RobotFact.Domain.SAFETY,
        event,
        List.of(
            new Occurrence(
                stops, Hash64.id(event.id()), instant, position.sourceId(), position.offset())),
        List.of(
            SampleBatch.at(instant, response, new double[] {event.position().offset()}, position)));
  }

  private static SeriesLayout layout(String name, MetricKind kind, String... labels) {
    return SeriesLayout.of(Series.of(name, Labels.of(labels).with("robot_id", "R"), kind));
  }

  private static Event event(String topic, long instant, long offset) {
    return new Event(
        EventKind.SAFETY,
        instant + " " + topic,
        "R",
        "e_stop",
        "critical",
        null,
        false,
        instant,
        "{}",
        new Position(topic, 3, offset));
  }

  private RobotFact status(String topic, long instant) {
    return RobotFact.of(
        new MissionFact(
            topic,
            MissionStatus.EXECUTING,
            instant,
            "R",
            null,
            null,
            Position.sourceId(topic, 1),
            offset++));
  }

  private RobotFact withdrawn(RobotFact fact) {
    return new RobotFact(
        fact.robot(),
        fact.domain(),
        fact.id(),
        fact.timestamp(),
        fact.event() == null ? null : fact.event().withdrawn(),
        fact.missionFact() == null
            ? null
            : fact.missionFact().standing(MissionFact.Standing.WITHDRAWN),
        fact.counted(),
        fact.samples(),
        fact.sourceId(),
        offset++,
        true);
  }

  private void hear(RobotFact... heard) {
    for (RobotFact fact : heard) {
      core.onFact(fact, watermark, store, this);
    }
  }

  private void register(long from, String missionsFrom, String safetyFrom) {
    core.onRegistration(registration(from, missionsFrom, safetyFrom), watermark, store, this);
  }

  private Registration registration(long from, String missionsFrom, String safetyFrom) {
    return new Registration(
        "R",
        false,
        null,
        null,
        from,
        Registration.NOT_SAID,
        missionsFrom,
        safetyFrom,
        9,
        offset++,
        null);
  }

  private void watermark(long to) {
    watermark = to;
    while (!wakeUps.isEmpty() && wakeUps.first() <= to) {
      wakeUps.pollFirst();
      core.onWatermark(to, store);
    }
  }

  @Override
  public void event(Event event) {
    if (event.isWithdrawn()) {
      events.remove(event.id());
    } else {
      events.add(event.id());
    }
  }

  @Override
  public void missionFact(MissionFact fact) {
    missions.put(fact.timestamp() + " " + fact.mission(), fact.standing());
  }

  @Override
  public void counted(Occurrence occurrence) {
    String topic =
        occurrence.sourceId() == Position.sourceId(SAFETY, 3)
            ? SAFETY
            : occurrence.sourceId() == Position.sourceId(STATES, 3) ? STATES : "?";
    if (occurrence.isWithdrawn()) {
      counted.remove(occurrence.timestamp() + " " + topic);
    } else {
      counted.add(occurrence.timestamp() + " " + topic);
    }
  }

  @Override
  public void sample(SampleBatch sample, boolean isFirst) {
    Long before = versions.put(sample.timestamp(0), sample.offset());
    assertThat(before == null || before < sample.offset()).as("a newer position").isTrue();
    assertThat(isFirst)
        .isEqualTo(
            !responses.containsKey(sample.timestamp(0)) && !StaleMarker.is(sample.values()[0]));
    if (StaleMarker.is(sample.values()[0])) {
      responses.remove(sample.timestamp(0));
    } else {
      responses.put(sample.timestamp(0), sample.values()[0]);
    }
  }

  private final FactStore store =
      new FactStore() {
        @Override
        public FactIndex index() {
          return index == null ? null : copy(index, new FactIndex.BinaryForm());
        }

        @Override
        public void index(FactIndex value) {
          index = value;
        }

        @Override
        public FactsOfInstant at(long timestamp) {
          FactsOfInstant held = facts.get(timestamp);
          return held == null ? null : copy(held, new FactsOfInstant.BinaryForm());
        }

        @Override
        public void at(long timestamp, FactsOfInstant held) {
          if (held == null) {
            facts.remove(timestamp);
          } else {
            facts.put(timestamp, held);
          }
        }

        @Override
        public List<Long> instants() {
          return List.copyOf(facts.keySet());
        }

        @Override
        public void wakeAt(long watermark) {
          wakeUps.add(watermark);
        }
      };

  private static <T> T copy(T value, Codec<T> codec) {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      codec.write(value, new DataOutputStream(bytes));
      return codec.read(
          codec.version(), new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
