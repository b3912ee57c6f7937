package oht50.metrics.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import oht50.metrics.model.SampleBatch;

/**
 * What the series operator costs, in CPU seconds per million samples; on demand beside Flink's own
 * window operators, in turns.
 *
 * <p>Batches are made a minute of event time ahead, and only what follows is measured: the CPU time
 * of the process, so that garbage collection and RocksDB's threads are in the figure. Beside it the
 * CPU time of the driving thread alone. A first, shorter run warms the JVM up and is not counted.
 *
 * <p>Not in the figure: network, serialisation of batches and rows, sinks, checkpoints.
 */
public final class SeriesOperatorBench {

  private static final OperatingSystemMXBean PROCESS =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  private final BenchOptions options;

  private SeriesOperatorBench(BenchOptions options) {
    this.options = options;
  }

  /** What a run cost; the first two in CPU seconds per million samples. */
  private record Cost(double process, double thread, double heapBytesPerSeries) {}

  private interface Maker {
    Contender make(RowTally rows) throws Exception;
  }

  public static void main(String[] args) throws Exception {
    BenchOptions options = BenchOptions.parse(args);
    System.out.println(options);
    new SeriesOperatorBench(options).run();
  }

  private void run() throws Exception {
    Map<String, Maker> contenders = new LinkedHashMap<>();
    contenders.put(
        "series", rows -> new SeriesStage(options.operatorOptions(), options.backend(), rows));
    if (options.againstStock()) {
      contenders.put(
          "stock",
          rows ->
              new StockWindows(
                  Duration.ofMinutes(options.horizonMinutes()), options.backend(), rows));
    }
    warmUp(contenders);

    Map<String, List<Cost>> costs = new LinkedHashMap<>();
    for (int run = 1; run <= options.runs(); run++) {
      for (Map.Entry<String, Maker> each : contenders.entrySet()) {
        Cost cost = measure(each.getKey() + " " + run, each.getValue());
        costs.computeIfAbsent(each.getKey(), name -> new ArrayList<>()).add(cost);
      }
    }
    costs.forEach((name, of) -> System.out.println(line(name + " median", median(of))));
    if (options.againstStock()) {
      System.out.printf(
          Locale.ROOT,
          "stock / series %.1f (process), %.1f (driving thread)%n",
          median(costs.get("stock")).process / median(costs.get("series")).process,
          median(costs.get("stock")).thread / median(costs.get("series")).thread);
    }
  }

  /** A shorter run of each, in which all must come to the same rows in the end. */
  private void warmUp(Map<String, Maker> contenders) throws Exception {
    RowTally first = null;
    for (Map.Entry<String, Maker> each : contenders.entrySet()) {
      RowTally rows = new RowTally(options.againstStock());
      try (Contender contender = each.getValue().make(rows)) {
        Fleet fleet = fleet();
        for (int minute = 0; minute < Math.max(5, options.minutes() / 3); minute++) {
          contender.drive(fleet.now(), nextMinute(fleet));
        }
        contender.watermark(Long.MAX_VALUE);
      }
      if (first != null && !rows.saysTheSameAs(first)) {
        throw new IllegalStateException(each.getKey() + " has other rows: " + rows.summary());
      }
      if (first != null) {
        System.out.println("warm-up: the same in all " + rows.windows() + " windows");
      }
      first = rows;
    }
  }

  private Cost measure(String name, Maker maker) throws Exception {
    Fleet fleet = fleet();
    RowTally rows = new RowTally(false);
    long heapBefore = heapAfterGc();
    try (Contender contender = maker.make(rows)) {
      long samples = 0;
      long process = 0;
      long thread = 0;
      for (int minute = 0; minute < options.minutes(); minute++) {
        long from = fleet.now();
        List<List<SampleBatch>> seconds = nextMinute(fleet);
        long processBefore = PROCESS.getProcessCpuTime();
        long threadBefore = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        samples += contender.drive(from, seconds);
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
      System.out.println("  samples " + samples + "; " + rows.summary());
      return cost;
    }
  }

  private Fleet fleet() {
    return new Fleet(options.robots(), options.series(), options.kind(), options.latePercent());
  }

  private static List<List<SampleBatch>> nextMinute(Fleet fleet) {
    List<List<SampleBatch>> seconds = new ArrayList<>();
    for (int second = 0; second < 60; second++) {
      seconds.add(fleet.nextSecond());
    }
    return seconds;
  }

  /** Heap in use once what is unreachable is gone; RocksDB's handles need a finalizer first. */
  private static long heapAfterGc() {
    System.gc();
    System.runFinalization();
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  private static Cost median(List<Cost> costs) {
    return new Cost(
        median(costs.stream().mapToDouble(Cost::process).toArray()),
        median(costs.stream().mapToDouble(Cost::thread).toArray()),
        median(costs.stream().mapToDouble(Cost::heapBytesPerSeries).toArray()));
  }

  private static double median(double[] values) {
    Arrays.sort(values);
    int middle = values.length / 2;
    return values.length % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
  }

  private static String line(String name, Cost cost) {
    return String.format(
        Locale.ROOT,
        "%-14s %.3f CPU s per million samples (driving thread %.3f), %.0f heap bytes per series",
        name,
        cost.process,
        cost.thread,
        cost.heapBytesPerSeries);
  }
}
