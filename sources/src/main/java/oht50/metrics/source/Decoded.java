package oht50.metrics.source;

import java.util.Arrays;
import oht50.metrics.mission.MissionFact;
import oht50.metrics.model.Backfill;
import oht50.metrics.model.Event;
import oht50.metrics.model.Occurrence;
import oht50.metrics.model.Registration;
import oht50.metrics.model.Rejected;
import oht50.metrics.model.RuleSet;
import oht50.metrics.model.SampleBatch;
import oht50.metrics.typeinfo.CodecTypeInfo;
import oht50.metrics.vda.StateReport;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/**
 * What one record of a source says: everything it holds is in a batch, an occurrence, an event, a
 * registration, a backfill or a rule set, or is rejected. Arrays are not to be modified.
 *
 * @param missionFacts what its events say of the life of missions
 * @param batches samples grouped by {@link SampleBatch#key()}, one batch per key
 * @param states from which facts follow that no single record says
 * @param eventTime the newest event time of what was accepted, ms, or {@link #NO_EVENT_TIME}
 * @param appendTime when the record arrived: the broker's time, ms; negative when unknown
 */
public record Decoded(
    SampleBatch[] batches,
    Occurrence[] occurrences,
    Event[] events,
    MissionFact[] missionFacts,
    StateReport[] states,
    Registration[] registrations,
    Backfill[] backfills,
    RuleSet[] ruleSets,
    Rejected[] rejected,
    long eventTime,
    long appendTime) {
  /** The event time of a record of which nothing was accepted. */
  public static final long NO_EVENT_TIME = Long.MIN_VALUE;

  public static final TypeInformation<Decoded> TYPE =
      new CodecTypeInfo<>(Decoded.class, new DecodedCodec());

  private static final SampleBatch[] NO_BATCHES = {};
  private static final Occurrence[] NO_OCCURRENCES = {};
  private static final Event[] NO_EVENTS = {};
  private static final MissionFact[] NO_MISSION_FACTS = {};
  private static final StateReport[] NO_STATES = {};
  private static final Registration[] NO_REGISTRATIONS = {};
  private static final Backfill[] NO_BACKFILLS = {};
  private static final RuleSet[] NO_RULE_SETS = {};
  private static final Rejected[] NO_REJECTS = {};

  /** A record of which nothing else follows than what it says. */
  public Decoded(
      SampleBatch[] batches,
      Occurrence[] occurrences,
      Event[] events,
      MissionFact[] missionFacts,
      Registration[] registrations,
      Backfill[] backfills,
      Rejected[] rejected,
      long eventTime,
      long appendTime) {
    this(
        batches,
        occurrences,
        events,
        missionFacts,
        NO_STATES,
        registrations,
        backfills,
        NO_RULE_SETS,
        rejected,
        eventTime,
        appendTime);
  }

  /** A record that carries samples only. */
  public static Decoded samples(SampleBatch[] batches, long eventTime, long appendTime) {
    return samplesAndRejects(batches, NO_REJECTS, eventTime, appendTime);
  }

  /** A record that carries samples, and something that cannot be one. */
  public static Decoded samplesAndRejects(
      SampleBatch[] batches, Rejected[] rejected, long eventTime, long appendTime) {
    return new Decoded(
        batches,
        NO_OCCURRENCES,
        NO_EVENTS,
        NO_MISSION_FACTS,
        NO_REGISTRATIONS,
        NO_BACKFILLS,
        rejected,
        eventTime,
        appendTime);
  }

  /** A record that says nothing but the time. */
  public static Decoded time(long eventTime, long appendTime) {
    return samples(NO_BATCHES, eventTime, appendTime);
  }

  /** A record, or a place where one should be, that is in no result. */
  public static Decoded rejected(Rejected reject) {
    return new Decoded(
        NO_BATCHES,
        NO_OCCURRENCES,
        NO_EVENTS,
        NO_MISSION_FACTS,
        NO_REGISTRATIONS,
        NO_BACKFILLS,
        new Rejected[] {reject},
        NO_EVENT_TIME,
        reject.appendTime());
  }

  public boolean hasEventTime() {
    return eventTime != NO_EVENT_TIME;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Decoded decoded
        && Arrays.equals(batches, decoded.batches)
        && Arrays.equals(occurrences, decoded.occurrences)
        && Arrays.equals(events, decoded.events)
        && Arrays.equals(missionFacts, decoded.missionFacts)
        && Arrays.equals(states, decoded.states)
        && Arrays.equals(registrations, decoded.registrations)
        && Arrays.equals(backfills, decoded.backfills)
        && Arrays.equals(ruleSets, decoded.ruleSets)
        && Arrays.equals(rejected, decoded.rejected)
        && eventTime == decoded.eventTime
        && appendTime == decoded.appendTime;
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(new long[] {eventTime, appendTime, Arrays.hashCode(batches)});
  }
}
