package oht50.metrics.source.kafka;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import oht50.metrics.mission.MissionFact;
import oht50.metrics.mission.MissionPriority;
import oht50.metrics.mission.MissionStatus;
import oht50.metrics.model.Backfill;
import oht50.metrics.model.Event;
import oht50.metrics.model.Occurrence;
import oht50.metrics.model.Position;
import oht50.metrics.model.Registration;
import oht50.metrics.model.RejectReason;
import oht50.metrics.model.Rejected;
import oht50.metrics.model.RuleSet;
import oht50.metrics.model.SampleBatch;
import oht50.metrics.model.SeriesLayout;
import oht50.metrics.source.Decoded;
import oht50.metrics.vda.StateReport;

/** What a record has been found to say so far. Per record, so it creates only what it needs. */
final class Draft {
  /** A record of small broken elements must not become a thousand times its size in rejects. */
  static final int MAX_REJECTS = 1_000;

  private static final int EXCERPT_BYTES = 1_024;
  private static final SampleBatch[] NO_BATCHES = {};
  private static final Occurrence[] NO_OCCURRENCES = {};
  private static final Event[] NO_EVENTS = {};
  private static final MissionFact[] NO_MISSION_FACTS = {};
  private static final StateReport[] NO_STATES = {};
  private static final Registration[] NO_REGISTRATIONS = {};
  private static final Backfill[] NO_BACKFILLS = {};
  private static final RuleSet[] NO_RULE_SETS = {};
  private static final Rejected[] NO_REJECTS = {};

  private final RawRecord record;
  private final long sourceId;
  private final long latestEventTime;

  private List<SampleBatch> batches;
  private List<Occurrence> occurrences;
  private List<Event> events;
  private List<MissionFact> missionFacts;
  private StateReport state;
  private Registration registration;
  private Backfill backfill;
  private RuleSet ruleSet;
  private List<Rejected> rejected;
  private int unlisted;
  private RejectReason firstUnlisted;
  private EventAttributes attributes;
  private long eventTime = Decoded.NO_EVENT_TIME;
  private String key;
  private String excerpt;

  /**
   * @param sourceId {@link Position#sourceId()} of the record, which its caller remembers
   */
  Draft(RawRecord record, long sourceId, long maxAheadMillis) {
    this.record = record;
    this.sourceId = sourceId;
    this.attributes = record.attributes();
    this.latestEventTime =
        record.appendTime() < 0 ? Long.MAX_VALUE : record.appendTime() + maxAheadMillis;
  }

  Position position() {
    return record.position();
  }

  /** The record's key as text; null without a key and for a blank one. */
  String key() {
    if (key == null && record.key() != null) {
      key = Text.decode(record.key());
    }
    return key == null || key.isBlank() ? null : key;
  }

  /** What a CloudEvent says of the message. */
  EventAttributes attributes() {
    return attributes;
  }

  /** The value is a CloudEvent itself. */
  void attributes(EventAttributes ofValue) {
    attributes = ofValue;
  }

  boolean hasAppendTime() {
    return record.appendTime() >= 0;
  }

  long appendTime() {
    return record.appendTime();
  }

  /** Whether an event time is further ahead of the arrival than a clock may be. */
  boolean isTooFarAhead(long time) {
    return time > latestEventTime;
  }

  boolean hasRejects() {
    return rejected != null;
  }

  void reject(String path, RejectReason reason, String detail) {
    if (rejected == null) {
      rejected = new ArrayList<>(2);
    }
    if (rejected.size() < MAX_REJECTS) {
      add(path, reason, detail);
    } else if (unlisted++ == 0) {
      firstUnlisted = reason;
    }
  }

  private void add(String path, RejectReason reason, String detail) {
    if (excerpt == null && record.value() != null) {
      excerpt = Text.decodeFirst(record.value(), EXCERPT_BYTES);
    }
    rejected.add(
        new Rejected(position(), path, reason, detail, key(), excerpt, record.appendTime()));
  }

  /** Samples that share one event time. */
  void samples(long timestamp, SeriesLayout layout, double[] values) {
    samples(layout, new long[] {timestamp}, values);
  }

  void samples(SeriesLayout layout, long[] timestamps, double[] values) {
    if (batches == null) {
      batches = new ArrayList<>(1);
    }
    SampleBatch batch =
        new SampleBatch(layout, timestamps, values, sourceId, record.position().offset());
    batches.add(batch);
    time(batch.newest());
  }

  void occurrence(SeriesLayout series, long naturalKey, long timestamp) {
    if (occurrences == null) {
      occurrences = new ArrayList<>(1);
    }
    occurrences.add(
        new Occurrence(series, naturalKey, timestamp, sourceId, record.position().offset()));
    time(timestamp);
  }

  void event(Event event) {
    if (events == null) {
      events = new ArrayList<>(2);
    }
    events.add(event);
    time(event.timestamp());
  }

  void missionFact(
      String mission,
      MissionStatus status,
      long timestamp,
      String robot,
      String type,
      MissionPriority priority) {
    if (missionFacts == null) {
      missionFacts = new ArrayList<>(2);
    }
    missionFacts.add(
        new MissionFact(
            mission,
            status,
            timestamp,
            robot,
            type,
            priority,
            sourceId,
            record.position().offset()));
    time(timestamp);
  }

  void state(String robot, long timestamp, long headerId, oht50.metrics.vda.RobotState said) {
    state = new StateReport(robot, timestamp, headerId, said, sourceId, record.position().offset());
    time(timestamp);
  }

  void registration(
      String robotId,
      String site,
      String zone,
      long effectiveFrom,
      long expectedIntervalMillis,
      String missionsFrom,
      String safetyFrom,
      String attributes) {
    registration =
        new Registration(
            robotId,
            false,
            site,
            zone,
            effectiveFrom,
            expectedIntervalMillis,
            missionsFrom,
            safetyFrom,
            sourceId,
            record.position().offset(),
            attributes);
  }

  void removal(String robotId) {
    registration = Registration.removal(robotId, sourceId, record.position().offset());
  }

  void backfill(Backfill stored) {
    backfill = stored;
  }

  void ruleSet(long effectiveFrom, SortedMap<String, String> files) {
    ruleSet = new RuleSet(effectiveFrom, files, position());
  }

  /** Null if there is none. */
  RuleSet ruleSet() {
    return ruleSet;
  }

  /** Null if nothing is rejected. */
  Rejected firstReject() {
    return rejected == null ? null : rejected.get(0);
  }

  /** The record is evidence that time has come this far. */
  void time(long timestamp) {
    eventTime = Math.max(eventTime, timestamp);
  }

  Decoded finish() {
    if (unlisted > 0) {
      add(Rejected.WHOLE, firstUnlisted, "and " + unlisted + " more rejects of this record");
    }
    return new Decoded(
        batches == null ? NO_BATCHES : batches.toArray(NO_BATCHES),
        occurrences == null ? NO_OCCURRENCES : occurrences.toArray(NO_OCCURRENCES),
        events == null ? NO_EVENTS : events.toArray(NO_EVENTS),
        missionFacts == null ? NO_MISSION_FACTS : missionFacts.toArray(NO_MISSION_FACTS),
        state == null ? NO_STATES : new StateReport[] {state},
        registration == null ? NO_REGISTRATIONS : new Registration[] {registration},
        backfill == null ? NO_BACKFILLS : new Backfill[] {backfill},
        ruleSet == null ? NO_RULE_SETS : new RuleSet[] {ruleSet},
        rejected == null ? NO_REJECTS : rejected.toArray(NO_REJECTS),
        eventTime,
        record.appendTime());
  }
}
