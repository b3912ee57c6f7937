package oht50.metrics.source.exposition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the projects of Prometheus and OpenMetrics hold their own parsers to. */
class ExpositionCasesTest {
  private static final Path DATA = Path.of("../../shared/data/exposition");
  private static final ObjectMapper JSON = new ObjectMapper();

  @ParameterizedTest(name = "{0}")
  @MethodSource("openMetricsCases")
  void openMetrics(String name, boolean shouldParse, byte[] text) throws InvalidExposition {
    check(ExpositionFormat.OPENMETRICS, shouldParse, text);
  }

  static Stream<Arguments> openMetricsCases() throws IOException {
    return cases("openmetrics-parser-cases.jsonl");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("textCases")
  void text(String name, boolean shouldParse, byte[] text) throws InvalidExposition {
    check(ExpositionFormat.PROMETHEUS_TEXT, shouldParse, text);
  }

  static Stream<Arguments> textCases() throws IOException {
    return cases("text-parser-cases.jsonl");
  }

  @ParameterizedTest
  @ValueSource(strings = {"e2e-output", "e2e-output-darwin", "e2e-output-freebsd"})
  void aWholePageOfTheNodeExporter(String name) throws Exception {
    byte[] page;
    try (InputStream in =
        new GZIPInputStream(
            Files.newInputStream(DATA.resolve("node_exporter").resolve(name + ".txt.gz")))) {
      page = in.readAllBytes();
    }
    JsonNode expected =
        JSON.readTree(DATA.resolve("node_exporter/expected.json").toFile()).get(name);

    List<Reading.Said> said = Reading.read(ExpositionFormat.PROMETHEUS_TEXT, page, Reading.LIMITS);

    assertThat(page).hasSize(expected.get("bytes").asInt());
    assertThat(said).hasSize(expected.get("sample_lines").asInt());
    assertThat(said).extracting(Reading.Said::series).doesNotHaveDuplicates();
    assertThat(said.stream().filter(s -> Double.isNaN(s.value())))
        .hasSize(expected.get("nan").asInt());
    assertThat(said.stream().filter(s -> Double.isInfinite(s.value())))
        .hasSize(expected.get("inf").asInt());
    // Line by line against the text itself.
    Map<String, Integer> lines = new TreeMap<>();
    Map<String, Integer> names = new TreeMap<>();
    new String(page, StandardCharsets.UTF_8)
        .lines()
        .filter(line -> !line.startsWith("#"))
        .forEach(
            line ->
                lines.merge(
                    line.substring(0, line.indexOf(line.contains("{") ? '{' : ' ')),
                    1,
                    Integer::sum));
    said.forEach(
        s -> names.merge(s.series().substring(0, s.series().indexOf('{')), 1, Integer::sum));
    assertThat(names).isEqualTo(lines);
  }

  private static void check(ExpositionFormat format, boolean shouldParse, byte[] text)
      throws InvalidExposition {
    if (shouldParse) {
      Reading.read(format, text, Reading.LIMITS);
    } else {
      assertThatThrownBy(() -> Reading.read(format, text, Reading.LIMITS))
          .isInstanceOf(InvalidExposition.class)
          .hasMessageStartingWith("line ");
    }
  }

  private static Stream<Arguments> cases(String file) throws IOException {
    List<String> lines = Files.readAllLines(DATA.resolve(file));
    return lines.stream().map(ExpositionCasesTest::toArguments);
  }

  private static Arguments toArguments(String line) {
    try {
      JsonNode each = JSON.readTree(line);
      byte[] text =
          each.has("text")
              ? each.get("text").asText().getBytes(StandardCharsets.UTF_8)
              : Base64.getDecoder().decode(each.get("text_base64").asText());
      return Arguments.of(each.get("name").asText(), each.get("should_parse").asBoolean(), text);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
