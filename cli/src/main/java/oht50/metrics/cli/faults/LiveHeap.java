package oht50.metrics.cli.faults;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** What the objects take that a JVM cannot give up, told by the JDK's {@code jcmd}. */
final class LiveHeap {
  private static final Path JCMD = Path.of(System.getProperty("java.home"), "bin", "jcmd");
  // Of the serial collector: its two generations. Metaspace is not heap.
  private static final Pattern USED =
      Pattern.compile("(?:def new|tenured) generation\\s+total \\d+K, used (\\d+)K");

  /**
   * Over a fault, bytes.
   *
   * @param during at its end, before it is over
   */
  record Change(long before, long during) {
    long growth() {
      return during - before;
    }

    String describe() {
      return String.format(
          Locale.ROOT,
          "live heap %.1f MiB before, %.1f MiB at its end",
          before / 1048576.0,
          during / 1048576.0);
    }
  }

  private LiveHeap() {}

  /** False with a Java that is no JDK. */
  static boolean canBeMeasured() {
    return Files.isExecutable(JCMD);
  }

  /** Sum over processes, bytes, after a full collection in each. */
  static long of(List<Long> pids) throws IOException, InterruptedException {
    long bytes = 0;
    for (long pid : pids) {
      // Two commands of one call: what is thrown away between two calls would count.
      bytes += usedBytes(ask(pid, "GC.run\nGC.heap_info"));
    }
    return bytes;
  }

  static long usedBytes(String heapInfo) {
    List<MatchResult> generations = USED.matcher(heapInfo).results().toList();
    if (generations.size() != 2) {
      throw new IllegalArgumentException("not the heap of a serial collector: " + heapInfo);
    }
    return generations.stream().mapToLong(each -> Long.parseLong(each.group(1)) << 10).sum();
  }

  private static String ask(long pid, String what) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(JCMD.toString(), "-J-XX:TieredStopAtLevel=1", Long.toString(pid), what)
            .redirectErrorStream(true)
            .start();
    String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException("jcmd %d %s: %s".formatted(pid, what, answer.strip()));
    }
    return answer;
  }
}
