package oht50.metrics.job.scenario;

import static oht50.metrics.job.scenario.Instants.HOUR;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import oht50.metrics.model.Occurrence;
import oht50.metrics.model.Position;
import oht50.metrics.model.SampleBatch;
import oht50.metrics.model.Series;
import oht50.metrics.model.SeriesInput;
import oht50.metrics.model.SeriesLayout;
import oht50.metrics.series.SeriesOptions;

/**
 * Samples, facts to count and watermarks for the counting and the series operator, in a chain as in
 * the job.
 */
final class SeriesScenario {
  private static final Position TOPIC = new Position("scenario", 0, 0);

  private final SeriesOptions options;
  private final List<Input<Object>> inputs = new ArrayList<>(); // batches and occurrences
  private long offset;
  private boolean endsInSilence;

  SeriesScenario(SeriesOptions options) {
    this.options = options;
  }

  SeriesScenario() {
    this(SeriesOptions.DEFAULTS);
  }

  SeriesScenario sample(Series series, long at, double value) {
    return batch(at, new Series[] {series}, value);
  }

  SeriesScenario batch(long at, Series[] series, double... values) {
    Position position = new Position(TOPIC.topic(), 0, offset++);
    inputs.add(Input.of(SampleBatch.at(at, SeriesLayout.of(series), values, position)));
    return this;
  }

  /** The element before, delivered once more. */
  SeriesScenario repeat() {
    inputs.add(inputs.get(inputs.size() - 1));
    return this;
  }

  SeriesScenario fact(long naturalKey, long at, Series... series) {
    inputs.add(
        Input.of(
            new Occurrence(SeriesLayout.of(series), naturalKey, at, TOPIC.sourceId(), offset++)));
    return this;
  }

  SeriesScenario watermark(long at) {
    inputs.add(Input.watermark(at));
    return this;
  }

  /** Nobody speaks for three days; nothing may be left in state. */
  SeriesScenario silence(long from) {
    for (long hours : new long[] {1, 3, 6, 12, 24, 36, 48, 60, 72}) {
      watermark(from + hours * HOUR);
    }
    endsInSilence = true;
    return this;
  }

  int size() {
    return inputs.size();
  }

  /** Runs in every way, and returns the tables after all have been found to be the same. */
  SeriesTables run() throws Exception {
    SeriesTables straight = run(Way.straight());
    for (Way way : Way.others(inputs.size())) {
      assertThat(run(way).lines()).as(way.name()).isEqualTo(straight.lines());
    }
    return straight;
  }

  SeriesTables run(Way way) throws Exception {
    List<Input<Object>> order =
        way.isShuffled() ? Shuffle.of(inputs, way.seed(), SeriesScenario::conflict) : inputs;
    Run counted = Run.of(Subject.counts(options), only(Occurrence.class, order), way);
    Run run = Run.of(Subject.series(options), batches(order, counted), way);
    if (endsInSilence) {
      assertThat(counted.stateEntries()).as(way + ": state of counts").isZero();
      assertThat(counted.timers()).as(way + ": timers of counts").isZero();
      assertThat(run.stateEntries()).as(way + ": state of series").isZero();
      assertThat(run.timers()).as(way + ": timers of series").isZero();
    }
    return SeriesTables.of(run.all());
  }

  private static <T> List<Input<T>> only(Class<T> type, List<Input<Object>> inputs) {
    List<Input<T>> some = new ArrayList<>();
    for (Input<Object> input : inputs) {
      if (input instanceof Input.Mark<Object> mark) {
        some.add(Input.watermark(mark.watermark()));
      } else if (input instanceof Input.Element<Object> element
          && type.isInstance(element.value())) {
        some.add(Input.of(type.cast(element.value())));
      }
    }
    return some;
  }

  /** The batches, and in their places those that the counting operator made. */
  private static List<Input<SeriesInput>> batches(List<Input<Object>> inputs, Run counted) {
    List<Input<SeriesInput>> batches = new ArrayList<>();
    int next = 0; // input of the counting operator
    for (Input<Object> input : inputs) {
      if (input instanceof Input.Element<Object> element
          && element.value() instanceof SampleBatch batch) {
        batches.add(Input.of(batch));
        continue;
      }
      counted.committed().get(next++).forEach(out -> batches.add(Input.of((SampleBatch) out)));
      if (input instanceof Input.Mark<Object> mark) {
        batches.add(Input.watermark(mark.watermark()));
      }
    }
    return batches;
  }

  /** Different values of one series and time. */
  private static boolean conflict(Object a, Object b) {
    if (!(a instanceof SampleBatch first && b instanceof SampleBatch second)) {
      return false;
    }
    for (int i = 0; i < first.size(); i++) {
      for (int j = 0; j < second.size(); j++) {
        if (first.layout().series(i).equals(second.layout().series(j))
            && first.timestamp(i) == second.timestamp(j)) {
          return true;
        }
      }
    }
    return false;
  }
}
