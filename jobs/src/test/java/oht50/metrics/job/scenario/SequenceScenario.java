package oht50.metrics.job.scenario;

import static oht50.metrics.job.scenario.Instants.HOUR;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import oht50.metrics.job.config.InvalidConfig;
import oht50.metrics.job.config.JobConfig;
import oht50.metrics.model.Event;
import oht50.metrics.model.EventKind;
import oht50.metrics.model.Position;

/** Events and watermarks for the sequence operator with the sequences that ship with the job. */
final class SequenceScenario {
  private static final String MINIMAL =
      """
      kafka: {bootstrap-servers: "localhost:9092"}
      postgres: {url: "jdbc:postgresql://localhost/oht50", user: oht50}
      """;

  private final List<Input<Event>> inputs = new ArrayList<>();
  private final JobConfig config;
  private long offset;
  private boolean endsInSilence;

  SequenceScenario() {
    try {
      config = JobConfig.parse("job.yaml", MINIMAL, Map.of());
    } catch (InvalidConfig e) {
      throw new AssertionError(e);
    }
  }

  SequenceScenario eStop(String robot, long at) {
    return event(robot, "e_stop", "high", false, at);
  }

  SequenceScenario acknowledgement(String robot, long at) {
    return event(robot, "acknowledgement", null, true, at);
  }

  private SequenceScenario event(
      String robot, String type, String severity, boolean acknowledged, long at) {
    inputs.add(
        Input.of(
            new Event(
                EventKind.SAFETY,
                robot + "/" + type + "/" + at,
                robot,
                type,
                severity,
                null,
                acknowledged,
                at,
                "{}",
                new Position("scenario", 0, offset++))));
    return this;
  }

  /** The event before, delivered once more. */
  SequenceScenario repeat() {
    inputs.add(inputs.get(inputs.size() - 1));
    return this;
  }

  SequenceScenario watermark(long at) {
    inputs.add(Input.watermark(at));
    return this;
  }

  /** Nobody speaks for a day; nothing may be left in state. */
  SequenceScenario silence(long from) {
    for (long hours : new long[] {1, 2, 3, 4, 6, 12, 24}) {
      watermark(from + hours * HOUR);
    }
    endsInSilence = true;
    return this;
  }

  /** Runs in every way, and returns the alerts after all have been found to be the same. */
  AlertTable run() throws Exception {
    AlertTable straight = run(Way.straight());
    for (Way way : Way.others(inputs.size())) {
      assertThat(run(way).alerts()).as(way.name()).isEqualTo(straight.alerts());
    }
    return straight;
  }

  AlertTable run(Way way) throws Exception {
    List<Input<Event>> order =
        way.isShuffled() ? Shuffle.of(inputs, way.seed(), (a, b) -> a.id().equals(b.id())) : inputs;
    Run run = Run.of(Subject.sequences(config.sequences(), config.series()), order, way);
    if (endsInSilence) {
      assertThat(run.stateEntries()).as(way + ": state").isZero();
      assertThat(run.timers()).as(way + ": timers").isZero();
    }
    return AlertTable.of(run.allCommitted());
  }
}
