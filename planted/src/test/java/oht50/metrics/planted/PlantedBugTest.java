package oht50.metrics.planted;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class PlantedBugTest {
  private static final Pattern ROW =
      Pattern.compile("^\\| `([a-z0-9-]+)` \\| (\\w+) \\| (.*) \\|$", Pattern.MULTILINE);

  @Test
  void theReadmeListsEveryBugAndWhatMustCatchIt() throws Exception {
    List<String> listed =
        ROW.matcher(Files.readString(Path.of("README.md")))
            .results()
            .map(PlantedBugTest::line)
            .toList();

    assertThat(listed)
        .containsExactlyElementsOf(
            Arrays.stream(PlantedBug.values())
                .map(bug -> bug.id() + " " + bug.caughtBy() + " " + bug.description())
                .toList());
  }

  private static String line(MatchResult row) {
    return row.group(1) + " " + row.group(2) + " " + row.group(3);
  }

  @Test
  void anAgentIsToldItsBugById() {
    for (PlantedBug bug : PlantedBug.values()) {
      assertThat(PlantedAgent.bugOf("bug=" + bug.id())).isEqualTo(bug);
    }
    assertThatThrownBy(() -> PlantedAgent.bugOf("bug=none"))
        .hasMessageContaining("no bug is called none; there are");
    assertThatThrownBy(() -> PlantedAgent.bugOf(null)).hasMessageContaining("write bug=<id>");
  }

  @Test
  void aBugWhoseClassIsNotLoadedIsNotPlanted() {
    Planted planted = Planted.plant(PlantedBug.ARRIVAL_ORDER_FOLDED);

    assertThat(planted.classesChanged()).isZero();
    assertThatThrownBy(planted::close).hasMessageContaining("was never loaded");
  }
}
