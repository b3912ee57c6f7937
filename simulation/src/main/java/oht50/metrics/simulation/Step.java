package oht50.metrics.simulation;

import java.time.Instant;
import java.time.ZoneId;
import java.util.StringJoiner;
import oht50.metrics.model.Event;
import oht50.metrics.model.Occurrence;
import oht50.metrics.model.Registration;
import oht50.metrics.model.SampleBatch;

/** One thing that happens in a scenario. */
sealed interface Step {
  /**
   * A message is taken in.
   *
   * @param message a {@link SampleBatch}, an {@link Occurrence}, an {@link Event} or a {@link
   *     Registration}
   * @param intent what the generator had in mind, for people
   */
  record Take(Object message, String intent) implements Step {
    long key() {
      if (message instanceof SampleBatch batch) {
        return batch.key();
      }
      if (message instanceof Registration registration) {
        return ~registration.key(); // of another topic than the robot's samples
      }
      return message instanceof Occurrence fact
          ? fact.key()
          : ((Event) message).entity().hashCode();
    }

    @Override
    public String toString() {
      return intent + " " + text();
    }

    private String text() {
      if (message instanceof SampleBatch batch) {
        StringJoiner text =
            new StringJoiner(
                ", ", "samples ", " at position " + batch.sourceId() + "@" + batch.offset());
        for (int i = 0; i < batch.size(); i++) {
          text.add(
              batch.layout().series(i)
                  + " "
                  + Instant.ofEpochMilli(batch.timestamp(i))
                  + " = "
                  + batch.values()[i]);
        }
        return text.toString();
      }
      if (message instanceof Occurrence fact) {
        return "fact %d of %s at %s"
            .formatted(
                fact.naturalKey(), fact.series().series(0), Instant.ofEpochMilli(fact.timestamp()));
      }
      if (message instanceof Registration registration) {
        return registration.toString();
      }
      Event event = (Event) message;
      return "event %s of %s: %s %s acknowledged=%s at %s, offset %d"
          .formatted(
              event.id(),
              event.entity(),
              event.type(),
              event.status(),
              event.acknowledged(),
              Instant.ofEpochMilli(event.timestamp()),
              event.position().offset());
    }
  }

  /** The watermark reaches an instant; one at or before that of this attempt is left out. */
  record Mark(long watermark) implements Step {
    @Override
    public String toString() {
      return "watermark " + Instant.ofEpochMilli(watermark);
    }
  }

  /** The clock of the machine goes on by a few seconds, and the watermark does not. */
  record Standstill() implements Step {
    @Override
    public String toString() {
      return "time stands still";
    }
  }

  /** A checkpoint completes: what was published before it is in the tables for good. */
  record Snapshot() implements Step {
    @Override
    public String toString() {
      return "snapshot";
    }
  }

  /**
   * Stopped with a savepoint and begun again; the watermark begins low.
   *
   * @param zone that is configured from then on, or null for the same as before
   */
  record Stop(int parallelism, ZoneId zone) implements Step {
    @Override
    public String toString() {
      return "stop, start with parallelism "
          + parallelism
          + (zone == null ? "" : " and days of " + zone);
    }
  }

  /**
   * Killed, and begun again from the newest snapshot. Messages since then come again, those of one
   * key in their order, with fewer watermarks between them; what was published of them stays.
   *
   * @param seed of the order in which they come
   */
  record Crash(int parallelism, long seed) implements Step {
    @Override
    public String toString() {
      return "crash, restore with parallelism " + parallelism;
    }
  }

  /**
   * Of a history only: state is what a snapshot held.
   *
   * @param zone that is configured
   */
  record Restore(int parallelism, boolean afterCrash, ZoneId zone) implements Step {
    @Override
    public String toString() {
      return (afterCrash ? "restored after a crash" : "restored")
          + ", parallelism "
          + parallelism
          + ", days of "
          + zone;
    }
  }
}
