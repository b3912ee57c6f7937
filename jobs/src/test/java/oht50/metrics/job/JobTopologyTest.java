package oht50.metrics.job;

import static oht50.metrics.job.TestJob.config;
import static oht50.metrics.job.TestJob.inputs;
import static oht50.metrics.job.TestJob.strictEnvironment;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import oht50.metrics.job.config.JobConfig;
import oht50.metrics.job.idle.NeverIdleCoOperator;
import oht50.metrics.job.idle.NeverIdleOperator;
import oht50.metrics.source.Decoded;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.apache.flink.streaming.api.graph.StreamNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The topology: that it can be restored and rescaled, and what feeds what. */
class JobTopologyTest {
  private static final long NOON = 1_795_521_600_000L;

  @Test
  void everyNodeHasAUidAndCanBeRescaledInTheSameKeyGroups() throws Exception {
    StreamExecutionEnvironment env = strictEnvironment();
    MetricsJob.define(
        env, inputs(List.of(Decoded.time(NOON, NOON))), Collected.outputs(), config());

    StreamGraph graph = env.getStreamGraph();

    assertThat(env.getMaxParallelism()).isEqualTo(4096);
    assertThat(graph.getStreamNodes()).hasSizeGreaterThanOrEqualTo(20);
    assertThat(graph.getStreamNodes())
        .allSatisfy(
            node ->
                assertThat(node.getTransformationUID()).as(node.getOperatorName()).isNotBlank());
    assertThat(graph.getStreamNodes())
        .extracting(StreamNode::getTransformationUID)
        .doesNotHaveDuplicates();
    assertThat(graph.getJobGraph().getVertices())
        .allSatisfy(
            vertex -> assertThat(vertex.getMaxParallelism()).as(vertex.getName()).isEqualTo(4096));
  }

  @Test
  void exportersAreASourceOfTheirOwnWhenAFileNamesThem(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("scrape.yml");
    Files.writeString(
        file,
        "scrape_configs: [{job_name: node, static_configs: [{targets: ['localhost:9100']}]}]\n");
    StreamExecutionEnvironment env = strictEnvironment();
    JobConfig config = config(1_000, Map.of("scrape.file", file.toString()));

    MetricsJob.define(env, Inputs.from(config), Collected.outputs(), config);

    assertThat(env.getStreamGraph().getStreamNodes())
        .extracting(StreamNode::getTransformationUID)
        .contains("source-scrape", "route-scrape", "source-host")
        .doesNotHaveDuplicates();
    assertThat(uidsOf(config())).doesNotContain("source-scrape");
  }

  @Test
  void theClockBringsTheTimeByWhichFactsAndMissionsAreJudged() throws Exception {
    StreamExecutionEnvironment env = strictEnvironment();
    MetricsJob.define(env, Inputs.from(config()), Collected.outputs(), config());
    StreamGraph graph = env.getStreamGraph();

    assertThat(sourcesOf("facts", graph)).contains("time", "route-safety", "states");
    assertThat(sourcesOf("time", graph)).contains("route-clock", "route-points", "route-safety");
    assertThat(sourcesOf("sequences", graph)).containsExactly("facts");
    assertThat(sourcesOf("missions", graph)).contains("route-missions", "facts");
  }

  /**
   * Else whoever hears of new time by a shorter way does not wait for what is keyed, and takes its
   * results for late ones.
   */
  @Test
  void whatIsKeyedNeverFallsIdle() throws Exception {
    StreamExecutionEnvironment env = strictEnvironment();
    MetricsJob.define(env, Inputs.from(config()), Collected.outputs(), config());
    StreamGraph graph = env.getStreamGraph();

    assertThat(graph.getStreamNodes())
        .filteredOn(JobTopologyTest::isKeyed)
        .hasSizeGreaterThanOrEqualTo(12)
        .noneMatch(node -> mayBeIdle(node, graph));
    assertThat(graph.getStreamNodes())
        .filteredOn(node -> mayBeIdle(node, graph))
        .extracting(StreamNode::getTransformationUID)
        .contains("route-points", "time");
  }

  private static boolean isKeyed(StreamNode node) {
    return node.getStatePartitioners().length > 0;
  }

  private static boolean mayBeIdle(StreamNode node, StreamGraph graph) {
    Class<?> operator =
        node.getOperatorFactory().getStreamOperatorClass(JobTopologyTest.class.getClassLoader());
    return operator != NeverIdleOperator.class
        && operator != NeverIdleCoOperator.class
        && node.getInEdges().stream()
            .allMatch(edge -> mayBeIdle(graph.getStreamNode(edge.getSourceId()), graph));
  }

  private static List<String> sourcesOf(String uid, StreamGraph graph) {
    return graph.getStreamNodes().stream()
        .filter(node -> uid.equals(node.getTransformationUID()))
        .flatMap(node -> node.getInEdges().stream())
        .map(edge -> graph.getStreamNode(edge.getSourceId()).getTransformationUID())
        .toList();
  }

  private static List<String> uidsOf(JobConfig config) {
    StreamExecutionEnvironment env = strictEnvironment();
    MetricsJob.define(env, Inputs.from(config), Collected.outputs(), config);
    return env.getStreamGraph().getStreamNodes().stream()
        .map(StreamNode::getTransformationUID)
        .toList();
  }

  @Test
  void everyInputWithSamplesCanBeRelabelled(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("scrape.yml");
    Files.writeString(file, "scrape_configs: [{job_name: node}]\n");

    assertThat(uidsOf(config(1_000, Map.of("scrape.file", file.toString()))))
        .filteredOn(uid -> uid.startsWith("route-"))
        .extracting(uid -> uid.substring("route-".length()))
        .filteredOn(
            input -> !List.of("clock", "registry", "repair", "rules", "recorded").contains(input))
        .containsExactlyInAnyOrderElementsOf(JobConfig.RELABELLED);
  }

  @Test
  void theGateOfTheBudgetCostsNoShuffle() throws Exception {
    StreamExecutionEnvironment env = strictEnvironment();
    env.setParallelism(2);
    MetricsJob.define(
        env, inputs(List.of(Decoded.time(NOON, NOON))), Collected.outputs(), config());

    assertThat(env.getStreamGraph().getJobGraph().getVertices())
        .filteredOn(vertex -> vertex.getName().contains("budget gate"))
        .singleElement()
        .satisfies(vertex -> assertThat(vertex.getName()).contains("series", "stamp rollups"));
  }
}
