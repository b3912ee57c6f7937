package oht50.metrics.ruletest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import oht50.metrics.promql.syntax.Quoting;
import oht50.metrics.template.Querier;
import oht50.metrics.template.TemplateData;
import oht50.metrics.template.TemplateFailure;
import oht50.metrics.template.TextTemplate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What rules, alerts and templates say here, promtool confirms. It is looked for on the path; where
 * {@code CI} is set it must be there. Debian's is older than Prometheus 3, so no sample lies at the
 * left end of a range.
 */
class PromtoolAgreementTest {
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
  private static final Path DATA = Path.of("../../shared/data/promql");

  @TempDir private Path folder;

  @Test
  void randomRulesAndAlerts() throws Exception {
    requirePromtool();
    List<String> command = new ArrayList<>(List.of("test", "rules"));
    int alerts = 0;
    for (int seed = 0; seed < 40; seed++) {
      RandomRuleTest test = new RandomRuleTest(new Random(seed));
      YAML.writeValue(folder.resolve("rules-" + seed + ".yml").toFile(), test.rules());
      Path file = folder.resolve("test-" + seed + ".yml");
      YAML.writeValue(file.toFile(), test.withExpectations("rules-" + seed + ".yml"));
      alerts += test.alertCount();
      assertThat(new RuleTests(null, false).run(file).isPassed()).as("seed %d", seed).isTrue();
      command.add(file.toString());
    }

    assertThat(alerts).as("alerts that fire at the times asked for").isGreaterThan(500);
    assertThat(promtool(command)).isEqualTo(0);
  }

  /** Each template is an annotation; what is expected of it is what it says here. */
  @Test
  void templates() throws Exception {
    requirePromtool();
    List<Map<String, Object>> rules = new ArrayList<>();
    List<Map<String, Object>> cases = new ArrayList<>();
    List<Map<String, Object>> series = new ArrayList<>();
    Random random = new Random(3);
    for (int i = 0; i < 400; i++) {
      String text = template(random);
      double value = value(random);
      String expected;
      try {
        expected = TextTemplate.parse(text).fill(data("m" + i, value));
      } catch (TemplateFailure e) {
        continue; // in other words there
      }
      series.add(
          Map.of("series", "m" + i + "{job=\"a b\",host=\"h.x.org:90\"}", "values", value + ""));
      rules.add(
          Map.of(
              "alert", "A" + i, "expr", "m" + i + " == m" + i, "annotations", Map.of("t", text)));
      cases.add(
          Map.of(
              "eval_time",
              "0m",
              "alertname",
              "A" + i,
              "exp_alerts",
              List.of(
                  Map.of(
                      "exp_labels",
                      Map.of("job", "a b", "host", "h.x.org:90"),
                      "exp_annotations",
                      Map.of("t", expected)))));
    }
    assertThat(cases).hasSizeGreaterThan(300);
    YAML.writeValue(
        folder.resolve("r.yml").toFile(),
        Map.of("groups", List.of(Map.of("name", "g", "rules", rules))));
    Map<String, Object> test = new LinkedHashMap<>();
    test.put("interval", "1m");
    test.put("input_series", series);
    test.put("alert_rule_test", cases);
    Path file = folder.resolve("t.yml");
    YAML.writeValue(
        file.toFile(),
        Map.of(
            "rule_files", List.of("r.yml"), "evaluation_interval", "1m", "tests", List.of(test)));

    assertThat(new RuleTests(null, false).run(file).isPassed()).isTrue();
    assertThat(promtool(List.of("test", "rules", file.toString()))).isEqualTo(0);
  }

  private static TemplateData data(String metric, double value) {
    return new TemplateData(
        Map.of("__name__", metric, "job", "a b", "host", "h.x.org:90"),
        value,
        Map.of(),
        "",
        0,
        Querier.none());
  }

  private static double value(Random random) {
    return switch (random.nextInt(6)) {
      case 0 -> random.nextInt(100);
      case 1 -> -random.nextInt(2_000_000);
      case 2 -> random.nextGaussian() * 1e-6;
      case 3 -> Math.pow(10, random.nextInt(40) - 20);
      case 4 -> random.nextDouble();
      default -> random.nextDouble() * 1e9;
    };
  }

  private static String template(Random random) {
    String[] whole = {
      "{{ $value }}",
      "{{ $labels }}",
      "{{ $labels.none }}-{{ .Labels.job }}",
      "{{ $value | humanize }} {{ $value | humanize1024 }}",
      "{{ $value | humanizeDuration }}",
      "{{ $value | humanizePercentage }}",
      "{{ humanizeTimestamp (parseDuration \"1h3m\") }}",
      "{{ $labels.job | title }} {{ title \"foo-bar x_y\" }} {{ toUpper $labels.job }}",
      "{{ $labels.host | stripPort }} {{ $labels.host | stripDomain }} {{ stripDomain \"1.2.3.4:5\""
          + " }}",
      "{{ reReplaceAll \"(a) (b)\" \"$2-${1}x\" $labels.job }} {{ match \"^a\" $labels.job }}",
      "{{ if gt $value 1.0 }}high{{ else if lt $value -1.0 }}low{{ else }}mid{{ end }}",
      "{{ with $labels.job }}<{{ . }}>{{ end }}{{ with $labels.none }}no{{ else }}none{{ end }}",
      "{{ range $k, $v := $labels }}{{ $k }}={{ $v }};{{ end }}",
      "{{- /* c */ -}} x {{- $value -}} y {{ printf \"%s|%5s|%-9s|%q|%x\" \"a\" \"b\" \"c\""
          + " $labels.job \"z\" }}",
      "{{ define \"d\" }}{{ .arg0 }}/{{ .arg1 }}{{ end }}{{ template \"d\" (args $value \"x\") }}",
      "{{ len $labels }} {{ index $labels \"job\" }} {{ eq $labels.job \"x\" \"a b\" }} {{ and 1"
          + " \"\" }}",
      "{{ print $value 1 \"a\" 2 3 }} {{ println \"a\" 1.5 }}{{ html \"<&'>\" }} {{ urlquery \"a"
          + " b&c*~\" }}",
      "{{ printf \"%d %05d %x %v %t\" 42 7 255 3 true }} {{ printf \"%s %d\" \"a\" }} {{ printf"
          + " \"x\" 1 }}",
      "{{ graphLink \"up == 0\" }} {{ tableLink \"a{b='c'}\" }}",
      "{{ $x := 1 }}{{ range $i, $e := (args 1 2) }}{{ $x = $e }}{{ end }}{{ $x }}",
    };
    if (random.nextInt(3) == 0) {
      return whole[random.nextInt(whole.length)];
    }
    String flags = new String[] {"", "", "", "+", "-", "0", " ", "+0", "-+"}[random.nextInt(9)];
    String width = random.nextBoolean() ? "" : 1 + random.nextInt(15) + "";
    String precision = random.nextInt(3) == 0 ? "" : "." + random.nextInt(8);
    String verb =
        new String[] {"f", "e", "g", "v", "G", "E", "F", "s", "d", "q"}[random.nextInt(10)];
    return "{{ $value | printf "
        + Quoting.quote("[%" + flags + width + precision + verb + "]")
        + " }}";
  }

  @Test
  void verdictsAboutFiles() throws Exception {
    requirePromtool();
    for (String good :
        List.of("promtool/rules.yml", "oht50/seed-rules-corrected.yml", "compliance/rules.yaml")) {
      assertThat(promtool(List.of("check", "rules", DATA.resolve(good).toString()))).isEqualTo(0);
    }
    assertThat(
            promtool(List.of("check", "rules", DATA.resolve("promtool/rules-bad.yml").toString())))
        .isEqualTo(1);
    assertThat(promtool(List.of("test", "rules", "../deploy/rules/oht50.test.yml"))).isEqualTo(0);
  }

  private int promtool(List<String> arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("promtool"));
    command.addAll(arguments);
    Path log = folder.resolve("log.txt");
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    int code = process.waitFor();
    if (code != 0) {
      System.out.println(Files.readString(log, StandardCharsets.UTF_8));
    }
    return code;
  }

  private static void requirePromtool() {
    boolean isThere =
        Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
            .anyMatch(place -> Files.isExecutable(Path.of(place, "promtool")));
    if (System.getenv("CI") != null) {
      assertThat(isThere).as("promtool is on the path").isTrue();
    }
    assumeTrue(isThere, "promtool is not installed");
  }
}
