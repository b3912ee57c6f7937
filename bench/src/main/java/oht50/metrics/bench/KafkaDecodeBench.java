package oht50.metrics.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import oht50.metrics.job.ingest.RouteFunction;
import oht50.metrics.model.MetricSelection;
import oht50.metrics.model.SampleBatch;
import oht50.metrics.source.Decoded;
import oht50.metrics.source.kafka.DecoderFactory;
import oht50.metrics.source.kafka.KafkaInputs;
import oht50.metrics.source.kafka.RawRecord;
import oht50.metrics.source.relabel.SourceRules;
import oht50.metrics.typeinfo.TypeInfos;
import org.apache.flink.api.common.accumulators.LongCounter;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * What it costs to get telemetry v2.0 (2 KB each) out of Kafka as batches: fetched by the job's
 * source, parsed, validated, series looked up, routed. Each run is a job of its own, so that each
 * robot's series are built once in it.
 *
 * <p>CPU time is that of all threads of this process, from the submission of the job to its end:
 * fetching, the compiler and the collector of garbage are in it, the broker is not.
 *
 * <p>Arguments: bootstrap servers of a broker, robots, messages of each, runs. The topic is removed
 * at the end.
 */
public final class KafkaDecodeBench {
  private static final OperatingSystemMXBean PROCESS =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
  private static final int PARTITIONS = 4;
  private static final String SAMPLES = "samples";

  private KafkaDecodeBench() {}

  public static void main(String[] args) throws Exception {
    if (args.length != 4) {
      System.err.println("usage: BOOTSTRAP_SERVERS ROBOTS MESSAGES RUNS");
      System.exit(2);
    }
    String servers = args[0];
    RawRecord[] records = TelemetryRecords.of(Integer.parseInt(args[1]), Integer.parseInt(args[2]));
    int runs = Integer.parseInt(args[3]);
    String topic = "bench.telemetry-" + System.currentTimeMillis();
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers))) {
      admin.createTopics(List.of(new NewTopic(topic, PARTITIONS, (short) 1))).all().get();
      try {
        send(servers, topic, records);
        run(servers, topic, records.length); // the compiler's run
        double[] perSecond = new double[runs];
        for (int i = 0; i < runs; i++) {
          perSecond[i] = run(servers, topic, records.length);
        }
        Arrays.sort(perSecond);
        System.out.printf(
            Locale.ROOT, "median %,.0f messages a second and core%n", perSecond[runs / 2]);
      } finally {
        admin.deleteTopics(List.of(topic)).all().get();
      }
    }
  }

  @SuppressWarnings("FutureReturnValueIgnored") // a run that misses records fails
  private static void send(String servers, String topic, RawRecord[] records) {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", servers, "linger.ms", "20", "batch.size", "262144"),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      for (RawRecord record : records) {
        producer.send(
            new ProducerRecord<>(
                topic,
                record.position().partition(),
                record.appendTime(),
                record.key(),
                record.value()));
      }
    }
  }

  private static double run(String servers, String topic, int messages) throws Exception {
    StreamExecutionEnvironment env = StreamExecutionEnvironment.createLocalEnvironment(1);
    env.getConfig().enableObjectReuse();
    env.fromSource(
            KafkaInputs.of(servers, "bench", Map.of())
                .upToNow()
                .source(topic, DecoderFactory.telemetry(Duration.ofSeconds(30))),
            WatermarkStrategy.noWatermarks(),
            "telemetry",
            Decoded.TYPE)
        .process(new RouteFunction(SourceRules.NONE, MetricSelection.ALL))
        .returns(TypeInfos.SAMPLE_BATCH)
        .process(new Counting())
        .sinkTo(new DiscardingSink<>());
    long begun = PROCESS.getProcessCpuTime();
    long samples = env.execute().getAccumulatorResult(SAMPLES);
    double seconds = (PROCESS.getProcessCpuTime() - begun) / 1e9;
    System.out.printf(
        Locale.ROOT,
        "%,.0f messages, %,.0f samples a second and core; %.2f CPU s per million messages%n",
        messages / seconds,
        samples / seconds,
        seconds / messages * 1e6);
    return messages / seconds;
  }

  /** How many samples the batches have. */
  private static final class Counting extends ProcessFunction<SampleBatch, SampleBatch> {
    private static final long serialVersionUID = 1L;

    private final LongCounter samples = new LongCounter();

    @Override
    public void open(OpenContext context) {
      getRuntimeContext().addAccumulator(SAMPLES, samples);
    }

    @Override
    public void processElement(SampleBatch batch, Context context, Collector<SampleBatch> out) {
      samples.add(batch.size());
    }
  }
}
