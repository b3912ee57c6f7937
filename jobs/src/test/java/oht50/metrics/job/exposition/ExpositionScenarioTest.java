package oht50.metrics.job.exposition;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import oht50.metrics.exposition.Tally;
import oht50.metrics.model.Labels;
import oht50.metrics.model.MetricKind;
import oht50.metrics.model.SampleBatch;
import oht50.metrics.model.Series;
import oht50.metrics.model.SeriesLayout;
import oht50.metrics.typeinfo.TypeInfos;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Both operators behind each other, scraped after every input. */
class ExpositionScenarioTest {
  private static final long T = 1_795_521_600_000L;
  private static final List<SampleBatch> INPUTS = inputs();

  @Test
  void countsAndHistogramsAppearWithACompleteCheckpoint() throws Exception {
    try (Pipeline pipeline = new Pipeline(null)) {
      pipeline.take(stops("R-1", 2));
      pipeline.take(response(0.03));
      OperatorSubtaskState ignored = pipeline.snapshot(1);
      assertThat(ignored).isNotNull();
      assertThat(pipeline.scrape()).isEmpty();

      pipeline.complete(1);

      assertThat(pipeline.scrape()).hasSize(2).containsEntry(STOPS_ON_PAGE, "[2.0]");
    }
  }

  @Test
  void anAbortedCheckpointIsNotShownAndTheNextOneShowsAll() throws Exception {
    try (Pipeline pipeline = new Pipeline(null)) {
      pipeline.take(stops("R-1", 2));
      pipeline.snapshot(1);
      pipeline.take(stops("R-1", 1));
      pipeline.snapshot(2);
      pipeline.exposition.getOperator().notifyCheckpointAborted(1);
      pipeline.complete(1);
      assertThat(pipeline.scrape()).isEmpty();

      pipeline.complete(2);

      assertThat(pipeline.scrape()).containsEntry(STOPS_ON_PAGE, "[3.0]");
    }
  }

  @Test
  void measuredValuesAppearWithinASecond() throws Exception {
    try (Pipeline pipeline = new Pipeline(null)) {
      pipeline.take(load(T, 0.5));
      assertThat(pipeline.scrape()).isEmpty();

      pipeline.pass(1_000);

      assertThat(pipeline.scrape()).containsValue("[0.5]");
    }
  }

  /** A crash goes back to the checkpoint before the last inputs, which come again. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7})
  void aRestartLosesNothingDoublesNothingAndLetsNoCountFall(int every) throws Exception {
    Map<String, String> straight = run(Integer.MAX_VALUE, false);
    assertThat(straight).hasSize(3).containsEntry(STOPS_ON_PAGE, "[37.0]");
    assertThat(run(every, false)).as("restarted").isEqualTo(straight);
    assertThat(run(every, true)).as("crashed").isEqualTo(straight);
  }

  private static Map<String, String> run(int restartsEvery, boolean crashes) throws Exception {
    long checkpoint = 1;
    Pipeline pipeline = new Pipeline(null);
    OperatorSubtaskState before = pipeline.snapshot(checkpoint);
    int since = 0;
    double highest = 0;
    for (int i = 0; i < INPUTS.size(); i++) {
      pipeline.take(INPUTS.get(i));
      pipeline.pass(300);
      if ((i + 1) % restartsEvery == 0) {
        OperatorSubtaskState from = crashes ? before : pipeline.snapshot(++checkpoint);
        pipeline.close();
        pipeline = new Pipeline(from);
        for (int again = crashes ? since : i + 1; again <= i; again++) {
          pipeline.take(INPUTS.get(again));
        }
        before = pipeline.snapshot(++checkpoint);
        pipeline.complete(checkpoint);
        since = i + 1;
      }
      double now = stopsOn(pipeline.scrape());
      assertThat(now).as("after input " + i).isGreaterThanOrEqualTo(highest);
      highest = now;
    }
    pipeline.snapshot(++checkpoint);
    pipeline.complete(checkpoint);
    Map<String, String> page = pipeline.scrape();
    pipeline.close();
    return page;
  }

  private static final String STOPS_ON_PAGE =
      "oht50_safety_events_total[severity, critical, type, e_stop]";

  private static double stopsOn(Map<String, String> page) {
    String text = page.getOrDefault(STOPS_ON_PAGE, "[0]");
    return Double.parseDouble(text.substring(1, text.length() - 1));
  }

  private static List<SampleBatch> inputs() {
    List<SampleBatch> inputs = new ArrayList<>();
    for (int i = 0; i < 21; i++) {
      inputs.add(
          switch (i % 4) {
            case 0 -> stops("R-1", 1 + i % 3);
            case 1 -> stops("R-2", 5);
            case 2 -> response(0.25 * i);
            default -> load(T + i, i);
          });
    }
    return inputs;
  }

  private static SampleBatch stops(String robot, int more) {
    return batch(
        Series.of(
            "oht50_safety_events_total",
            Labels.of("robot_id", robot, "severity", "critical", "type", "e_stop"),
            MetricKind.DELTA),
        T,
        more);
  }

  private static SampleBatch response(double seconds) {
    return batch(
        Series.of(
            "oht50_safety_response_time_seconds",
            Labels.of("robot_id", "R-1", "type", "e_stop"),
            MetricKind.HISTOGRAM),
        T,
        seconds);
  }

  private static SampleBatch load(long at, double value) {
    return batch(Series.gauge("oht50_system_load", "instance", "h", "period", "1m"), at, value);
  }

  private static SampleBatch batch(Series series, long at, double value) {
    return new SampleBatch(SeriesLayout.of(series), new long[] {at}, new double[] {value}, 1, 1);
  }

  private static final class Pipeline implements AutoCloseable {
    private final OneInputStreamOperatorTestHarness<SampleBatch, Tally> tallies;
    private final OneInputStreamOperatorTestHarness<Tally, Void> exposition;
    private final ExpositionOperator operator = new ExpositionOperator();

    Pipeline(OperatorSubtaskState from) throws Exception {
      tallies =
          new OneInputStreamOperatorTestHarness<>(
              new TallyOperator(),
              TypeInfos.SAMPLE_BATCH.createSerializer(new SerializerConfigImpl()));
      tallies.setup(TypeInfos.TALLY.createSerializer(new SerializerConfigImpl()));
      tallies.open();
      exposition =
          new OneInputStreamOperatorTestHarness<>(
              operator, TypeInfos.TALLY.createSerializer(new SerializerConfigImpl()));
      if (from != null) {
        exposition.initializeState(from);
      }
      exposition.open();
    }

    void take(SampleBatch batch) throws Exception {
      tallies.processElement(new StreamRecord<>(batch));
      pump();
    }

    void pass(long millis) throws Exception {
      tallies.setProcessingTime(tallies.getProcessingTime() + millis);
      pump();
    }

    OperatorSubtaskState snapshot(long checkpoint) throws Exception {
      tallies.prepareSnapshotPreBarrier(checkpoint);
      pump();
      return exposition.snapshot(checkpoint, checkpoint);
    }

    void complete(long checkpoint) throws Exception {
      exposition.notifyOfCompletedCheckpoint(checkpoint);
    }

    private void pump() throws Exception {
      for (Tally tally : tallies.extractOutputValues()) {
        exposition.processElement(new StreamRecord<>(tally));
      }
      tallies.getOutput().clear();
    }

    /** Name and labels -> values. */
    Map<String, String> scrape() {
      Map<String, String> page = new LinkedHashMap<>();
      for (Object row : operator.page()) {
        Object[] columns = (Object[]) row;
        page.put(
            columns[0] + Arrays.toString((String[]) columns[4]),
            Arrays.toString((double[]) columns[5]));
      }
      return page;
    }

    @Override
    public void close() throws Exception {
      tallies.close();
      exposition.close();
    }
  }
}
