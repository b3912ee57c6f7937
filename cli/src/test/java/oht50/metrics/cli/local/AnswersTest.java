package oht50.metrics.cli.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class AnswersTest {
  @Test
  void reasonIsTheInnermostMessage() {
    assertThat(
            FlinkAnswer.reason(
                """
                org.apache.flink.runtime.rest.handler.RestHandlerException: Could not execute.
                \tat org.apache.flink.Handler.handle(Handler.java:1)
                Caused by: java.util.concurrent.CompletionException: java.lang.Wrapped: x
                \tat x.y(Z.java:1)
                Caused by: oht50.metrics.job.StartRefused: topic oht50.telemetry is missing
                \tat oht50.metrics.job.MetricsJob.main(MetricsJob.java:1)
                \t... 5 more
                """))
        .isEqualTo("topic oht50.telemetry is missing");
    assertThat(FlinkAnswer.reason("Not found: /x\nmore")).isEqualTo("Not found: /x");
    assertThat(FlinkAnswer.reason("")).isEqualTo("no reason given");
  }

  @Test
  void watermarkIsTheLargestOverSubtasks() {
    String exposition =
        """
        # TYPE flink_taskmanager_job_task_operator_watermark_delay_seconds gauge
        flink_taskmanager_job_task_operator_watermark_delay_seconds{subtask_index="0",} 1.5
        flink_taskmanager_job_task_operator_watermark_delay_seconds{subtask_index="1",a="} 9"} 2.25
        flink_taskmanager_job_task_operator_watermark_delay_seconds{subtask_index="2",} NaN
        flink_other_seconds{name="watermark_delay_seconds"} 99
        oht50_watermark_delay_seconds 2.0 1795546200000
        """;
    assertThat(WatermarkGauge.largest(exposition)).hasValue(2.25);
    assertThat(WatermarkGauge.largest("x_watermark_delay_seconds NaN\n")).isEmpty();
    assertThat(WatermarkGauge.largest("x_watermark_delay_seconds +Inf\n"))
        .hasValue(Double.POSITIVE_INFINITY);
    assertThat(WatermarkGauge.largest("")).isEmpty();
  }

  @Test
  void brokerIsOneNodeOnLoopback() {
    Properties properties =
        KafkaSettings.of(Path.of("/data/kafka"), KafkaListeners.of(21092, 21093));
    assertThat(properties)
        .containsEntry("listeners", "PLAINTEXT://127.0.0.1:21092,CONTROLLER://127.0.0.1:21093")
        .containsEntry("advertised.listeners", "PLAINTEXT://127.0.0.1:21092")
        .containsEntry("auto.create.topics.enable", "false")
        .containsEntry("transaction.state.log.min.isr", "1")
        .containsEntry("message.max.bytes", "1048576")
        .containsEntry("log.dirs", "/data/kafka");
  }
}
