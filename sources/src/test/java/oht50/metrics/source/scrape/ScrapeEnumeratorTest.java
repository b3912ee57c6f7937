package oht50.metrics.source.scrape;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.BiConsumer;
import org.apache.flink.api.connector.source.ReaderInfo;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.connector.source.SplitsAssignment;
import org.apache.flink.metrics.groups.SplitEnumeratorMetricGroup;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScrapeEnumeratorTest {
  @TempDir Path folder;

  private final Coordinator coordinator = new Coordinator();
  private ScrapeEnumerator enumerator;

  /** Stands for Flink; what is to be done at intervals is done when the test says so. */
  private static final class Coordinator implements SplitEnumeratorContext<TargetSplit> {
    private final Map<Integer, ReaderInfo> readers = new HashMap<>();
    // reader -> instances it was given, those that ended as "-instance"
    private final Map<Integer, List<String>> given = new TreeMap<>();
    private Runnable look;

    @Override
    public void assignSplits(SplitsAssignment<TargetSplit> assignment) {
      assignment
          .assignment()
          .forEach(
              (reader, splits) -> {
                assertThat(readers).containsKey(reader);
                splits.forEach(
                    split ->
                        given
                            .computeIfAbsent(reader, none -> new ArrayList<>())
                            .add((split.ended() ? "-" : "") + split.target().host()));
              });
    }

    Map<Integer, List<String>> take() {
      Map<Integer, List<String>> taken = new TreeMap<>(given);
      taken.values().forEach(instances -> instances.sort(null));
      given.clear();
      return taken;
    }

    @Override
    public <T> void callAsync(
        Callable<T> callable, BiConsumer<T, Throwable> handler, long delay, long period) {
      look =
          () -> {
            try {
              handler.accept(callable.call(), null);
            } catch (Exception e) {
              throw new AssertionError(e);
            }
          };
    }

    @Override
    public int currentParallelism() {
      return 2;
    }

    @Override
    public Map<Integer, ReaderInfo> registeredReaders() {
      return readers;
    }

    @Override
    public SplitEnumeratorMetricGroup metricGroup() {
      throw new UnsupportedOperationException();
    }

    @Override
    public void sendEventToSourceReader(int subtask, SourceEvent event) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void signalNoMoreSplits(int subtask) {
      throw new UnsupportedOperationException();
    }

    @Override
    public <T> void callAsync(Callable<T> callable, BiConsumer<T, Throwable> handler) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void runInCoordinatorThread(Runnable runnable) {
      throw new UnsupportedOperationException();
    }
  }

  @BeforeEach
  void start() throws IOException {
    list("a", "b", "c", "d");
    enumerator =
        new ScrapeEnumerator(coordinator, new TargetLists(List.of(job())), Duration.ofSeconds(30));
    enumerator.start();
  }

  private ScrapeJob job() {
    return new ScrapeJob(
        "node",
        Duration.ofSeconds(15),
        Duration.ofSeconds(10),
        "/metrics",
        "http",
        Map.of(),
        false,
        true,
        ScrapeLimits.DEFAULTS,
        ScrapeJob.Rules.NONE,
        List.of(),
        List.of(folder.resolve("targets.json").toString()),
        Duration.ofSeconds(30));
  }

  private void list(String... hosts) throws IOException {
    Files.writeString(
        folder.resolve("targets.json"),
        "[{\"targets\": [\"" + String.join("\", \"", hosts) + "\"]}]");
  }

  private void register(int reader, TargetSplit... had) {
    coordinator.readers.put(reader, ReaderInfo.createReaderInfo(reader, "here", List.of(had)));
    enumerator.addReader(reader);
  }

  private TargetSplit split(String host) {
    return new TargetSplit(Target.of(job(), host, Map.of()), false);
  }

  @Test
  void targetsAreGivenEvenlyOnceAllReadersAreThere() throws IOException {
    register(0);
    coordinator.look.run();
    assertThat(coordinator.take()).isEmpty();

    register(1);
    assertThat(coordinator.take()).isEqualTo(Map.of(0, List.of("a", "c"), 1, List.of("b", "d")));

    coordinator.look.run();
    assertThat(coordinator.take()).isEmpty();
    list("a", "b", "c", "d", "e");
    coordinator.look.run();
    assertThat(coordinator.take()).isEqualTo(Map.of(0, List.of("e")));
  }

  @Test
  void aTargetThatIsInNoListAnyMoreEndsWhereItIs() throws IOException {
    register(0);
    register(1);
    coordinator.look.run();
    coordinator.take();

    list("a", "c", "d");
    coordinator.look.run();
    assertThat(coordinator.take()).isEqualTo(Map.of(1, List.of("-b")));
    list("a", "b", "c", "d");
    coordinator.look.run();
    assertThat(coordinator.take()).isEqualTo(Map.of(1, List.of("b")));
  }

  @Test
  void noTargetEndsBecauseAFileCannotBeRead() throws IOException {
    register(0, split("kept"));
    register(1);
    Files.writeString(folder.resolve("targets.json"), "[");
    coordinator.look.run();
    assertThat(coordinator.take()).isEqualTo(Map.of(0, List.of("kept")));

    list("a");
    coordinator.look.run();
    assertThat(coordinator.take()).isEqualTo(Map.of(0, List.of("-kept"), 1, List.of("a")));
  }

  @Test
  void whatReadersHadBeforeARestartIsGivenAnewOrEnds() {
    coordinator.look.run();
    register(0, split("a"), split("b"), split("c"), split("gone"));
    register(1);

    Map<Integer, List<String>> given = coordinator.take();
    assertThat(given.values().stream().flatMap(List::stream))
        .containsExactlyInAnyOrder("a", "b", "c", "d", "-gone");
    assertThat(given.get(0)).contains("a", "c");
    assertThat(given.get(1)).contains("b", "d");
  }

  @Test
  void theTargetsOfAReaderThatFailedAreGivenToItAgain() {
    register(0);
    register(1);
    coordinator.look.run();
    coordinator.take();

    coordinator.readers.remove(1);
    enumerator.addSplitsBack(List.of(split("d")), 1);
    coordinator.look.run();
    assertThat(coordinator.take()).as("nobody takes its place").isEmpty();
    register(1, split("b"));
    assertThat(coordinator.take()).isEqualTo(Map.of(1, List.of("b", "d")));
  }

  @Test
  void aTargetThatEndedWhileItsReaderFailedEndsAgain() throws IOException {
    register(0);
    register(1);
    coordinator.look.run();
    list("a", "c", "d");
    coordinator.look.run();
    coordinator.take();

    coordinator.readers.remove(1);
    enumerator.addSplitsBack(List.of(new TargetSplit(split("b").target(), true)), 1);
    register(1, split("b"), split("d"));
    assertThat(coordinator.take()).isEqualTo(Map.of(1, List.of("-b", "d")));
  }
}
