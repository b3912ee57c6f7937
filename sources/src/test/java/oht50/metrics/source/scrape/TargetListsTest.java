package oht50.metrics.source.scrape;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import oht50.metrics.source.relabel.Relabeling;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TargetListsTest {
  @TempDir Path folder;

  private TargetLists lists(String... files) {
    ScrapeJob job =
        new ScrapeJob(
            "node",
            Duration.ofSeconds(15),
            Duration.ofSeconds(10),
            "/metrics",
            "http",
            Map.of(),
            false,
            true,
            ScrapeLimits.DEFAULTS,
            ScrapeJob.Rules.NONE,
            List.of(new TargetGroup(List.of("static:1"), Map.of())),
            java.util.Arrays.stream(files).map(file -> folder.resolve(file).toString()).toList(),
            Duration.ofSeconds(30));
    return new TargetLists(List.of(job));
  }

  private void write(String file, String text) throws IOException {
    Files.writeString(folder.resolve(file), text);
  }

  private static List<String> instances(TargetLists.Found found) {
    return found.targets().values().stream()
        .map(target -> target.labels().get("instance"))
        .sorted()
        .toList();
  }

  @Test
  void filesOfBothFormsAreReadAgainEachTime() throws IOException {
    TargetLists lists = lists("*.json", "b.yml");
    write("a1.json", "[{\"targets\": [\"a:1\", \"a:2\"], \"labels\": {\"zone\": \"x\"}}]");
    write("a2.json", "[]");
    write("b.yml", "- targets: ['b:1']\n- targets:\n  - b:2\n  labels:\n    rack: 7\n");

    TargetLists.Found found = lists.find();
    assertThat(instances(found)).containsExactly("a:1", "a:2", "b:1", "b:2", "static:1");
    assertThat(found.unsure()).isEmpty();
    assertThat(found.targets().values())
        .anyMatch(target -> "7".equals(target.labels().get("rack")));

    write("a2.json", "[{\"targets\": [\"a:3\"]}]");
    Files.delete(folder.resolve("b.yml"));
    assertThat(instances(lists.find())).containsExactly("a:1", "a:2", "a:3", "static:1");
    assertThat(lists.find().unsure()).isEmpty();
  }

  @Test
  void whileAFileCannotBeReadItsJobIsUnsure() throws IOException {
    TargetLists lists = lists("a.json");
    for (String text :
        List.of(
            "",
            "{",
            "{}",
            "[null]",
            "[{\"target\": []}]",
            "[{\"targets\": [\"http://a:1\"]}]",
            "[{\"targets\": [null]}]",
            "[{\"targets\": [], \"labels\": {\"a-b\": \"c\"}}]")) {
      write("a.json", text);

      TargetLists.Found found = lists.find();
      assertThat(found.unsure()).as(text).containsExactly("node");
      assertThat(instances(found)).as(text).containsExactly("static:1");
    }
    write("a.json", "[]");
    assertThat(lists.find().unsure()).isEmpty();
  }

  @Test
  void aRuleSeesInWhichFileATargetIsAndMayDropIt() throws IOException {
    ScrapeJob job =
        new ScrapeJob(
            "node",
            Duration.ofSeconds(15),
            Duration.ofSeconds(10),
            "/metrics",
            "http",
            Map.of(),
            false,
            true,
            ScrapeLimits.DEFAULTS,
            new ScrapeJob.Rules(
                Rules.of(
                    """
                    - {source_labels: [__meta_filepath], regex: '.*/(.*)[.]json', target_label: list}
                    - {source_labels: [list, spare], regex: 'halls;yes', action: drop}
                    """),
                Relabeling.NONE),
            List.of(),
            List.of(folder.resolve("*.json").toString()),
            Duration.ofSeconds(30));
    write(
        "halls.json",
        "[{\"targets\": [\"a:1\"]}, {\"targets\": [\"a:2\"], \"labels\": {\"spare\": \"yes\"}}]");

    TargetLists.Found found = new TargetLists(List.of(job)).find();

    assertThat(instances(found)).containsExactly("a:1");
    assertThat(found.targets().values())
        .allMatch(target -> "halls".equals(target.labels().get("list")));
    assertThat(found.unsure()).isEmpty();
  }

  @Test
  void aFolderThatIsNotThereHasNoTargets() {
    assertThat(instances(lists("none/*.yml").find())).containsExactly("static:1");
  }
}
