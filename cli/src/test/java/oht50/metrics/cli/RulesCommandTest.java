package oht50.metrics.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RulesCommandTest {
  private static final String DATA = "../../shared/data/promql/promqltest";

  @TempDir private Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void prometheusTestsPass() {
    assertThat(run("rules", "conformance", DATA)).isZero();
    assertThat(rows())
        .contains(
            DATA + "/staleness.test|passed|17|",
            "total|passed|659|",
            "total|failed|0|",
            "total|skipped|379|")
        .anyMatch(row -> row.matches("total\\|skipped\\|\\d+\\|nativehistograms"));
  }

  @Test
  void whatFailsIsALineWithItsPlace() throws IOException {
    Path wrong = write("b.test", "load 1m\n  x 1\n\neval instant at 0 x\n  x 2\n");
    Path broken = write("a.test", "clear\nforget all\n");

    assertThat(run("rules", "conformance", folder.toString())).isEqualTo(1);
    List<String> lines = out.toString().lines().toList();
    assertThat(lines.get(0))
        .isEqualTo(broken + ":2: unknown command 'forget all'; known are load, clear and eval");
    assertThat(lines.get(1)).isEqualTo(wrong + ":4: x: expected {__name__=\"x\"} 2, not 1");
    assertThat(rows()).contains("total|passed|0|", "total|failed|1|", "total|skipped|0|");
  }

  @Test
  void whatIsLeftOutHasAReason() throws IOException {
    Path file = write("a.test", "eval instant at 0 info(x)\n\neval instant at 0 1\n  1\n");

    assertThat(run("rules", "conformance", file.toString())).isZero();
    assertThat(rows())
        .contains(file + "|passed|1|", "total|skipped|1|experimental:thefunctioninfo()");
  }

  @Test
  void aProgramReadsEachEvalAsJson() throws IOException {
    Path file = write("a.test", "eval instant at 0 1\n  2\n");

    assertThat(run("rules", "conformance", "--json", file.toString())).isEqualTo(1);
    JsonNode cases = new ObjectMapper().readTree(out.toString());
    assertThat(cases).hasSize(1);
    assertThat(cases.get(0).get("line").asInt()).isEqualTo(1);
    assertThat(cases.get(0).get("outcome").asText()).isEqualTo("failed");
    assertThat(cases.get(0).get("reason").asText()).isEqualTo("1: expected 2, not 1");
  }

  @Test
  void wrongUsageIsCode2() throws IOException {
    assertThat(run("rules")).isEqualTo(2);
    assertThat(run("rules", "conformance")).isEqualTo(2);
    assertThat(run("rules", "conformance", folder.resolve("none").toString())).isEqualTo(2);
    assertThat(run("rules", "conformance", folder.toString())).isEqualTo(2);
    assertThat(err.toString()).contains("there is no file", "has no files *.test");
  }

  @Test
  void aFileThatIsNotTextIsOneLine() throws IOException {
    Path file = folder.resolve("a.test");
    Files.write(file, new byte[] {(byte) 0xff, '\n'});
    assertThat(run("rules", "conformance", file.toString())).isEqualTo(1);
    assertThat(out.toString()).startsWith(file + ":1: the file is not UTF-8\n");
  }

  private List<String> rows() {
    return out.toString().lines().map(line -> line.replace(" ", "")).toList();
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private int run(String... arguments) {
    return Oht50.execute(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
  }
}
