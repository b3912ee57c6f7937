package oht50.metrics.it;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every real series of the test data, once in its order and once in any: rows of all intervals are
 * those computed from the files, bit for bit.
 */
@Tag("long-campaigns")
class AllFilesIT {
  private static final Duration PATIENCE = Duration.ofMinutes(15);

  private static final List<FileSeries> SERIES = new ArrayList<>();
  private static Stack stack;
  private static ReplayedFiles replayed;

  @BeforeAll
  static void replay() throws Exception {
    stack = Stack.at(4).up("--no-demo", "--no-host");
    replayed = new ReplayedFiles(stack);
    List<FileSeries> files = FileSeries.ofNab();
    for (int i = 0; i < files.size(); i++) {
      SERIES.add(files.get(i));
      SERIES.add(files.get(i).shuffled(i));
    }
    replayed.send(SERIES, 3, PATIENCE);
  }

  @AfterAll
  static void stop() {
    stack.close();
  }

  private static List<FileSeries> series() {
    return SERIES;
  }

  @ParameterizedTest
  @MethodSource("series")
  void holdsWhatItsFileSays(FileSeries series) {
    replayed.hold(series);
  }
}
