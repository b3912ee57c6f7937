package oht50.metrics.bench.rules;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import oht50.metrics.ruleset.InvalidRules;
import oht50.metrics.ruleset.RuleFiles;

/**
 * How long it takes until rule files are ready to be evaluated: read, parsed, divided, planned.
 * Each process does it once cold, and again until it is warm.
 *
 * <p>Arguments: rules, processes.
 */
public final class RulesLoadBench {
  private static final int RULES_OF_A_FILE = 100;
  private static final int AGAIN = 20;
  private static final String IN_PROCESS = "in-process";
  private static final Duration HORIZON = Duration.ofHours(2);

  private RulesLoadBench() {}

  /**
   * What one process found, ms of the clock where nothing else is said.
   *
   * @param sinceStart from the start of the JVM until the rules were ready
   * @param cold the first time
   * @param cpu of the process until then, its compiler included, in ms of CPU; other work on the
   *     machine changes it less
   * @param warm the last time
   */
  private record Times(double sinceStart, double cold, double cpu, double warm) {
    static Times parse(String line) {
      double[] times =
          Arrays.stream(line.strip().split(" ", -1)).mapToDouble(Double::parseDouble).toArray();
      return new Times(times[0], times[1], times[2], times[3]);
    }
  }

  public static void main(String[] args) throws Exception {
    if (args.length == 2 && args[0].equals(IN_PROCESS)) {
      System.out.println(inProcess(Path.of(args[1])));
      return;
    }
    int rules = args.length > 0 ? Integer.parseInt(args[0]) : 1_000;
    int processes = args.length > 1 ? Integer.parseInt(args[1]) : 7;
    Path folder = Files.createTempDirectory("oht50-rules-load-");
    try {
      write(rules, folder);
      List<Times> all = new ArrayList<>();
      for (int i = 0; i < processes; i++) {
        Times times = Times.parse(output(folder));
        System.out.println(times);
        all.add(times);
      }
      System.out.printf(
          Locale.ROOT,
          "%d rules, median of %d processes: cold %.0f ms (%.0f ms after the start of the JVM,"
              + " %.0f ms of CPU), warm %.0f ms%n",
          rules,
          processes,
          median(all.stream().mapToDouble(Times::cold)),
          median(all.stream().mapToDouble(Times::sinceStart)),
          median(all.stream().mapToDouble(Times::cpu)),
          median(all.stream().mapToDouble(Times::warm)));
    } finally {
      for (Path each : files(folder)) {
        Files.delete(each);
      }
      Files.delete(folder);
    }
  }

  private static double median(DoubleStream values) {
    double[] sorted = values.sorted().toArray();
    return sorted[sorted.length / 2];
  }

  private static void write(int rules, Path folder) throws IOException {
    for (int left = rules, file = 0; left > 0; left -= RULES_OF_A_FILE, file++) {
      String name = "Fleet%dx".formatted(file);
      Files.writeString(
          folder.resolve(name + ".yml"),
          GeneratedRules.text(name, Math.min(left, RULES_OF_A_FILE), file));
    }
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }

  private static String output(Path folder) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                RulesLoadBench.class.getName(),
                IN_PROCESS,
                folder.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException("the process that loads the rules failed");
    }
    return output;
  }

  private static String inProcess(Path folder) throws IOException, InvalidRules {
    double cold = load(folder);
    long begun = ManagementFactory.getRuntimeMXBean().getStartTime();
    long sinceStart = System.currentTimeMillis() - begun;
    double cpu = CpuTime.now().process() / 1e6;
    double warm = cold;
    for (int i = 0; i < AGAIN; i++) {
      warm = load(folder);
    }
    return sinceStart + " " + cold + " " + cpu + " " + warm;
  }

  /** ms; what a job does before it takes rules. */
  private static double load(Path folder) throws IOException, InvalidRules {
    long begun = System.nanoTime();
    SortedMap<String, String> texts = new TreeMap<>();
    for (Path file : files(folder)) {
      texts.put(file.getFileName().toString(), Files.readString(file));
    }
    RuleFiles.check(texts, PartsEngine.settings(HORIZON));
    return (System.nanoTime() - begun) / 1e6;
  }
}
