package oht50.metrics.job.ruleload;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import oht50.metrics.alerting.Installation;
import oht50.metrics.model.RuleSet;
import oht50.metrics.model.SourceNames;
import oht50.metrics.promql.eval.EvaluationOptions;
import oht50.metrics.ruleeval.RuleSettings;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is in the folder becomes the rules. */
class RuleWatchRoundsTest {
  private static final long NOON = 1_795_521_600_000L;
  private static final long SECOND = 1_000;
  private static final long MINUTE = 60 * SECOND;

  private static final RuleSettings SETTINGS =
      new RuleSettings(
          Installation.UNNAMED,
          EvaluationOptions.DEFAULT,
          RuleSettings.DEFAULT_INTERVAL,
          Duration.ofHours(2),
          RuleSettings.DEFAULT_MAX_LOOKBACK,
          SourceNames.NONE);

  private static final String CONFIGURED = rule("up == 0");
  private static final String CHANGED = rule("up < 1");
  private static final String WRONG = rule("up <");

  @TempDir private Path folder;
  private final ListedTopic topic = new ListedTopic();
  private long now = NOON;
  private RuleWatchRounds rounds;

  @BeforeEach
  void start() throws IOException {
    write(CONFIGURED);
    restart();
  }

  private void restart() {
    RuleSet configured = RuleSet.configured(files(CONFIGURED));
    rounds = new RuleWatchRounds(folder, configured, SETTINGS, topic.opened(), () -> now);
  }

  private static String rule(String expr) {
    return "groups: [{name: g, rules: [{alert: Down, expr: '" + expr + "'}]}]\n";
  }

  private static TreeMap<String, String> files(String text) {
    return new TreeMap<>(Map.of("mine.yml", text));
  }

  private void write(String text) throws IOException {
    Files.writeString(folder.resolve("mine.yml"), text);
  }

  /** Rounds, ten seconds apart; what all of them did. */
  private Watched poll(int times) throws Exception {
    long sent = 0;
    long refused = 0;
    for (int i = 0; i < times; i++) {
      Watched round = rounds.poll();
      sent += round.sent();
      refused += round.refused();
      now += 10 * SECOND;
    }
    return new Watched(sent, refused);
  }

  @Test
  void theFilesOfTheConfigurationAreTheRulesAlready() throws Exception {
    assertThat(poll(10)).isEqualTo(Watched.NOTHING);
    assertThat(topic.sets()).isEmpty();
  }

  @Test
  void whatHasChangedIsSentOnceForTheNextMinute() throws Exception {
    poll(2);
    write(CHANGED);

    assertThat(poll(20)).isEqualTo(new Watched(1, 0));
    assertThat(topic.sets())
        .singleElement()
        .satisfies(
            set -> {
              assertThat(set.files()).isEqualTo(files(CHANGED));
              assertThat(set.effectiveFrom()).isEqualTo(NOON + MINUTE);
            });
  }

  @Test
  void filesThatAreBeingWrittenAreWaitedFor() throws Exception {
    poll(2);
    write(rule("up < 2"));
    assertThat(poll(1)).isEqualTo(Watched.NOTHING);
    write(rule("up < 3"));
    assertThat(poll(1)).isEqualTo(Watched.NOTHING);
    write(CHANGED);
    assertThat(poll(1)).isEqualTo(Watched.NOTHING);

    poll(5);

    assertThat(topic.sets()).extracting(RuleSet::files).containsExactly(files(CHANGED));
  }

  @Test
  void aNewFileAndOneThatIsGoneAreChangesToo() throws Exception {
    Files.writeString(folder.resolve("second.yaml"), "groups: []\n");
    Files.writeString(folder.resolve("mine.test.yml"), "no rules");
    poll(2);
    Files.delete(folder.resolve("mine.yml"));
    poll(2);

    assertThat(topic.sets())
        .extracting(set -> set.files().keySet().toString())
        .containsExactly("[mine.yml, second.yaml]", "[second.yaml]");
  }

  @Test
  void badFilesAreRefusedOnceAndTriedAgainWhenTheyChange() throws Exception {
    write(WRONG);
    assertThat(poll(10)).isEqualTo(new Watched(0, 1));
    write(WRONG + "# and a remark\n");
    assertThat(poll(10)).isEqualTo(new Watched(0, 1));
    write(CHANGED);
    assertThat(poll(10)).isEqualTo(new Watched(1, 0));
    write(WRONG);
    assertThat(poll(10)).isEqualTo(new Watched(0, 1));

    assertThat(topic.sets()).extracting(RuleSet::files).containsExactly(files(CHANGED));
  }

  @Test
  void aFolderThatIsEmptyOrAwayLeavesTheRulesAsTheyAre() throws Exception {
    Files.delete(folder.resolve("mine.yml"));
    assertThat(poll(5)).isEqualTo(new Watched(0, 1));
    Files.delete(folder);
    assertThat(poll(5)).isEqualTo(new Watched(0, 1));
    Files.createDirectory(folder);
    write(CONFIGURED);

    assertThat(poll(5)).isEqualTo(Watched.NOTHING);
    assertThat(topic.sets()).isEmpty();
  }

  @Test
  void aFileThatIsNoTextAndFilesThatAreTooLargeAreRefused() throws Exception {
    Files.write(folder.resolve("mine.yml"), "ü".getBytes(StandardCharsets.ISO_8859_1));
    assertThat(poll(5)).isEqualTo(new Watched(0, 1));
    write(CONFIGURED + "#".repeat(1_000_000));
    assertThat(poll(5)).isEqualTo(new Watched(0, 1));

    assertThat(topic.sets()).isEmpty();
  }

  @Test
  void noRulesAtAllHaveToBeSaid() throws Exception {
    write("groups: []\n");

    assertThat(poll(5)).isEqualTo(new Watched(1, 0));
  }

  @Test
  void aRestartSendsNothingAgainAndWhatHasChangedInTheMeantime() throws Exception {
    write(CHANGED);
    poll(5);
    restart();
    assertThat(poll(5)).isEqualTo(Watched.NOTHING);

    write(rule("up < 2"));
    restart();

    assertThat(poll(5)).isEqualTo(new Watched(1, 0));
    assertThat(topic.sets()).hasSize(2);
  }

  @Test
  void aSetThatSomebodyElseSendsIsFollowedByThatOfTheFolder() throws Exception {
    poll(5);
    topic.add(NOON + MINUTE, files(CHANGED));

    assertThat(poll(10)).isEqualTo(new Watched(1, 0));
    assertThat(topic.sets()).last().extracting(RuleSet::files).isEqualTo(files(CONFIGURED));
  }

  @Test
  void aSetThatIsToTakeOverLaterIsReplacedAtThatVeryMinute() throws Exception {
    topic.add(NOON + 10 * MINUTE, files(CHANGED));

    assertThat(poll(50)).as("until a minute and 20 s before").isEqualTo(Watched.NOTHING);
    assertThat(poll(20)).isEqualTo(new Watched(1, 0));
    assertThat(topic.sets())
        .last()
        .satisfies(
            set -> {
              assertThat(set.files()).isEqualTo(files(CONFIGURED));
              assertThat(set.effectiveFrom()).isEqualTo(NOON + 10 * MINUTE);
            });
  }

  @Test
  void aSetOfSomebodyElseThatTheJobRefusesChangesNothing() throws Exception {
    topic.add(NOON + MINUTE, files(WRONG));

    assertThat(poll(10)).isEqualTo(Watched.NOTHING);
  }
}
