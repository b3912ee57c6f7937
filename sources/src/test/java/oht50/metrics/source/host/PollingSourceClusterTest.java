package oht50.metrics.source.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.jobgraph.SavepointRestoreSettings;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The source in a real cluster: one poller, also after a restore at another parallelism. */
class PollingSourceClusterTest {
  // Shared with the job, which runs in this JVM.
  private static final AtomicInteger OPENED = new AtomicInteger();
  private static final BlockingQueue<Long> SEEN = new LinkedBlockingQueue<>();

  private MiniCluster cluster;

  @BeforeEach
  void startCluster() throws Exception {
    Configuration configuration = new Configuration();
    configuration.set(RestOptions.BIND_PORT, "0");
    configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
    cluster =
        new MiniCluster(
            new MiniClusterConfiguration.Builder()
                .setConfiguration(configuration)
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(2)
                .build());
    cluster.start();
  }

  @AfterEach
  void stopCluster() throws Exception {
    cluster.close();
  }

  @Test
  void aRestoredJobPollsOnce(@TempDir Path savepoints) throws Exception {
    JobGraph first = job(1);
    cluster.submitJob(first).get();
    takeAnswers();
    String savepoint =
        cluster
            .triggerSavepoint(
                first.getJobID(), savepoints.toString(), true, SavepointFormatType.CANONICAL)
            .get();
    cluster.requestJobResult(first.getJobID()).get();
    SEEN.clear();
    assertThat(OPENED).hasValue(1);

    JobGraph second = job(2);
    second.setSavepointRestoreSettings(SavepointRestoreSettings.forPath(savepoint));
    cluster.submitJob(second).get();
    takeAnswers();

    assertThat(OPENED).hasValue(2);
    cluster.cancelJob(second.getJobID()).get();
  }

  private static void takeAnswers() throws InterruptedException {
    for (int i = 0; i < 20; i++) {
      assertThat(SEEN.poll(30, TimeUnit.SECONDS)).isNotNull();
    }
  }

  private static JobGraph job(int parallelism) {
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
    env.setParallelism(parallelism);
    PollerFactory<Long> factory =
        checkpoints -> {
          OPENED.incrementAndGet();
          return new ClockTicks(System::currentTimeMillis);
        };
    PollingSource<Long> source =
        new PollingSource<>(
            "test", factory, Duration.ofMillis(5), Duration.ofSeconds(5), Types.LONG);
    env.fromSource(source, WatermarkStrategy.noWatermarks(), "clock")
        .uid("clock")
        .map(
            tick -> {
              SEEN.add(tick);
              return tick;
            })
        .returns(Types.LONG)
        .uid("seen")
        .sinkTo(new DiscardingSink<>())
        .uid("nowhere");
    return env.getStreamGraph().getJobGraph();
  }
}
