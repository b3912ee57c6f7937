package oht50.metrics.rule;

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
import java.util.TreeSet;
import oht50.metrics.model.AlertState;
import oht50.metrics.model.AlertTransition;
import oht50.metrics.model.Cause;
import oht50.metrics.model.Event;
import oht50.metrics.model.EventKind;
import oht50.metrics.model.Labels;
import oht50.metrics.model.Position;
import org.junit.jupiter.api.Test;

class SequenceCoreTest {
  private static final long SECOND = 1_000;
  private static final long MINUTE = 60_000;
  private static final long T = 1_795_546_200_000L;

  private static final SequenceRule RULE =
      new SequenceRule(
          "Unacknowledged",
          new EventMatcher(List.of(new EventMatcher.Fields(null, "e_stop", null, null, null))),
          new EventMatcher(List.of(new EventMatcher.Fields(null, "clear", null, null, null))),
          Duration.ofMinutes(2),
          Map.of("severity", "critical"),
          Map.of("summary", "${type} of ${robot_id}"));

  /** The same fact, judged on arrival. */
  private static final SequenceRule AT_ONCE =
      new SequenceRule(
          "Critical", RULE.begins(), RULE.without(), Duration.ZERO, Map.of(), Map.of());

  private final MapSequenceStore store = new MapSequenceStore();
  private final List<AlertTransition> published = new ArrayList<>();
  private SequenceCore core = core(RULE);
  private long watermark = Long.MIN_VALUE;
  private long offset;

  @Test
  void firesWhenNobodyAnswers() {
    send("e_stop", T);
    watermark(T + 2 * MINUTE - 1);
    assertThat(published).isEmpty();

    watermark(T + 2 * MINUTE);

    assertThat(published).hasSize(1);
    AlertTransition firing = published.get(0);
    assertThat(firing.state()).isEqualTo(AlertState.FIRING);
    assertThat(firing.activeAt()).isEqualTo(T);
    assertThat(firing.startsAt()).isEqualTo(T + 2 * MINUTE);
    assertThat(firing.endsAt()).isEqualTo(AlertTransition.OPEN);
    assertThat(firing.alertId())
        .isEqualTo(
            AlertTransition.alertId(
                "Unacknowledged",
                Labels.of("alertname", "Unacknowledged", "severity", "critical", "robot_id", "R"),
                T));
    assertThat(firing.annotations().get("summary")).isEqualTo("e_stop of R");
  }

  @Test
  void anAnswerOneMillisecondBeforeTheDeadlineIsInTime() {
    send("e_stop", T);
    send("clear", T + 119_999);
    watermark(T + 10 * MINUTE);

    assertThat(published).isEmpty();
  }

  @Test
  void anAnswerAtTheDeadlineEndsTheAlertThatFired() {
    send("e_stop", T);
    send("clear", T + 120_000);
    watermark(T + 10 * MINUTE);

    assertThat(published)
        .extracting(AlertTransition::state)
        .containsExactly(AlertState.FIRING, AlertState.INACTIVE);
    assertThat(published.get(1).endsAt()).isEqualTo(T + 120_000);
    assertThat(published).extracting(AlertTransition::turn).containsExactly(1, 2);
  }

  @Test
  void anEventThirtyMinutesLateStillFiresWithItsTrueTimes() {
    watermark(T + 30 * MINUTE);
    send("e_stop", T);

    assertThat(published).hasSize(1);
    assertThat(published.get(0).activeAt()).isEqualTo(T);
    assertThat(published.get(0).startsAt()).isEqualTo(T + 2 * MINUTE);
    assertThat(published.get(0).cause()).isEqualTo(Cause.LATE);
  }

  @Test
  void aLateAnswerWithdrawsTheAlert() {
    send("e_stop", T);
    watermark(T + 2 * MINUTE + 3 * SECOND);
    send("clear", T + MINUTE);

    assertThat(published).hasSize(2);
    AlertTransition withdrawal = published.get(1);
    assertThat(withdrawal.withdrawn()).isTrue();
    assertThat(withdrawal.alertId()).isEqualTo(published.get(0).alertId());
    assertThat(withdrawal.turn()).isEqualTo(2);
  }

  @Test
  void anEventThatIsWithdrawnTakesItsAlertWithIt() {
    core = core(RULE, AT_ONCE);
    Event stop = event("e_stop", T);
    accept(stop);
    watermark(T + 3 * MINUTE);
    assertThat(alerts()).hasSize(1);
    assertThat(alertsOf(AT_ONCE)).hasSize(1);

    accept(stop.withdrawn());
    assertThat(alerts()).isEmpty();
    assertThat(alertsOf(AT_ONCE)).isEmpty();

    accept(stop);
    assertThat(alerts()).as("it counts again").hasSize(1);
    accept(event("e_stop", T)); // told anew
    accept(stop.withdrawn());
    assertThat(alerts()).as("an older word").hasSize(1);
  }

  @Test
  void anAnswerThatIsWithdrawnLetsTheAlertFire() {
    send("e_stop", T);
    Event clear = event("clear", T + MINUTE);
    accept(clear);
    watermark(T + 3 * MINUTE);
    assertThat(alerts()).isEmpty();

    accept(clear.withdrawn());

    assertThat(alerts()).hasSize(1);
  }

  @Test
  void furtherEventsOfAnEpisodeRaiseNothing() {
    send("e_stop", T);
    send("e_stop", T + MINUTE);
    send("e_stop", T + 10 * MINUTE);
    watermark(T + 30 * MINUTE);

    assertThat(published).hasSize(1);
  }

  @Test
  void afterAnAnswerTheNextEventBeginsAnotherEpisode() {
    send("e_stop", T);
    send("clear", T + MINUTE);
    send("e_stop", T + 5 * MINUTE);
    watermark(T + 30 * MINUTE);

    assertThat(published).extracting(AlertTransition::activeAt).containsExactly(T + 5 * MINUTE);
  }

  @Test
  void anEarlierEventThatComesLateMovesTheAlertAndNamesTheOldOne() {
    send("e_stop", T + MINUTE);
    watermark(T + 10 * MINUTE);
    send("e_stop", T);

    assertThat(published).hasSize(3);
    assertThat(published.get(1).withdrawn()).isTrue();
    assertThat(published.get(2).activeAt()).isEqualTo(T);
    assertThat(published.get(2).replaces()).isEqualTo(published.get(0).alertId());
  }

  @Test
  void anAlertCanBeRaisedAgainAfterItsWithdrawal() {
    send("e_stop", T);
    watermark(T + 10 * MINUTE);
    send("e_stop", T - MINUTE); // withdraws the first
    send("clear", T - SECOND); // ends the second in time: the first stands again

    assertThat(published.get(published.size() - 1).turn()).isGreaterThan(2);
    Map<String, AlertTransition> newest = newest();
    assertThat(newest.values())
        .filteredOn(transition -> !transition.withdrawn())
        .extracting(AlertTransition::activeAt)
        .containsExactly(T);
  }

  @Test
  void aRepeatedEventChangesNothing() {
    Event event = event("e_stop", T);
    accept(event);
    watermark(T + 10 * MINUTE);
    accept(event);

    assertThat(published).hasSize(1);
  }

  @Test
  void silenceLeavesNothingInState() {
    send("e_stop", T);
    send("clear", T + 5 * MINUTE);
    watermark(T + 10 * MINUTE);
    watermark(T + 180 * MINUTE);

    assertThat(store.index().isEmpty()).isTrue();
    watermark(T + 300 * MINUTE);
    assertThat(store.isEmpty()).isTrue();
  }

  @Test
  void aWithdrawnAlertWhoseEventWasMovedLeavesStateToo() {
    Event stop = event("e_stop", T);
    accept(stop);
    watermark(T + 3 * MINUTE);
    accept(moved(stop, T - 100 * MINUTE)); // the same fact, with another time
    send("clear", T - 99 * MINUTE);
    assertThat(newest().values()).allMatch(AlertTransition::withdrawn);

    for (int minutes = 30; minutes <= 240; minutes += 30) {
      watermark(T + minutes * MINUTE);
    }

    assertThat(store.isEmpty()).isTrue();
  }

  @Test
  void anOpenAlertIsKeptUntilItsAnswerComes() {
    send("e_stop", T);
    watermark(T + 24 * 60 * MINUTE);
    send("clear", T + 24 * 60 * MINUTE + SECOND);
    watermark(T + 25 * 60 * MINUTE);

    assertThat(published)
        .extracting(AlertTransition::state)
        .containsExactly(AlertState.FIRING, AlertState.INACTIVE);
  }

  @Test
  void aRuleThatJudgesOnArrivalFiresAheadOfTheWatermark() {
    core = core(AT_ONCE);
    watermark = T - MINUTE;
    send("e_stop", T);

    assertThat(published).hasSize(1);
    assertThat(published.get(0).state()).isEqualTo(AlertState.FIRING);
    assertThat(published.get(0).startsAt()).isEqualTo(T);
    assertThat(published.get(0).cause()).isEqualTo(Cause.ON_TIME);

    send("e_stop", T + SECOND); // of the same episode
    send("clear", T + 2 * SECOND);
    assertThat(published)
        .extracting(AlertTransition::state)
        .containsExactly(AlertState.FIRING, AlertState.INACTIVE);
    assertThat(published.get(1).endsAt()).isEqualTo(T + 2 * SECOND);
  }

  @Test
  void anEarlierEventThatArrivesNextMovesAnAlertRaisedOnArrival() {
    core = core(AT_ONCE);
    send("e_stop", T + SECOND);
    send("e_stop", T);

    assertThat(published).hasSize(3);
    assertThat(published.get(1).withdrawn()).isTrue();
    assertThat(published.get(2).activeAt()).isEqualTo(T);
    assertThat(published.get(2).replaces()).isEqualTo(published.get(0).alertId());
  }

  @Test
  void anAlertOfARuleThatIsGoneEndsAtTheFirstLookAfterTheStart() {
    send("e_stop", T);
    watermark(T + 3 * MINUTE);

    core = core(AT_ONCE);
    core.onStart(watermark, 0, store, published::add);

    assertThat(published).hasSize(3);
    assertThat(published.get(1).rule()).isEqualTo("Critical"); // which has not been asked before
    AlertTransition end = published.get(2);
    assertThat(end.rule()).isEqualTo("Unacknowledged");
    assertThat(end.state()).isEqualTo(AlertState.INACTIVE);
    assertThat(end.cause()).isEqualTo(Cause.DEFINITION);
    assertThat(end.endsAt()).isEqualTo(T + 3 * MINUTE);
    assertThat(end.labels()).isEqualTo(published.get(0).labels());
  }

  @Test
  void anAlertWhoseAnswerIsMovedToALaterTimeFiresOnUntilThen() {
    send("e_stop", T);
    Event clear = event("clear", T + 3 * MINUTE);
    accept(clear);
    watermark(T + 4 * MINUTE);
    accept(moved(clear, T + 10 * MINUTE));
    watermark(T + 11 * MINUTE);

    assertThat(published)
        .extracting(AlertTransition::state)
        .containsExactly(
            AlertState.FIRING, AlertState.INACTIVE, AlertState.FIRING, AlertState.INACTIVE);
    assertThat(alerts()).containsExactly(List.of(T, T + 2 * MINUTE, T + 10 * MINUTE));
  }

  @Test
  void anEventBeyondTheHorizonIsNotJudged() {
    watermark = T;

    assertThat(accept(event("e_stop", T - 121 * MINUTE))).isFalse();
    assertThat(published).isEmpty();
  }

  /** However long the log: a storm without an answer, and one where everything is answered. */
  @Test
  void aJudgementReadsAroundTheChangeOnly() {
    core = core(RULE, AT_ONCE);
    for (int second = 0; second < 3_600; second++) {
      send(second < 1_800 || second % 2 == 0 ? "e_stop" : "clear", T + second * SECOND);
      watermark(T + second * SECOND - 2 * SECOND);
    }
    store.forgetReads();

    send("e_stop", T + 3_600 * SECOND);
    watermark(T + 3_600 * SECOND);
    assertThat(store.reads()).isLessThan(24);

    send("clear", T + 1_700 * SECOND); // late, into the storm
    assertThat(store.reads()).isLessThan(30);
  }

  /**
   * Random arrivals up to an hour late, with repeats, against the episodes of the sorted events.
   */
  @Test
  void anySeedOfDisorderGivesTheAlertsOfTheSortedEvents() {
    for (int seed = 0; seed < 200; seed++) {
      SequenceCoreTest one = new SequenceCoreTest();
      List<Event> truth = one.disorder(new SplittableRandom(seed));
      assertThat(one.alerts()).as("seed " + seed).isEqualTo(expected(truth, RULE));
    }
  }

  @Test
  void anySeedOfDisorderGivesTheSameAlertsToARuleThatJudgesOnArrival() {
    for (int seed = 0; seed < 200; seed++) {
      SequenceCoreTest one = new SequenceCoreTest();
      one.core = core(RULE, AT_ONCE);
      List<Event> truth = one.disorder(new SplittableRandom(seed));
      assertThat(one.alertsOf(AT_ONCE)).as("seed " + seed).isEqualTo(expected(truth, AT_ONCE));
      assertThat(one.alertsOf(RULE)).as("seed " + seed).isEqualTo(expected(truth, RULE));
    }
  }

  private static SequenceCore core(SequenceRule... rules) {
    return new SequenceCore(List.of(rules), new ScanMatcher(), Duration.ofHours(2));
  }

  private List<Event> disorder(SplittableRandom random) {
    List<Event> sent = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    long now = T;
    for (int i = 0; i < 150; i++) {
      now += random.nextInt(20) == 0 ? random.nextLong(300 * MINUTE) : random.nextLong(2 * MINUTE);
      long late = random.nextInt(4) == 0 ? random.nextLong(60 * MINUTE) : 0;
      long at = Math.floorDiv(now - late, 10 * SECOND) * 10 * SECOND; // ties and exact deadlines
      Event event = event(random.nextInt(3) == 0 ? "clear" : "e_stop", at);
      if (ids.add(event.id())) {
        sent.add(event);
        accept(event);
      }
      Event again = sent.get(random.nextInt(sent.size()));
      if (random.nextInt(10) == 0 && again.timestamp() > now - 60 * MINUTE) {
        accept(again);
      }
      if (random.nextInt(3) == 0) {
        watermark(Math.max(watermark, now - 2 * SECOND));
      }
    }
    watermark(now + 3 * MINUTE);
    return sent;
  }

  /** activeAt, startsAt and endsAt of what is published and not withdrawn, by activeAt. */
  private List<List<Long>> alerts() {
    return alertsOf(RULE);
  }

  private List<List<Long>> alertsOf(SequenceRule rule) {
    return newest().values().stream()
        .filter(transition -> !transition.withdrawn() && transition.rule().equals(rule.name()))
        .map(alert -> List.of(alert.activeAt(), alert.startsAt(), alert.endsAt()))
        .sorted(Comparator.comparing(alert -> alert.get(0)))
        .toList();
  }

  private static List<List<Long>> expected(List<Event> events, SequenceRule rule) {
    long within = rule.within().toMillis();
    TreeSet<Long> stops = new TreeSet<>();
    TreeSet<Long> clears = new TreeSet<>();
    for (Event event : events) {
      if (RULE.isAnswer(event)) {
        clears.add(event.timestamp());
      } else {
        stops.add(event.timestamp());
      }
    }
    List<List<Long>> alerts = new ArrayList<>();
    long after = Long.MIN_VALUE; // end of the episode before
    for (Long next = stops.higher(after); next != null; next = stops.higher(after)) {
      long activeAt = next;
      Long end = clears.ceiling(activeAt);
      if (end == null || end >= activeAt + within) {
        alerts.add(List.of(activeAt, activeAt + within, end == null ? AlertTransition.OPEN : end));
      }
      after = end == null ? Long.MAX_VALUE : end;
    }
    return alerts;
  }

  private Map<String, AlertTransition> newest() {
    Map<String, AlertTransition> newest = new java.util.TreeMap<>();
    published.forEach(transition -> newest.put(transition.alertId(), transition));
    return newest;
  }

  private Event event(String type, long timestamp) {
    Position position = new Position("oht50.safety", 0, offset++);
    return new Event(
        EventKind.SAFETY,
        type + "/" + timestamp,
        "R",
        type,
        null,
        null,
        false,
        timestamp,
        "{}",
        position);
  }

  private Event moved(Event event, long timestamp) {
    return new Event(
        event.kind(),
        event.id(),
        event.entity(),
        event.type(),
        event.severity(),
        event.status(),
        event.acknowledged(),
        timestamp,
        event.payload(),
        new Position("oht50.safety", 0, offset++));
  }

  private void send(String type, long timestamp) {
    accept(event(type, timestamp));
  }

  private boolean accept(Event event) {
    return core.onEvent(event, watermark, 0, store, published::add);
  }

  private void watermark(long to) {
    watermark = to;
    while (!store.wakeUps().isEmpty() && store.wakeUps().first() <= to) {
      long instant = store.wakeUps().pollFirst();
      core.onWatermark(instant, to, 0, store, published::add);
    }
  }

  /** Looks ahead from each A: the definition, read aloud. */
  static final class ScanMatcher implements SequenceMatcher {
    @Override
    public BitSet unanswered(SequenceRule rule, List<Event> events, long watermark) {
      BitSet unanswered = new BitSet();
      for (int i = 0; i < events.size(); i++) {
        long deadline = events.get(i).timestamp() + rule.within().toMillis();
        boolean answered = false;
        for (int j = i + 1; j < events.size(); j++) {
          answered |= rule.isAnswer(events.get(j)) && events.get(j).timestamp() < deadline;
        }
        boolean isDue = rule.onArrival() || deadline <= watermark;
        unanswered.set(i, rule.isBegin(events.get(i)) && !answered && isDue);
      }
      return unanswered;
    }
  }
}
