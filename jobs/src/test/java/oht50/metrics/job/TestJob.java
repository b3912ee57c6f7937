package oht50.metrics.job;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import oht50.metrics.job.config.InvalidConfig;
import oht50.metrics.job.config.JobConfig;
import oht50.metrics.source.Decoded;
import oht50.metrics.source.SplitWatermarks;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** The job for tests: records as they are decoded in, an environment that forgives nothing. */
final class TestJob {
  private TestJob() {}

  /** Nothing may fall to Kryo, and no operator may be without a uid. */
  static StreamExecutionEnvironment strictEnvironment() {
    Configuration configuration = new Configuration();
    configuration.set(PipelineOptions.GENERIC_TYPES, false);
    configuration.set(PipelineOptions.AUTO_GENERATE_UIDS, false);
    configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
    return StreamExecutionEnvironment.getExecutionEnvironment(configuration);
  }

  static Inputs inputs(List<Decoded> records) throws Exception {
    return inputs(new Inputs(), records);
  }

  static Inputs inputs(Inputs empty, List<Decoded> records) throws Exception {
    byte[][] encoded = new byte[records.size()][];
    for (int i = 0; i < encoded.length; i++) {
      encoded[i] = Encoded.of(records.get(i));
    }
    return empty.with(
        "test",
        new DataGeneratorSource<>(
            index -> Encoded.record(encoded[Math.toIntExact(index)]),
            encoded.length,
            RateLimiterStrategy.noOp(),
            Decoded.TYPE),
        SplitWatermarks.standard());
  }

  static JobConfig config() throws InvalidConfig {
    return config(1_000);
  }

  static JobConfig config(int budget) throws InvalidConfig {
    return config(budget, Map.of());
  }

  static JobConfig config(int budget, Map<String, String> more) throws InvalidConfig {
    Map<String, String> settings = new HashMap<>(more);
    settings.put("series.budget-per-metric", Integer.toString(budget));
    return JobConfig.parse(
        "job.yaml",
        """
        kafka: {bootstrap-servers: "localhost:9092"}
        postgres: {url: "jdbc:postgresql://localhost/oht50", user: oht50}
        """,
        settings);
  }
}
