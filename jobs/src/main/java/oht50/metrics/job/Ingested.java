package oht50.metrics.job;

import oht50.metrics.budget.SeriesAsk;
import oht50.metrics.mission.MissionFact;
import oht50.metrics.model.Backfill;
import oht50.metrics.model.Event;
import oht50.metrics.model.Occurrence;
import oht50.metrics.model.Registration;
import oht50.metrics.model.Rejected;
import oht50.metrics.model.SampleBatch;
import org.apache.flink.streaming.api.datastream.DataStream;

/**
 * All inputs after ingest, each kind in one stream.
 *
 * @param asks of the series of batches and occurrences, before them
 * @param missionFacts null of an input that says nothing of missions
 * @param registrations null of an input that is not the registry: it would cost buffers for nothing
 * @param backfills null of an input that brings none
 * @param exposed those samples of the batches that are on the exposition page
 */
record Ingested(
    DataStream<SampleBatch> batches,
    DataStream<SeriesAsk> asks,
    DataStream<Occurrence> occurrences,
    DataStream<Event> events,
    DataStream<MissionFact> missionFacts,
    DataStream<Registration> registrations,
    DataStream<Backfill> backfills,
    DataStream<Rejected> rejected,
    DataStream<SampleBatch> exposed) {

  Ingested union(Ingested other) {
    return new Ingested(
        batches.union(other.batches),
        asks.union(other.asks),
        occurrences.union(other.occurrences),
        events.union(other.events),
        missionFacts == null ? other.missionFacts : missionFacts,
        registrations == null ? other.registrations : registrations,
        backfills == null ? other.backfills : backfills,
        rejected.union(other.rejected),
        exposed.union(other.exposed));
  }
}
