package oht50.metrics.promql.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A broken file is said to be broken, in one line; it never ends the run. */
class MutatedTestsTest {
  private static final String[] PIECES = {
    "{",
    "}",
    "\"",
    "x",
    "_",
    "{{",
    "}}",
    "+",
    "-",
    "1e",
    "\n",
    "\n\n",
    "#",
    "expect ",
    "eval ",
    "load ",
    "stale",
    ",",
    "=",
    "\\",
    " ",
    "NaN",
    "x99999999",
    "ä",
    "from",
    "0"
  };

  @Test
  void nothingElseHappens() throws IOException {
    String text = Files.readString(Path.of("src/test/resources/promql/values.test"));
    Random random = new Random(19);
    int faults = 0;
    int failures = 0;
    for (int i = 0; i < 1_000; i++) {
      FileResult result = Conformance.run("a.test", mutated(text, random));
      if (result.fault() != null) {
        faults++;
        assertThat(result.fault()).matches("(?s)\\d+: .+").doesNotContain("\n");
      }
      failures += (int) result.count(CaseResult.Outcome.FAILED);
    }
    assertThat(faults).isBetween(100, 900);
    assertThat(failures).isPositive();
  }

  private static String mutated(String text, Random random) {
    StringBuilder mutated = new StringBuilder(text);
    for (int i = random.nextInt(3); i >= 0; i--) {
      int at = random.nextInt(mutated.length() + 1);
      int end = Math.min(mutated.length(), at + random.nextInt(3));
      boolean isInserted = random.nextBoolean();
      mutated.replace(at, end, isInserted ? PIECES[random.nextInt(PIECES.length)] : "");
    }
    return mutated.toString();
  }
}
