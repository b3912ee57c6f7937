package oht50.metrics.job.sequence;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import oht50.metrics.model.Event;
import oht50.metrics.model.EventKind;
import oht50.metrics.model.Position;
import oht50.metrics.rule.EventMatcher;
import oht50.metrics.rule.SequenceRule;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.streaming.util.MockStreamingRuntimeContext;
import org.junit.jupiter.api.Test;

/** flink-cep's automaton against the definition read aloud. */
class NfaMatcherTest {
  private static final long T = 1_795_546_200_000L;
  private static final int WITHIN = 20;

  private static final SequenceRule RULE =
      new SequenceRule(
          "Unanswered",
          new EventMatcher(List.of(new EventMatcher.Fields(null, "a", null, null, null))),
          new EventMatcher(
              List.of(
                  new EventMatcher.Fields(null, "b", null, null, null),
                  new EventMatcher.Fields(null, null, null, null, true))),
          Duration.ofMillis(WITHIN),
          Map.of(),
          Map.of());

  @Test
  void findsWhatAScanFindsInAnyListOfEvents() throws Exception {
    NfaMatcher matcher = matcher();
    SplittableRandom random = new SplittableRandom(42);
    int found = 0;
    for (int round = 0; round < 5_000; round++) {
      List<Event> events = randomEvents(random);
      long newest = events.isEmpty() ? T : events.get(events.size() - 1).timestamp();
      long watermark = newest + random.nextInt(2 * WITHIN);
      BitSet expected = scan(events, watermark);

      assertThat(matcher.unanswered(RULE, events, watermark))
          .as("round %s: %s at %s", round, describe(events), watermark - T)
          .isEqualTo(expected);
      found += expected.cardinality();
    }
    assertThat(found).isGreaterThan(1_000);
  }

  @Test
  void anAnswerAtTheDeadlineIsTooLateAndOneBeforeItIsNot() throws Exception {
    Event begin = event(0, "a", T, false);

    assertThat(unanswered(begin, event(1, "b", T + WITHIN, false))).containsExactly(0);
    assertThat(unanswered(begin, event(1, "b", T + WITHIN - 1, false))).isEmpty();
    assertThat(unanswered(begin, event(1, "b", T, false))).isEmpty();
  }

  @Test
  void theDeadlineIsReachedByTheWatermarkThatEqualsIt() throws Exception {
    List<Event> events = List.of(event(0, "a", T, false));

    assertThat(matcher().unanswered(RULE, events, T + WITHIN - 1).cardinality()).isZero();
    assertThat(matcher().unanswered(RULE, events, T + WITHIN).cardinality()).isEqualTo(1);
  }

  @Test
  void anEventThatIsBothAnswers() throws Exception {
    assertThat(unanswered(event(0, "a", T, true))).isEmpty();
    assertThat(unanswered(event(0, "a", T, false), event(1, "a", T + 1, true))).isEmpty();
  }

  @Test
  void aClosedMatcherLeavesNoThreadBehind() throws Exception {
    List<Event> events = List.of(event(0, "a", T, false), event(1, "b", T + 5, false));
    RuntimeContext context = new MockStreamingRuntimeContext(1, 0); // has threads of its own
    Set<Thread> before = new HashSet<>(Thread.getAllStackTraces().keySet());
    Set<Thread> during;
    try (NfaMatcher matcher = new NfaMatcher(List.of(RULE), context)) {
      for (int run = 0; run < 20_000; run++) {
        matcher.unanswered(RULE, events, T + 2 * WITHIN);
      }
      during = new HashSet<>(Thread.getAllStackTraces().keySet());
    }

    during.removeAll(before);
    assertThat(during).hasSizeLessThanOrEqualTo(1);
    for (Thread thread : during) {
      thread.join(10_000);
    }
    assertThat(during).noneMatch(Thread::isAlive);
  }

  @Test
  void aRuleThatJudgesOnArrivalMatchesEveryBegin() throws Exception {
    SequenceRule atOnce =
        new SequenceRule(
            "AtOnce", RULE.begins(), RULE.without(), Duration.ZERO, Map.of(), Map.of());
    NfaMatcher matcher = new NfaMatcher(List.of(atOnce), new MockStreamingRuntimeContext(1, 0));
    List<Event> events =
        List.of(event(0, "a", T, false), event(1, "b", T, false), event(2, "a", T + 1, false));

    BitSet matched = matcher.unanswered(atOnce, events, Long.MIN_VALUE);

    assertThat(matched.stream()).containsExactly(0, 2);
  }

  private static int[] unanswered(Event... events) throws Exception {
    return matcher().unanswered(RULE, List.of(events), T + 10 * WITHIN).stream().toArray();
  }

  private static NfaMatcher matcher() throws Exception {
    return new NfaMatcher(List.of(RULE), new MockStreamingRuntimeContext(1, 0));
  }

  /** An A is unanswered if its deadline has passed and no B is in [A, A + within). */
  private static BitSet scan(List<Event> events, long watermark) {
    BitSet unanswered = new BitSet();
    for (int i = 0; i < events.size(); i++) {
      long begin = events.get(i).timestamp();
      long deadline = begin + WITHIN;
      boolean isAnswered =
          events.stream()
              .filter(RULE::isAnswer)
              .anyMatch(answer -> answer.timestamp() >= begin && answer.timestamp() < deadline);
      unanswered.set(i, RULE.isBegin(events.get(i)) && !isAnswered && deadline <= watermark);
    }
    return unanswered;
  }

  /** Up to 12 events, close enough for ties and for deadlines that are hit exactly. */
  private static List<Event> randomEvents(SplittableRandom random) {
    List<Event> events = new ArrayList<>();
    int count = random.nextInt(13);
    int spread = random.nextBoolean() ? WITHIN : 5 * WITHIN;
    for (int id = 0; id < count; id++) {
      boolean isOnAGrid = random.nextBoolean();
      long at = isOnAGrid ? random.nextInt(spread / 5) * 5L : random.nextInt(spread);
      String type = random.nextInt(3) == 0 ? "b" : "a";
      events.add(event(id, type, T + at, random.nextInt(10) == 0));
    }
    events.sort(
        Comparator.comparingLong(Event::timestamp)
            .thenComparing(RULE::isAnswer)
            .thenComparing(Event::id));
    return events;
  }

  private static String describe(List<Event> events) {
    return String.join(
        " ",
        events.stream()
            .map(e -> e.type() + (e.acknowledged() ? "!" : "") + (e.timestamp() - T))
            .toList());
  }

  private static Event event(int id, String type, long at, boolean acknowledged) {
    return new Event(
        EventKind.SAFETY,
        "event-" + id,
        "OHT-1",
        type,
        null,
        null,
        acknowledged,
        at,
        "{}",
        new Position("t", 0, id));
  }
}
