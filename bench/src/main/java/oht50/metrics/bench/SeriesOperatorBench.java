package oht50.metrics.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import oht50.metrics.job.series.SeriesOperator;
import oht50.metrics.model.Rollup;
import oht50.metrics.model.SampleBatch;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;

/**
 * What the series operator costs, in CPU seconds per million samples.
 *
 * <p>Batches are made a minute of event time ahead, and only what follows is measured: the CPU time
 * of the process, so that garbage collection and RocksDB's threads are in the figure. Beside it the
 * CPU time of the driving thread alone. A first, shorter run warms the JVM up and is not counted.
 *
 * <p>Not in the figure: network, serialisation of batches and rows, sinks, checkpoints.
 */
public final class SeriesOperatorBench {
  private static final int MAX_PARALLELISM = 4_096;
  private static final long WATERMARK_DELAY = 2_000;
  private static final String ROCKSDB_MEMORY = "256mb";

  private static final OperatingSystemMXBean PROCESS =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  private final BenchOptions options;

  private SeriesOperatorBench(BenchOptions options) {
    this.options = options;
  }

  /** What a run cost; the first two in CPU seconds per million samples. */
  private record Cost(double process, double thread, double heapBytesPerSeries) {}

  public static void main(String[] args) throws Exception {
    BenchOptions options = BenchOptions.parse(args);
    System.out.println(options);
    int warmUpMinutes = Math.max(5, options.minutes() / 3);
    new SeriesOperatorBench(options.withMinutes(warmUpMinutes)).run("warm-up");

    SeriesOperatorBench bench = new SeriesOperatorBench(options);
    List<Cost> costs = new ArrayList<>();
    for (int run = 1; run <= options.runs(); run++) {
      costs.add(bench.run("run " + run));
    }
    System.out.println(
        line(
            "median",
            new Cost(
                median(costs.stream().mapToDouble(Cost::process).toArray()),
                median(costs.stream().mapToDouble(Cost::thread).toArray()),
                median(costs.stream().mapToDouble(Cost::heapBytesPerSeries).toArray()))));
  }

  private Cost run(String name) throws Exception {
    Fleet fleet = new Fleet(options.robots(), options.series(), options.latePercent());
    CountingOutput output = new CountingOutput();
    long heapBefore = heapAfterGc();
    try (KeyedOneInputStreamOperatorTestHarness<Long, SampleBatch, Rollup> harness =
        harness(output)) {
      harness.open();
      long samples = 0;
      long process = 0;
      long thread = 0;
      for (int minute = 0; minute < options.minutes(); minute++) {
        long from = fleet.now();
        List<List<SampleBatch>> seconds = new ArrayList<>();
        for (int second = 0; second < 60; second++) {
          seconds.add(fleet.nextSecond());
        }
        long processBefore = PROCESS.getProcessCpuTime();
        long threadBefore = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        samples += drive(harness, from, seconds);
        thread += ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - threadBefore;
        process += PROCESS.getProcessCpuTime() - processBefore;
      }
      double millions = samples / 1e6;
      long heap = heapAfterGc() - heapBefore;
      Cost cost =
          new Cost(
              process / 1e9 / millions,
              thread / 1e9 / millions,
              (double) heap / (options.robots() * options.series()));
      System.out.println(line(name, cost));
      System.out.println("  samples " + samples + "; " + output.summary());
      return cost;
    }
  }

  private KeyedOneInputStreamOperatorTestHarness<Long, SampleBatch, Rollup> harness(
      CountingOutput output) throws Exception {
    CountedOperator operator =
        new CountedOperator(new SeriesOperator(options.operatorOptions()), output);
    KeyedOneInputStreamOperatorTestHarness<Long, SampleBatch, Rollup> harness =
        new KeyedOneInputStreamOperatorTestHarness<>(
            operator, SampleBatch::key, Types.LONG, MAX_PARALLELISM, 1, 0);
    if (options.rocksDb()) {
      EmbeddedRocksDBStateBackend backend = new EmbeddedRocksDBStateBackend(true);
      backend.getMemoryConfiguration().setFixedMemoryPerSlot(ROCKSDB_MEMORY);
      harness.setStateBackend(backend);
    } else {
      harness.setStateBackend(new HashMapStateBackend());
    }
    return harness;
  }

  /** Delivers the arrivals of some seconds, each followed by its watermark. */
  private static long drive(
      KeyedOneInputStreamOperatorTestHarness<Long, SampleBatch, Rollup> harness,
      long from,
      List<List<SampleBatch>> seconds)
      throws Exception {
    long samples = 0;
    long newest = from;
    for (List<SampleBatch> arrivals : seconds) {
      newest += 1_000;
      for (SampleBatch batch : arrivals) {
        harness.processElement(new StreamRecord<>(batch));
        samples += batch.size();
      }
      harness.processWatermark(newest - WATERMARK_DELAY);
    }
    return samples;
  }

  /** Heap in use once what is unreachable is gone; RocksDB's handles need a finalizer first. */
  private static long heapAfterGc() {
    System.gc();
    System.runFinalization();
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  private static double median(double[] values) {
    Arrays.sort(values);
    int middle = values.length / 2;
    return values.length % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
  }

  private static String line(String name, Cost cost) {
    return String.format(
        Locale.ROOT,
        "%-8s %.3f CPU s per million samples (driving thread %.3f), %.0f heap bytes per series",
        name,
        cost.process,
        cost.thread,
        cost.heapBytesPerSeries);
  }
}
