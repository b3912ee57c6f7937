package oht50.metrics.cli.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import oht50.metrics.cli.Oht50;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RuleFilesCommandTest {
  private static final String DATA = "../../shared/data/promql/";
  private static final String SHIPPED = "../deploy/rules/";

  @TempDir private Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void theRulesThatShipAreInOrderAndPassTheirTests() {
    assertThat(run("check", "--lint-fatal", SHIPPED + "oht50.yml")).isZero();
    assertThat(run("test", SHIPPED + "oht50.test.yml")).isZero();
    assertThat(out.toString().lines().filter(line -> !line.isBlank()))
        .containsExactly(
            "Checking " + SHIPPED + "oht50.yml",
            "  SUCCESS: 6 rules found",
            "Unit Testing:  " + SHIPPED + "oht50.test.yml",
            "  SUCCESS");
  }

  @Test
  void whatIsWrongWithAllFilesIsSaidAtOnce() throws IOException {
    Path bad = write("bad.yml", "groups: [{name: a, rules: [{record: x}]}]");
    String worse = DATA + "promtool/rules-bad.yml";

    assertThat(run("check", bad.toString(), worse, DATA + "promtool/rules.yml")).isEqualTo(1);
    assertThat(out.toString())
        .contains(bad + ":1:28: record x has no expression; give it one with 'expr'")
        .contains(worse + ":12:33: alert InstanceDown: annotation summary: there is no variable")
        .contains("  SUCCESS: 5 rules found");
  }

  @Test
  void remarksAreWarningsUnlessTheyAreToBeMore() {
    String seed = DATA + "oht50/seed-rules.yml";

    assertThat(run("check", seed)).isZero();
    assertThat(out.toString())
        .contains("  SUCCESS: 5 rules found")
        .contains("warning: " + seed + ":15:40: alert HighMemoryUsage: the sides of / never match")
        .contains("warning: " + seed + ":41:64: alert MissionFailureRate: this is always 1");
    assertThat(run("check", "--lint-fatal", seed)).isEqualTo(3);
    assertThat(run("check", "--lint-fatal", "--lint=none", seed)).isZero();
    assertThat(run("check", "--lint-fatal", "--lint=duplicate-rules,bare-counter", seed)).isZero();
    assertThat(run("check", "--lint-fatal", "--lint=always-same", seed)).isEqualTo(3);
    assertThat(run("check", "--lint=typo", seed)).isEqualTo(2);
    assertThat(err.toString()).contains("there is no lint 'typo'; known are all, none,");
  }

  @Test
  void rulesMayUseWhatAnyFileRecordsAndMetricsOfTheirOwn() throws IOException {
    Path uses = write("a.yml", "groups: [{name: a, rules: [{alert: A, expr: oht50_x > oht50_y}]}]");
    Path records = write("b.yml", "groups: [{name: a, rules: [{record: oht50_x, expr: up}]}]");

    assertThat(run("check", "--lint-fatal", uses.toString(), records.toString())).isEqualTo(3);
    assertThat(out.toString()).doesNotContain("metric oht50_x").contains("metric oht50_y");
    assertThat(
            run(
                "check",
                "--lint-fatal",
                "--metric",
                "oht50_y",
                uses.toString(),
                records.toString()))
        .isZero();
  }

  @Test
  void aProgramReadsFindingsAsJson() throws IOException {
    assertThat(run("check", "--json", DATA + "oht50/seed-rules.yml", "none.yml")).isEqualTo(1);
    JsonNode findings = new ObjectMapper().readTree(out.toString());

    assertThat(findings).hasSize(3);
    assertThat(findings.get(0).get("severity").asText()).isEqualTo("warning");
    assertThat(findings.get(0).get("lint").asText()).isEqualTo("never-matches");
    assertThat(findings.get(0).get("line").asInt()).isEqualTo(15);
    assertThat(findings.get(2).get("message").asText()).isEqualTo("there is no such file");
  }

  @Test
  void fieldsOfOthersMayBeLeftOutOfAccount() throws IOException {
    Path file = write("a.yml", "groups: [{name: a, owner: me, rules: []}]");

    assertThat(run("check", file.toString())).isEqualTo(1);
    assertThat(run("check", "--ignore-unknown-fields", file.toString())).isZero();
  }

  @Test
  void aFailedTestIsSaidWithItsPlaceAndItsTimeline() {
    String tests = DATA + "promtool/rules_run.yml";

    assertThat(run("test", tests)).isEqualTo(1);
    assertThat(out.toString())
        .contains("  FAILED:")
        .contains(tests + ":26:9: test 'wrong test': expr: test, time: 0s,");
    assertThat(run("test", "--run", "^correct", tests)).isZero();
    assertThat(run("test", "--run", "(", tests)).isEqualTo(2);
    assertThat(run("test", DATA + "oht50/tests.yml")).isEqualTo(1);
    assertThat(out.toString())
        .contains("timeline of oht50_cpu_usage_percent > 80")
        .contains("0s pending, 5m firing, 11m inactive");
  }

  @Test
  void whatIsLeftOutOfATestIsSaid() throws IOException {
    assertThat(run("test", DATA + "promtool/unittest.yml")).isZero();
    assertThat(out.toString().lines().filter(line -> line.contains("SKIPPED"))).hasSize(6);

    assertThat(run("test", "--json", DATA + "promtool/unittest.yml")).isZero();
    List<String> outcomes =
        new ObjectMapper()
            .readTree(out.toString().substring(out.toString().indexOf("\n[") + 1))
            .findValuesAsText("outcome");
    assertThat(outcomes).hasSize(11).contains("passed", "skipped").doesNotContain("failed");
  }

  @Test
  void wrongUsageIsCode2AndAMissingTestFileCode1() {
    assertThat(run("test")).isEqualTo(2);
    assertThat(run("test", folder.resolve("none.yml").toString())).isEqualTo(1);
    assertThat(out.toString()).contains("there is no such file");
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private int run(String... arguments) {
    String[] all = new String[arguments.length + 1];
    all[0] = "rules";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    return Oht50.execute(new PrintWriter(out, true), new PrintWriter(err, true), all);
  }
}
