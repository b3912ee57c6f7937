package oht50.metrics.promql.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rules that people publish are all of this language. */
class RuleExpressionsTest {
  private static final Path DATA = Path.of("../../shared/data/promql");
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

  @ParameterizedTest
  @CsvSource({
    "awesome-prometheus-alerts, 477",
    "kubernetes-mixin, 136",
    "oht50, 11",
    "compliance, 7",
    "promtool, 10"
  })
  void areReadAndPrinted(String folder, int count) throws IOException, InvalidExpression {
    List<String> expressions = expressions(DATA.resolve(folder));
    assertThat(expressions).hasSize(count);
    for (String text : expressions) {
      Expr expr = Parser.parse(text);
      String printed = ExprPrinter.print(expr);
      assertThat(Parser.parse(printed)).as(printed).isEqualTo(expr);
      assertThat(expr.type()).as(text).isIn(ValueType.VECTOR, ValueType.SCALAR);
    }
  }

  private static List<String> expressions(Path folder) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.list(folder)) {
      files = all.filter(file -> file.toString().matches(".*\\.ya?ml")).sorted().toList();
    }
    List<String> expressions = new ArrayList<>();
    for (Path file : files) {
      for (JsonNode group : YAML.readTree(file.toFile()).path("groups")) {
        for (JsonNode rule : group.path("rules")) {
          expressions.add(rule.path("expr").asText());
        }
      }
    }
    return expressions;
  }
}
