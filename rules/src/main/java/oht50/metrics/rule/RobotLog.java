package oht50.metrics.rule;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import oht50.metrics.model.Event;
import oht50.metrics.publication.AlertLedger;
import oht50.metrics.publication.IssuedAlert;

/**
 * The events of a robot, and what was published of its alerts, for the length of one call: each
 * slice is read at most once, and what has changed is written once, by {@link #store}.
 */
final class RobotLog implements AlertLedger {
  // A slice is read and written as a whole, and has its place in an index that is copied: 10 s of a
  // robot that speaks every second cost as much in the one as in the other.
  private static final long SLICE = 10_000;

  /** At one time begins come before answers, so an answer at that time ends what began at it. */
  private static final Comparator<Event> ORDER =
      Comparator.comparingLong(Event::timestamp).thenComparing(Event::id);

  private final SequenceStore store;
  private final List<SequenceRule> rules;
  private final Map<Long, LogSlice.Content> read = new HashMap<>(); // start -> its content
  private final TreeMap<Long, LogSlice.Content> changed = new TreeMap<>();
  private LogIndex index;

  /**
   * @param rules those that the log was indexed by last; see {@link #indexAnew}
   */
  RobotLog(SequenceStore store, List<SequenceRule> rules) {
    this.store = store;
    this.rules = rules;
    this.index = store.index();
  }

  boolean isEmpty() {
    return index.isEmpty();
  }

  /** The same fact as it is known already, or null. */
  Event known(Event event) {
    int hash = hash(event);
    for (int i = index.size() - 1; i >= 0; i--) {
      if (index.mayHave(i, hash)) {
        for (Event held : content(index.start(i)).events()) {
          if (held.kind() == event.kind() && held.id().equals(event.id())) {
            return held;
          }
        }
      }
    }
    return null;
  }

  void add(Event event) {
    change(sliceOf(event.timestamp())).events().add(event);
    reindex(sliceOf(event.timestamp()));
  }

  void remove(Event event) {
    change(sliceOf(event.timestamp())).events().remove(event);
    reindex(sliceOf(event.timestamp()));
  }

  @Override
  public void note(IssuedAlert alert) {
    List<IssuedAlert> alerts = change(sliceOf(alert.activeAt())).alerts();
    alerts.removeIf(each -> each.alertId().equals(alert.alertId()));
    alerts.add(alert);
    reindex(sliceOf(alert.activeAt()));
  }

  /**
   * First begin of a rule at or after an instant, or null.
   *
   * @param place of the rule in the list
   */
  Event firstBegin(int place, long from) {
    SequenceRule rule = rules.get(place);
    long bit = LogIndex.bit(place);
    for (int i = firstSlice(from); i < index.size(); i++) {
      if (index.hasBegins(i, bit)) {
        Event first = null;
        for (Event event : content(index.start(i)).events()) {
          first = event.timestamp() >= from && rule.isBegin(event) ? earlier(first, event) : first;
        }
        if (first != null) {
          return first;
        }
      }
    }
    return null;
  }

  /** First answer of a rule at or after an instant, or null. */
  Event firstAnswer(int place, long from) {
    SequenceRule rule = rules.get(place);
    long bit = LogIndex.bit(place);
    for (int i = firstSlice(from); i < index.size(); i++) {
      if (index.hasAnswers(i, bit)) {
        Event first = null;
        for (Event event : content(index.start(i)).events()) {
          first = event.timestamp() >= from && rule.isAnswer(event) ? earlier(first, event) : first;
        }
        if (first != null) {
          return first;
        }
      }
    }
    return null;
  }

  /**
   * Event time of a rule's newest answer before an instant.
   *
   * @return Long.MIN_VALUE if there is none
   */
  long lastAnswerBefore(int place, long instant) {
    SequenceRule rule = rules.get(place);
    long bit = LogIndex.bit(place);
    for (int i = index.firstFrom(instant) - 1; i >= 0; i--) {
      if (index.hasAnswers(i, bit)) {
        long last = Long.MIN_VALUE;
        for (Event event : content(index.start(i)).events()) {
          if (event.timestamp() < instant && rule.isAnswer(event)) {
            last = Math.max(last, event.timestamp());
          }
        }
        if (last != Long.MIN_VALUE) {
          return last;
        }
      }
    }
    return Long.MIN_VALUE;
  }

  /**
   * What was published of a rule's alerts whose condition began in {@code (after, until]}, by that
   * time.
   */
  List<IssuedAlert> alerts(int place, long after, long until) {
    String rule = rules.get(place).name();
    long bit = LogIndex.bit(place);
    List<IssuedAlert> found = new ArrayList<>();
    for (int i = firstSlice(after); i < index.size() && index.start(i) <= until; i++) {
      if (index.hasAlerts(i, bit)) {
        for (IssuedAlert alert : content(index.start(i)).alerts()) {
          long activeAt = alert.activeAt();
          if (alert.rule().equals(rule) && activeAt > after && activeAt <= until) {
            found.add(alert);
          }
        }
      }
    }
    found.sort(Comparator.comparingLong(IssuedAlert::activeAt));
    return found;
  }

  @Override
  public IssuedAlert find(String alertId, long activeAt) {
    LogSlice.Content content = content(sliceOf(activeAt));
    for (IssuedAlert alert : content.alerts()) {
      if (alert.alertId().equals(alertId)) {
        return alert;
      }
    }
    return null;
  }

  List<Event> allEvents() {
    List<Event> all = new ArrayList<>();
    for (int i = 0; i < index.size(); i++) {
      all.addAll(content(index.start(i)).events());
    }
    return all;
  }

  List<IssuedAlert> allAlerts() {
    List<IssuedAlert> all = new ArrayList<>();
    for (int i = 0; i < index.size(); i++) {
      all.addAll(content(index.start(i)).alerts());
    }
    return all;
  }

  /**
   * Lets go of events older than an instant, and of alerts that were over or taken back before it.
   *
   * @param kept events that stay all the same
   */
  void forgetBefore(long edge, Set<Event> kept) {
    LogIndex before = index;
    for (int i = 0; i < before.size(); i++) {
      long start = before.start(i);
      if (start >= edge) {
        break;
      }
      LogSlice.Content content = change(start);
      content.events().removeIf(event -> event.timestamp() < edge && !kept.contains(event));
      content
          .alerts()
          .removeIf(alert -> (alert.withdrawn() ? alert.startsAt() : alert.endsAt()) < edge);
      reindex(start);
    }
  }

  /** To be called once after a start, because the rules may be others than before it. */
  void indexAnew() {
    LogIndex before = index;
    for (int i = 0; i < before.size(); i++) {
      reindex(before.start(i));
    }
  }

  /** Writes what has changed. */
  void store() {
    changed.forEach(
        (start, content) ->
            store.slice(
                start, isEmpty(content) ? null : LogSlice.of(content.events(), content.alerts())));
    if (store.index() != index) {
      store.index(index);
    }
  }

  private int firstSlice(long from) {
    return from == Long.MIN_VALUE ? 0 : index.firstFrom(sliceOf(from));
  }

  private LogSlice.Content change(long start) {
    LogSlice.Content content = content(start);
    changed.put(start, content);
    return content;
  }

  private LogSlice.Content content(long start) {
    LogSlice.Content content = read.get(start);
    if (content == null) {
      int at = index.firstFrom(start);
      boolean isKept = at < index.size() && index.start(at) == start;
      content =
          isKept
              ? store.slice(start).content()
              : new LogSlice.Content(new ArrayList<>(), new ArrayList<>());
      read.put(start, content);
    }
    return content;
  }

  private void reindex(long start) {
    LogSlice.Content content = content(start);
    if (isEmpty(content)) {
      index = index.without(start);
      return;
    }
    long begins = 0;
    long answers = 0;
    long alerts = 0;
    int[] facts = new int[content.events().size()];
    for (int i = 0; i < facts.length; i++) {
      Event event = content.events().get(i);
      facts[i] = hash(event);
      for (int place = 0; place < rules.size(); place++) {
        SequenceRule rule = rules.get(place);
        if (rule.isAnswer(event)) {
          answers |= LogIndex.bit(place);
        } else if (rule.isBegin(event)) {
          begins |= LogIndex.bit(place);
        }
      }
    }
    for (IssuedAlert alert : content.alerts()) {
      alerts |= LogIndex.bit(placeOf(alert.rule()));
    }
    index = index.with(start, begins, answers, alerts, facts);
  }

  private int placeOf(String rule) {
    for (int place = 0; place < rules.size(); place++) {
      if (rules.get(place).name().equals(rule)) {
        return place;
      }
    }
    return -1;
  }

  private static boolean isEmpty(LogSlice.Content content) {
    return content.events().isEmpty() && content.alerts().isEmpty();
  }

  private static Event earlier(Event one, Event other) {
    return one == null || ORDER.compare(other, one) < 0 ? other : one;
  }

  private static int hash(Event event) {
    return event.id().hashCode() * 31 + event.kind().code();
  }

  private static long sliceOf(long timestamp) {
    return Math.floorDiv(timestamp, SLICE) * SLICE;
  }
}
