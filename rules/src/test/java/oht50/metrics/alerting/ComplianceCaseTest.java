package oht50.metrics.alerting;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import oht50.metrics.model.AlertState;
import oht50.metrics.model.Labels;
import oht50.metrics.promql.eval.EvaluationOptions;
import oht50.metrics.promql.eval.Evaluator;
import oht50.metrics.promql.eval.PointStore;
import oht50.metrics.rulefile.RuleFile;
import oht50.metrics.rulefile.RuleFileReader;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The cases of Prometheus' compliance suite for alerts: series in, transitions out. */
class ComplianceCaseTest {
  private static final Path DATA = Path.of("../../shared/data/promql/compliance");
  private static final ObjectMapper JSON = new ObjectMapper();

  static List<Path> cases() throws IOException {
    try (var files = Files.list(DATA)) {
      return files.filter(file -> file.toString().endsWith(".json")).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void transitionsAreThoseOfTheCase(Path file) throws IOException {
    JsonNode content = JSON.readTree(file.toFile());
    PointStore points = points(content);
    Evaluator evaluator = new Evaluator(points, EvaluationOptions.DEFAULT);
    List<GroupRun> groups = new ArrayList<>();
    RuleFile rules =
        RuleFileReader.read(
                "rules.yaml", Files.readString(DATA.resolve("rules.yaml")), false, List.of())
            .file();
    rules.groups().forEach(group -> groups.add(new GroupRun(group, Installation.UNNAMED)));

    Map<String, List<String>> transitions = new HashMap<>(); // alert -> its changes
    long step = content.get("evaluation_interval_s").asLong();
    for (long second = 0; second <= content.get("until_s").asLong(); second += step) {
      for (GroupRun group : groups) {
        group.run(second * 1000, evaluator, points::put);
        for (GroupRun.OfRule each : group.alerts()) {
          note(
              transitions.computeIfAbsent(each.rule().name(), name -> new ArrayList<>()),
              each,
              second);
        }
      }
    }
    for (JsonNode expected : content.get("expected")) {
      List<String> wanted = new ArrayList<>();
      expected
          .get("transitions")
          .forEach(each -> wanted.add(each.get("at_s") + " " + each.get("state").asText()));
      assertThat(transitions.get(expected.get("alertname").asText())).isEqualTo(wanted);
    }
  }

  private static void note(List<String> changes, GroupRun.OfRule rule, long second) {
    AlertState state =
        rule.alerts().isEmpty() ? AlertState.INACTIVE : rule.alerts().get(0).status().state();
    String before =
        changes.isEmpty() ? "" : changes.get(changes.size() - 1).replaceFirst(".* ", "");
    if (!state.word().equals(before)) {
      changes.add(second + " " + state.word());
    }
  }

  private static PointStore points(JsonNode content) {
    PointStore points = new PointStore();
    long step = content.get("sample_interval_s").asLong() * 1000;
    for (JsonNode series : content.get("series")) {
      Map<String, String> labels = new HashMap<>();
      series.get("labels").properties().forEach(e -> labels.put(e.getKey(), e.getValue().asText()));
      long time = 0;
      for (JsonNode value : series.get("values")) {
        if (!value.isNull()) {
          points.put(Labels.of(labels), time, value.asDouble());
        }
        time += step;
      }
    }
    return points;
  }
}
