package oht50.metrics.source.scrape;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import oht50.metrics.model.RejectReason;
import oht50.metrics.model.Rejected;
import oht50.metrics.model.SampleBatch;
import oht50.metrics.model.StaleMarker;
import oht50.metrics.source.Decoded;
import oht50.metrics.source.DrivesNoTime;
import oht50.metrics.source.scrape.Exporter.Answer;
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

/** The source in a real cluster, with exporters of this machine. */
class ScrapeSourceClusterTest {
  private record Seen(String name, String instance, double value, long time, int subtask) {
    boolean isEnd() {
      return StaleMarker.is(value);
    }
  }

  // Shared with the job, which runs in this JVM.
  private static final BlockingQueue<Seen> SEEN = new LinkedBlockingQueue<>();
  private static final BlockingQueue<Rejected> REJECTED = new LinkedBlockingQueue<>();

  private MiniCluster cluster;

  @BeforeEach
  void startCluster() throws Exception {
    SEEN.clear();
    REJECTED.clear();
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
  void targetsAreScrapedAcrossARestartAndEndWhenTheyAreNoneAnyMore(@TempDir Path folder)
      throws Exception {
    Path list = folder.resolve("targets.json");
    try (Exporter one = new Exporter();
        Exporter two = new Exporter()) {
      one.answers(Answer.openMetrics("# TYPE a counter\na_total 1\n# EOF\n"));
      two.answers(Answer.text("b 2\n"));
      write(list, Map.of("one", one.address(), "two", two.address()));
      JobGraph first = job(list, 1);
      cluster.submitJob(first).get();
      Seen a = await(seen -> seen.name.equals("a_total") && seen.instance.equals("one"));
      Seen b = await(seen -> seen.name.equals("b") && seen.instance.equals("two"));
      assertThat(a.value).isEqualTo(1);
      assertThat(b.value).isEqualTo(2);
      String savepoint =
          cluster
              .triggerSavepoint(
                  first.getJobID(), folder.toString(), true, SavepointFormatType.CANONICAL)
              .get();
      cluster.requestJobResult(first.getJobID()).get();
      SEEN.clear();

      // While it was stopped one target has gone, and its text can be read no more.
      one.answers(Answer.text("broken"));
      write(list, Map.of("one", one.address()));
      JobGraph second = job(list, 2);
      second.setSavepointRestoreSettings(SavepointRestoreSettings.forPath(savepoint));
      cluster.submitJob(second).get();

      await(seen -> seen.name.equals("up") && seen.instance.equals("two") && seen.isEnd());
      await(seen -> seen.name.equals("up") && seen.instance.equals("one") && seen.value == 0);
      assertThat(REJECTED.poll(30, TimeUnit.SECONDS).reason())
          .isEqualTo(RejectReason.MALFORMED_EXPOSITION);

      // The list is looked at again while the job runs.
      write(list, Map.of("one", one.address(), "two", two.address()));
      Seen upOfTwo =
          await(seen -> seen.name.equals("up") && seen.instance.equals("two") && seen.value == 1);
      Seen upOfOne =
          await(seen -> seen.name.equals("up") && seen.instance.equals("one") && seen.value == 0);
      assertThat(upOfOne.subtask).isNotEqualTo(upOfTwo.subtask);
      write(list, Map.of("one", one.address()));
      await(seen -> seen.name.equals("b") && seen.instance.equals("two") && seen.isEnd());
      cluster.cancelJob(second.getJobID()).get();
    }
  }

  private static void write(Path list, Map<String, String> addresses) throws Exception {
    List<String> groups = new ArrayList<>();
    addresses.forEach(
        (instance, address) ->
            groups.add(
                "{\"targets\": [\"%s\"], \"labels\": {\"instance\": \"%s\"}}"
                    .formatted(address, instance)));
    Files.writeString(list, groups.toString());
  }

  private static Seen await(Predicate<Seen> expected) throws InterruptedException {
    Seen seen = SEEN.poll(60, TimeUnit.SECONDS);
    while (seen != null && !expected.test(seen)) {
      seen = SEEN.poll(60, TimeUnit.SECONDS);
    }
    assertThat(seen).isNotNull();
    return seen;
  }

  private static JobGraph job(Path list, int parallelism) {
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
    env.setParallelism(parallelism);
    ScrapeJob job =
        new ScrapeJob(
            "it",
            Duration.ofMillis(100),
            Duration.ofMillis(100),
            "/metrics",
            "http",
            Map.of(),
            false,
            true,
            ScrapeLimits.DEFAULTS,
            ScrapeJob.Rules.NONE,
            List.of(),
            List.of(list.toString()),
            Duration.ofMillis(100));
    ScrapeSource source =
        new ScrapeSource(List.of(job), new AddressRules(List.of()), 2, Duration.ofSeconds(30));
    env.fromSource(source, new DrivesNoTime(), "scrape", Decoded.TYPE)
        .uid("source-scrape")
        .map(new Look())
        .returns(Decoded.TYPE)
        .uid("seen")
        .sinkTo(new DiscardingSink<>())
        .uid("nowhere");
    return env.getStreamGraph().getJobGraph();
  }

  private static final class Look
      extends org.apache.flink.api.common.functions.RichMapFunction<Decoded, Decoded> {
    private static final long serialVersionUID = 1L;

    @Override
    public Decoded map(Decoded decoded) {
      int subtask = getRuntimeContext().getTaskInfo().getIndexOfThisSubtask();
      REJECTED.addAll(List.of(decoded.rejected()));
      for (SampleBatch batch : decoded.batches()) {
        for (int i = 0; i < batch.size(); i++) {
          SEEN.add(
              new Seen(
                  batch.layout().series(i).name(),
                  batch.layout().series(i).labels().get("instance"),
                  batch.values()[i],
                  batch.timestamp(i),
                  subtask));
        }
      }
      return decoded;
    }
  }
}
