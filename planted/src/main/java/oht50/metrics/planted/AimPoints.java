package oht50.metrics.planted;

import static net.bytebuddy.matcher.ElementMatchers.named;

import java.lang.instrument.Instrumentation;
import java.util.Collection;
import java.util.List;
import net.bytebuddy.agent.builder.AgentBuilder;
import net.bytebuddy.agent.builder.AgentBuilder.RedefinitionStrategy;
import net.bytebuddy.asm.Advice;

/** The places of {@link Aim} in the product's, the connector's and Flink's classes. */
final class AimPoints {
  private static final List<Planting> ALL =
      List.of(
          Planting.in(
              "org.apache.flink.connector.kafka.sink.internal.KafkaCommitter",
              "commit",
              AlertsCommit.class),
          Planting.in(
              "oht50.metrics.sink.postgres.TransitionsCommitter",
              "commit",
              TransitionsCommit.class),
          Planting.in("oht50.metrics.sink.postgres.RollupsTable", "write", Flush.class),
          Planting.in("oht50.metrics.job.series.SeriesOperator", "open", Restore.class),
          Planting.in(
              "org.apache.flink.streaming.runtime.tasks.SubtaskCheckpointCoordinatorImpl",
              "checkpointState",
              Savepoint.class));

  private AimPoints() {}

  static void install(Instrumentation instrumentation) {
    AgentBuilder builder =
        new AgentBuilder.Default()
            .disableClassFormatChanges()
            .with(RedefinitionStrategy.RETRANSFORMATION);
    for (Planting planting : ALL) {
      builder =
          builder
              .type(named(planting.className()))
              .transform(
                  (change, type, loader, module, domain) -> change.visit(planting.visitor()));
    }
    builder.installOn(instrumentation);
  }

  static final class AlertsCommit {
    @Advice.OnMethodEnter
    static void enter(@Advice.Argument(0) Collection<?> requests) {
      if (!requests.isEmpty()) {
        Aim.reached("alerts-commit");
      }
    }
  }

  static final class TransitionsCommit {
    @Advice.OnMethodEnter
    static void enter(@Advice.Argument(0) Collection<?> requests) {
      if (!requests.isEmpty()) {
        Aim.reached("transitions-commit");
      }
    }
  }

  static final class Flush {
    @Advice.OnMethodEnter
    static void enter() {
      Aim.reached("flush");
    }

    @Advice.OnMethodExit
    static void exit() {
      Aim.reached("open-flush");
    }
  }

  static final class Restore {
    @Advice.OnMethodEnter
    static void enter() {
      Aim.reached("restore");
    }
  }

  static final class Savepoint {
    @Advice.OnMethodEnter
    static void enter(@Advice.Argument(1) Object options) {
      Aim.reachedInSavepoint("savepoint", options);
    }
  }
}
