package oht50.metrics.source;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.function.IntFunction;
import oht50.metrics.mission.MissionFact;
import oht50.metrics.model.Backfill;
import oht50.metrics.model.Event;
import oht50.metrics.model.Occurrence;
import oht50.metrics.model.Registration;
import oht50.metrics.model.Rejected;
import oht50.metrics.model.RuleSet;
import oht50.metrics.model.SampleBatch;
import oht50.metrics.vda.StateReport;
import oht50.metrics.wire.BackfillCodec;
import oht50.metrics.wire.Codec;
import oht50.metrics.wire.Codecs;
import oht50.metrics.wire.Primitives;

/**
 * Form: batches, occurrences, events, facts of missions (since version 5), states (since version
 * 7), registrations (since version 2), backfills (since version 3), rule sets (since version 8) and
 * rejects, each as a count and the elements in the form of their own codec; event time (8 bytes),
 * append time (8 bytes). When the version of one of these codecs rises, so must this one's.
 */
public final class DecodedCodec implements Codec<Decoded> {
  private static final long serialVersionUID = 1L;

  private final Codec<SampleBatch> batches = new Codecs.SampleBatchCodec();
  private final Codec<Occurrence> occurrences = new Codecs.OccurrenceCodec();
  private final Codec<Event> events = new Codecs.EventCodec();
  private final Codec<MissionFact> missionFacts = new MissionFact.BinaryForm();
  private final Codec<StateReport> states = new StateReport.BinaryForm();
  private final Codec<Registration> registrations = new Codecs.RegistrationCodec();
  private final Codec<Backfill> backfills = new BackfillCodec();
  private final Codec<RuleSet> ruleSets = new RuleSet.BinaryForm();
  private final Codec<Rejected> rejected = new Codecs.RejectedCodec();

  @Override
  public Codec<Decoded> duplicate() {
    return new DecodedCodec();
  }

  @Override
  public int version() {
    return 8;
  }

  @Override
  public void write(Decoded decoded, DataOutput out) throws IOException {
    writeAll(decoded.batches(), batches, out);
    writeAll(decoded.occurrences(), occurrences, out);
    writeAll(decoded.events(), events, out);
    writeAll(decoded.missionFacts(), missionFacts, out);
    writeAll(decoded.states(), states, out);
    writeAll(decoded.registrations(), registrations, out);
    writeAll(decoded.backfills(), backfills, out);
    writeAll(decoded.ruleSets(), ruleSets, out);
    writeAll(decoded.rejected(), rejected, out);
    out.writeLong(decoded.eventTime());
    out.writeLong(decoded.appendTime());
  }

  @Override
  public Decoded read(int version, DataInput in) throws IOException {
    return new Decoded(
        readAll(SampleBatch[]::new, batches, batches.version(), in),
        readAll(Occurrence[]::new, occurrences, occurrences.version(), in),
        readAll(Event[]::new, events, version < 7 ? 1 : events.version(), in),
        version < 5
            ? new MissionFact[0]
            : readAll(
                MissionFact[]::new, missionFacts, version < 7 ? 1 : missionFacts.version(), in),
        version < 7
            ? new StateReport[0]
            : readAll(StateReport[]::new, states, states.version(), in),
        version < 2
            ? new Registration[0]
            : readAll(
                Registration[]::new, registrations, version < 7 ? 3 : registrations.version(), in),
        version < 3
            ? new Backfill[0]
            : readAll(Backfill[]::new, backfills, backfills.version(), in),
        version < 8 ? new RuleSet[0] : readAll(RuleSet[]::new, ruleSets, ruleSets.version(), in),
        readAll(Rejected[]::new, rejected, rejected.version(), in),
        in.readLong(),
        in.readLong());
  }

  private static <T> void writeAll(T[] elements, Codec<T> codec, DataOutput out)
      throws IOException {
    Primitives.writeCount(elements.length, out);
    for (T element : elements) {
      codec.write(element, out);
    }
  }

  private static <T> T[] readAll(IntFunction<T[]> array, Codec<T> codec, int version, DataInput in)
      throws IOException {
    T[] elements = array.apply(Primitives.readCount(in));
    for (int i = 0; i < elements.length; i++) {
      elements[i] = codec.read(version, in);
    }
    return elements;
  }
}
