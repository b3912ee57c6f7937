package oht50.metrics.rulefile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import oht50.metrics.rulecheck.KnownMetrics;
import oht50.metrics.rulecheck.RuleLints;
import oht50.metrics.template.Querier;
import oht50.metrics.template.TemplateData;
import oht50.metrics.template.TemplateFailure;
import oht50.metrics.template.TextTemplate;
import oht50.metrics.yaml.Finding;
import org.junit.jupiter.api.Test;

/** However a file is broken, what is wrong is said at a place that it has. */
class MutatedRuleFilesTest {
  private static final Path DATA = Path.of("../../shared/data/promql");
  private static final String[] PARTS = {
    "{{",
    "}}",
    "{{-",
    " -}}",
    "|",
    "(",
    ")",
    "$",
    ".",
    "\"",
    "'",
    "\n",
    "  ",
    "- ",
    ": ",
    "&a ",
    "*a",
    "<<: ",
    "{",
    "}",
    "[",
    "]",
    "end",
    "range",
    "if ",
    "with ",
    "else",
    "define \"x\"",
    ">",
    "\\",
    "#",
    "\t",
    "\u00e4",
    "\ud83d\ude00",
    "%",
    "!!str ",
    "---\n",
    "?",
    "0",
    "1e9"
  };

  @Test
  void nothingButFindings() throws IOException {
    Random random = new Random(5);
    String[] files = {
      "compliance/rules.yaml", "oht50/seed-rules-corrected.yml", "promtool/rules.yml"
    };
    int refused = 0;
    for (int run = 0; run < 6_000; run++) {
      String text = Files.readString(DATA.resolve(files[run % files.length]));
      for (int i = 1 + random.nextInt(3); i > 0; i--) {
        text = mutated(text, random);
      }
      List<Finding> findings = new ArrayList<>();
      PlacedRules read = RuleFileReader.read("r.yml", text, false, findings);
      int lines = text.split("\n", -1).length;
      assertThat(findings).allMatch(each -> each.line() >= 0 && each.line() <= lines);
      refused += findings.isEmpty() ? 0 : 1;
      new RuleLints(new KnownMetrics(List.of()), List.of(read)).of(read);
      fill(read.file());
    }
    assertThat(refused).isBetween(1_000, 5_900);
  }

  private static String mutated(String text, Random random) {
    int at = random.nextInt(text.length());
    int end = Math.min(text.length(), at + random.nextInt(4));
    String part = random.nextInt(5) == 0 ? "" : PARTS[random.nextInt(PARTS.length)];
    return text.substring(0, at) + part + text.substring(end);
  }

  private static void fill(RuleFile file) {
    TemplateData data = new TemplateData(Map.of("a", "b"), 1.5, Map.of(), "", 0, Querier.none());
    for (RuleGroup group : file.groups()) {
      for (Rule rule : group.rules()) {
        if (rule instanceof AlertingRule alert) {
          alert.annotations().values().forEach(template -> fill(template, data));
        }
      }
    }
  }

  private static void fill(TextTemplate template, TemplateData data) {
    try {
      assertThat(template.fill(data)).isNotNull();
    } catch (TemplateFailure e) {
      assertThat(e.getMessage()).isNotBlank();
    }
  }

  @Test
  void whatIsDeepOrMeansItselfIsRefusedOrRead() {
    String deep = "{{ if true }}".repeat(5_000);
    assertThat(
            Rules.findings(
                Rules.group("- alert: A\n  expr: up\n  annotations: {a: '" + deep + "'}\n")))
        .singleElement()
        .asString()
        .contains("more than 100 blocks in one another");
    String chain = "{{ if true }}" + "{{ else if true }}".repeat(5_000) + "{{ end }}";
    assertThat(
            Rules.findings(
                Rules.group("- alert: A\n  expr: up\n  annotations: {a: '" + chain + "'}\n")))
        .singleElement()
        .asString()
        .contains("more than 100 blocks in one another");
    assertThat(Rules.findings("groups: &a [*a]")).isNotEmpty();
    assertThat(Rules.findings("groups: [&g {name: g, <<: *g, rules: []}]")).isEmpty();
    assertThat(Rules.findings("groups: " + "[".repeat(10_000)))
        .singleElement()
        .asString()
        .startsWith("r.yml: this is no YAML: Nesting Depth exceeded max 50");
  }
}
