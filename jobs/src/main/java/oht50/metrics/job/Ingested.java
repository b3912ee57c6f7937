package oht50.metrics.job;

import oht50.metrics.budget.SeriesAsk;
import oht50.metrics.fact.RobotFact;
import oht50.metrics.mission.MissionFact;
import oht50.metrics.model.Backfill;
import oht50.metrics.model.Event;
import oht50.metrics.model.Occurrence;
import oht50.metrics.model.Registration;
import oht50.metrics.model.Rejected;
import oht50.metrics.model.RuleSet;
import oht50.metrics.model.SampleBatch;
import oht50.metrics.vda.StateReport;
import org.apache.flink.streaming.api.datastream.DataStream;

/**
 * All inputs after ingest, each kind in one stream.
 *
 * @param time nothing but watermarks; null of an input that does not drive time
 * @param asks of the series of batches and occurrences, before them
 * @param robotFacts null of an input that tells nothing of robots
 * @param states of VDA 5050; null of an input that brings none
 * @param missionFacts that name no robot; null of an input that says nothing of missions
 * @param registrations null of an input that is not the registry: it would cost buffers for nothing
 * @param backfills null of an input that brings none
 * @param ruleSets null of an input that brings none
 * @param exposed those samples of the batches that are on the exposition page
 */
record Ingested(
    DataStream<Registration> time,
    DataStream<SampleBatch> batches,
    DataStream<SeriesAsk> asks,
    DataStream<Occurrence> occurrences,
    DataStream<Event> events,
    DataStream<RobotFact> robotFacts,
    DataStream<StateReport> states,
    DataStream<MissionFact> missionFacts,
    DataStream<Registration> registrations,
    DataStream<Backfill> backfills,
    DataStream<RuleSet> ruleSets,
    DataStream<Rejected> rejected,
    DataStream<SampleBatch> exposed) {

  Ingested union(Ingested other) {
    return new Ingested(
        time == null ? other.time : other.time == null ? time : time.union(other.time),
        batches.union(other.batches),
        asks.union(other.asks),
        occurrences.union(other.occurrences),
        events.union(other.events),
        robotFacts == null
            ? other.robotFacts
            : other.robotFacts == null ? robotFacts : robotFacts.union(other.robotFacts),
        states == null ? other.states : states,
        missionFacts == null ? other.missionFacts : missionFacts,
        registrations == null ? other.registrations : registrations,
        backfills == null ? other.backfills : backfills,
        ruleSets == null ? other.ruleSets : ruleSets,
        rejected.union(other.rejected),
        exposed.union(other.exposed));
  }
}
