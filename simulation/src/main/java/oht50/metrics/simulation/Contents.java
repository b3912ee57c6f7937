package oht50.metrics.simulation;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import oht50.metrics.model.Event;
import oht50.metrics.model.Occurrence;
import oht50.metrics.model.SampleBatch;
import oht50.metrics.simulation.life.Coverage;

/** What the messages of a scenario are to each other; a replay after a crash is no repeat. */
final class Contents {
  private final Coverage coverage;
  private final Map<List<Object>, Object> values = new HashMap<>(); // identity -> value

  private Contents(Coverage coverage) {
    this.coverage = coverage;
  }

  /** Counts a scenario's repeats, conflicts and batches of several minutes. */
  static void count(Scenario scenario, Coverage coverage) {
    Contents contents = new Contents(coverage);
    scenario.steps().forEach(contents::note);
  }

  private void note(Step step) {
    if (!(step instanceof Step.Take take)) {
      return;
    }
    if (take.message() instanceof SampleBatch batch) {
      samples(batch);
    } else if (take.message() instanceof Occurrence fact) {
      List<Object> identity = List.of(fact.key(), fact.naturalKey());
      coverage.add(What.REPEATS, values.put(identity, fact.timestamp()) == null ? 0 : 1);
    } else if (take.message() instanceof Event event) {
      Object before = values.put(List.of(event.id()), event.timestamp());
      if (before != null) {
        coverage.add(before.equals(event.timestamp()) ? What.REPEATS : What.CONFLICTS);
      }
    }
  }

  private void samples(SampleBatch batch) {
    boolean isRepeat = true;
    boolean isConflict = false;
    boolean isSplit = false;
    for (int i = 0; i < batch.size(); i++) {
      isSplit |= Invariants.minuteOf(batch.timestamp(i)) != Invariants.minuteOf(batch.timestamp(0));
      Object value = Double.doubleToRawLongBits(batch.values()[i]);
      Object before = values.put(List.of(batch.layout().series(i).id(), batch.timestamp(i)), value);
      isRepeat &= before != null;
      isConflict |= before != null && !before.equals(value);
    }
    coverage.add(What.SPLIT_BATCHES, isSplit ? 1 : 0);
    coverage.add(What.CONFLICTS, isConflict ? 1 : 0);
    coverage.add(What.REPEATS, isRepeat && !isConflict ? 1 : 0);
  }
}
