package oht50.metrics.job.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigReportTest {
  private static final UnaryOperator<String> NOTHING = name -> null;
  private static final UnaryOperator<String> PASSWORD =
      Map.of("OHT50_POSTGRES_PASSWORD", "sesame")::get;

  @TempDir private Path folder;

  @Test
  void allFaultsOfAFileAreSaidWithLineColumnAndWhatWasProbablyMeant() throws Exception {
    Path file =
        write(
            "job.yaml",
            """
            kafka:
              bootstrap-servers: localhost:9092
              topics:
                telemtry: t
            postgres:
              url: jdbc:postgresql://localhost:5432/oht50
            host:
              intervall: 30s
              interval: 30 sec
              enabled: maybe
            clock: 1s
            horizon: 2h
            time:
              zone: Europe/Berln
              idle-after: 5
              max-ahead: [1s]
            series:
              horizon-points: many
              expected-interval:
                by-prefix:
                  fast_: 1 minute
            groups:
              business:
                metrics: [mission]
            """);

    assertThat(lines(NOTHING, "--config", file.toString()))
        .extracting(line -> line.replaceAll("\\[[^]]{60,}]", "[...]")) // more keys may come
        .containsExactly(
            file
                + ":4:5: kafka.topics.telemtry: unknown key; did you mean 'telemetry'? known are [...]",
            file
                + ":5:1: postgres.password-env: no password of '' for jdbc:postgresql://localhost:5432/oht50: set OHT50_POSTGRES_PASSWORD, or"
                + " OHT50_POSTGRES_PASSWORD_FILE to the path of a file that holds it",
            file + ":5:1: postgres.user: is missing",
            file
                + ":8:3: host.intervall: unknown key; did you mean 'interval'? known are [enabled, instance, interval]",
            file + ":9:3: host.interval: '30 sec' is not a duration; did you mean '30s'?",
            file + ":10:3: host.enabled: 'maybe' is neither true nor false",
            file + ":11:1: clock: expected keys [enabled, interval], found '1s'",
            file + ":12:1: horizon: unknown key; did you mean 'series.horizon'? known are [...]",
            file
                + ":14:3: time.zone: 'Europe/Berln' is not a time zone; did you mean 'Europe/Berlin'?",
            file + ":15:3: time.idle-after: '5' is not a duration; did you mean '5s'?",
            file + ":16:3: time.max-ahead: expected a duration like 30s or 5m, found a list",
            file + ":18:3: series.horizon-points: 'many' is not a whole number above 0",
            file
                + ":21:7: series.expected-interval.by-prefix.fast_: '1 minute' is not a duration; did you mean '1m'?",
            file
                + ":24:5: groups.business.metrics: unknown word 'mission'; did you mean 'missions'? known are"
                + " [missions, safety_events, telemetry, configuration]");
  }

  @Test
  void whatTheCommandLineSaysIsNamedAsSuch() throws Exception {
    assertThat(
            lines(
                PASSWORD,
                "--config",
                minimal(),
                "--set",
                "clock.intervall=1s",
                "--set",
                "time.idle-after=5 s"))
        .containsExactly(
            "--set clock.intervall: unknown key; did you mean 'interval'? known are [enabled, interval]",
            "--set time.idle-after: '5 s' is not a duration; did you mean '5s'?");
  }

  @Test
  void aSecretIsLookedForInItsVariableAndInTheFileOfTheOther() throws Exception {
    Path secret = write("secret", "sesame\n");

    assertThat(lines(PASSWORD, "--config", minimal())).isEmpty();
    assertThat(
            lines(
                Map.of("OHT50_POSTGRES_PASSWORD_FILE", secret.toString())::get,
                "--config",
                minimal()))
        .isEmpty();
    assertThat(lines(null, "--config", minimal())).isEmpty();
    assertThat(lines(NOTHING, "--config", minimal()))
        .singleElement()
        .asString()
        .contains(
            "postgres.password-env: no password of 'oht50_writer' for jdbc:postgresql://localhost/oht50: set OHT50_POSTGRES_PASSWORD");
    assertThat(
            lines(Map.of("OHT50_POSTGRES_PASSWORD_FILE", "/no/such")::get, "--config", minimal()))
        .singleElement()
        .asString()
        .contains("cannot read the file that OHT50_POSTGRES_PASSWORD_FILE names");
  }

  @Test
  void theJobRefusesWithoutItsSecret() throws Exception {
    String file = minimal();

    assertThatThrownBy(() -> JobConfig.load(NOTHING, "--config", file))
        .isInstanceOf(InvalidConfig.class)
        .hasMessageContaining("set OHT50_POSTGRES_PASSWORD");
    assertThat(JobConfig.load(PASSWORD, "--config", file).clock().enabled()).isTrue();
  }

  @Test
  void faultsOfSeveralFilesAreSaidTogether() throws Exception {
    Path broken = write("broken.yaml", "kafka: {\n");
    Path list = write("list.yaml", "- a\n");

    List<String> lines =
        lines(
            PASSWORD,
            "--config",
            broken.toString(),
            "--config",
            list.toString(),
            "--config",
            folder.resolve("none.yaml").toString());

    assertThat(lines).hasSize(3);
    assertThat(lines.get(0))
        .isEqualTo(
            broken
                + ":1:9: while parsing a flow node: expected the node content, but found '<stream end>'");
    assertThat(lines.get(1)).isEqualTo(list + ":1:1: expected keys and their values");
    assertThat(lines.get(2)).endsWith("none.yaml: there is no such file");
  }

  @Test
  void whatHoldsIsShownWithWhereItComesFrom() throws Exception {
    Path over = write("over.yaml", "clock: {interval: 3s}\nhost: {interval: 9s}\n");
    List<EffectiveSetting> settings =
        ConfigReport.of(
                PASSWORD,
                "--config",
                minimal(),
                "--config",
                over.toString(),
                "--set",
                "host.interval=10s")
            .settings();

    assertThat(settings).extracting(EffectiveSetting::key).isSorted().doesNotHaveDuplicates();
    assertThat(shown(settings, "kafka.bootstrap-servers"))
        .isEqualTo("localhost:9092 from " + minimal() + ":1:9");
    assertThat(shown(settings, "clock.interval")).isEqualTo("3s from " + over + ":1:9");
    assertThat(shown(settings, "host.interval")).isEqualTo("10s from --set host.interval");
    assertThat(shown(settings, "time.max-trailing")).isEqualTo("1m from null");
    assertThat(shown(settings, "groups.system.metrics"))
        .isEqualTo("cpu, memory, disk, network, load from null");
    assertThat(shown(settings, "series.expected-interval.by-prefix")).contains("oht50_robot_: 1s");
  }

  @Test
  void whatMayBeASecretIsNotShown() throws Exception {
    Path file =
        write(
            "job.yaml",
            """
            kafka:
              bootstrap-servers: localhost:9092
              properties:
                ssl.keystore.password: sesame
                sasl.jaas.config: 'org.example.Login required password="sesame";'
                security.protocol: SSL
            postgres:
              url: jdbc:postgresql://localhost/oht50?sslkey=sesame
              user: oht50_writer
            metrics:
              alerting:
                notification_channels: [{type: slack, webhook_url: "https://hooks/sesame"}]
            """);
    ConfigReport report = ConfigReport.of(PASSWORD, "--config", file.toString());

    assertThat(report.faults()).isEmpty();
    assertThat(report.toString()).doesNotContain("sesame");
    assertThat(shown(report.settings(), "kafka.properties.ssl.keystore.password"))
        .startsWith("********");
    assertThat(shown(report.settings(), "kafka.properties.security.protocol")).startsWith("SSL");
    assertThat(shown(report.settings(), "postgres.url"))
        .startsWith("jdbc:postgresql://localhost/oht50?********");
    assertThat(shown(report.settings(), "postgres.password-env"))
        .startsWith("OHT50_POSTGRES_PASSWORD");
  }

  private static String shown(List<EffectiveSetting> settings, String key) {
    return settings.stream()
        .filter(each -> each.key().equals(key))
        .map(each -> each.value() + " from " + each.place())
        .findFirst()
        .orElse("");
  }

  private static List<String> lines(UnaryOperator<String> environment, String... args) {
    return ConfigReport.of(environment, args).faults().stream().map(Finding::toString).toList();
  }

  private String minimal() throws IOException {
    return write(
            "minimal.yaml",
            """
            kafka: {bootstrap-servers: "localhost:9092"}
            postgres: {url: "jdbc:postgresql://localhost/oht50", user: oht50_writer}
            """)
        .toString();
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }
}
