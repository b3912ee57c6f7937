package oht50.metrics.fact;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import oht50.metrics.wire.Codec;
import oht50.metrics.wire.Primitives;

/** All facts of a robot of one instant, each once, by position. Immutable. */
public record FactsOfInstant(List<RobotFact> facts) {
  static final FactsOfInstant NONE = new FactsOfInstant(List.of());

  private static final Comparator<RobotFact> BY_POSITION =
      Comparator.comparingLong(RobotFact::sourceId)
          .thenComparingLong(RobotFact::offset)
          .thenComparingLong(RobotFact::id);

  /** With what a fact says, or itself if something newer is known of it. */
  FactsOfInstant with(RobotFact fact) {
    List<RobotFact> others = new ArrayList<>(facts.size() + 1);
    for (RobotFact held : facts) {
      if (held.id() != fact.id()) {
        others.add(held);
      } else if (!fact.isAfter(held)) {
        return this;
      }
    }
    if (!fact.isWithdrawn()) {
      others.add(fact);
      others.sort(BY_POSITION);
    }
    return new FactsOfInstant(List.copyOf(others));
  }

  /** A count and the facts. */
  public static final class BinaryForm implements Codec<FactsOfInstant> {
    private static final long serialVersionUID = 1L;

    private final Codec<RobotFact> facts = new RobotFact.BinaryForm();

    @Override
    public int version() {
      return 1;
    }

    @Override
    public Codec<FactsOfInstant> duplicate() {
      return new BinaryForm();
    }

    @Override
    public void write(FactsOfInstant instant, DataOutput out) throws IOException {
      Primitives.writeAll(instant.facts, facts, out);
    }

    @Override
    public FactsOfInstant read(int version, DataInput in) throws IOException {
      return new FactsOfInstant(Primitives.readAll(facts, in));
    }
  }
}
