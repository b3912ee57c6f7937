package oht50.metrics.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import oht50.metrics.model.SampleBatch;
import oht50.metrics.source.Decoded;
import oht50.metrics.source.kafka.Decoder;
import oht50.metrics.source.kafka.DecoderFactory;
import oht50.metrics.source.kafka.RawRecord;

/**
 * What it costs to turn records of telemetry v2.0 (2 KB each) into batches: parsed, validated,
 * series looked up. Each run begins with a new decoder, so each robot's series are built once.
 *
 * <p>Arguments: robots, messages of each, runs.
 */
public final class DecodeBench {
  private DecodeBench() {}

  public static void main(String[] args) throws IOException {
    int robots = args.length > 0 ? Integer.parseInt(args[0]) : 1_000;
    int messages = args.length > 1 ? Integer.parseInt(args[1]) : 50;
    int runs = args.length > 2 ? Integer.parseInt(args[2]) : 5;
    RawRecord[] records = TelemetryRecords.of(robots, messages);
    System.out.printf(
        Locale.ROOT,
        "%d records of %d robots, %d bytes each%n",
        records.length,
        robots,
        records[0].value().length);
    run(records); // the compiler's run
    double[] perSecond = new double[runs];
    for (int i = 0; i < runs; i++) {
      perSecond[i] = run(records);
    }
    Arrays.sort(perSecond);
    System.out.printf(
        Locale.ROOT, "median %,.0f messages a second and core%n", perSecond[runs / 2]);
  }

  private static double run(RawRecord[] records) {
    Decoder decoder = DecoderFactory.telemetry(Duration.ofSeconds(30)).create();
    long begun = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    long samples = 0;
    for (RawRecord record : records) {
      Decoded decoded = decoder.decode(record);
      if (decoded.rejected().length > 0) {
        throw new IllegalStateException("rejected: " + decoded.rejected()[0]);
      }
      for (SampleBatch batch : decoded.batches()) {
        samples += batch.size();
      }
    }
    double seconds = (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - begun) / 1e9;
    double perSecond = records.length / seconds;
    System.out.printf(
        Locale.ROOT,
        "%,.0f messages, %,.0f samples a second and core; %.2f CPU s per million messages%n",
        perSecond,
        samples / seconds,
        1e6 / perSecond);
    return perSecond;
  }
}
