package oht50.metrics.ruleexplain;

import static oht50.metrics.ruleexplain.Explained.rules;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** What a person reads about rules over given points. */
class ExplanationTest {
  private static final String HIGH_LOAD =
      """
      - alert: HighLoad
        expr: avg without (core) (load) > 80
        for: 2m
        labels: {severity: warning}
      """;

  private static Explained highLoad() {
    return rules(HIGH_LOAD)
        .series("load{instance=\"a\", core=\"0\"}", "70 90x8")
        .series("load{instance=\"a\", core=\"1\"}", "70 90x2 96x6")
        .series("load{instance=\"b\", core=\"0\"}", "10x8");
  }

  @Test
  void anAlertThatFiresHasHeldForLongEnough() {
    assertThat(highLoad().at("4m20s").text("HighLoad"))
        .isEqualTo(
            """
            alert HighLoad, r.yml:6, group g
            at its tick 2026-11-29T10:04:00Z, the last one up to 10:04:20; ticks are 1m apart
            30 points were read

            avg without (core) (load) > 80
              {instance="a"} 93 > 80: holds
              {instance="b"} 10 > 80: does not hold
              avg without (core) (load)
                {instance="a"} 93, of 2 series
                {instance="b"} 10, of 1 series
                load
                  load{core="0", instance="a"} 90, of 10:04:00
                  load{core="0", instance="b"} 10, of 10:04:00
                  load{core="1", instance="a"} 96, of 10:04:00

            alerts, for 2m, from 10:00:00 on
              {alertname="HighLoad", instance="a", severity="warning"}
                firing since 10:03:00: the condition began to hold at 10:01:00 and had held for 2m
                condition: 10:00:00 no, 10:01:00 90 (x3), 10:04:00 93
                states: 10:01:00 pending, 10:03:00 firing
            """);
  }

  @Test
  void anAlertThatIsPendingSaysWhenItFires() {
    assertThat(highLoad().labels("instance", "a").at("2m").text("HighLoad"))
        .isEqualTo(
            """
            alert HighLoad, r.yml:6, group g
            at its tick 2026-11-29T10:02:00Z; ticks are 1m apart
            labels {instance="a"}
            30 points were read

            avg without (core) (load) > 80
              {instance="a"} 90 > 80: holds
              avg without (core) (load)
                {instance="a"} 90, of 2 series
                load
                  load{core="0", instance="a"} 90, of 10:02:00
                  load{core="1", instance="a"} 90, of 10:02:00

            alerts, for 2m, from 09:58:00 on
              {alertname="HighLoad", instance="a", severity="warning"}
                pending since 10:01:00: the condition has held for 1m of 2m; it fires at 10:03:00 if that goes on
                condition: 09:58:00 no (x3), 10:01:00 90 (x2)
                states: 10:01:00 pending
            """);
  }

  @Test
  void whatIsAskedForIsAllThatIsShown() {
    assertThat(highLoad().labels("instance", "b").at("4m").text("HighLoad"))
        .isEqualTo(
            """
            alert HighLoad, r.yml:6, group g
            at its tick 2026-11-29T10:04:00Z; ticks are 1m apart
            labels {instance="b"}
            30 points were read

            avg without (core) (load) > 80
              {instance="b"} 10 > 80: does not hold
              avg without (core) (load)
                {instance="b"} 10, of 1 series
                load
                  load{core="0", instance="b"} 10, of 10:04:00

            alerts, for 2m, from 10:00:00 on
              inactive: the condition held at none of these ticks with these labels
            """);
  }

  @Test
  void aJoinWithoutPartnersIsWhyNothingFires() {
    Explained memory =
        rules(
                """
                - alert: Full
                  expr: used{type="ram"} / ignoring (type) total > 0.9
                """)
            .series("used{instance=\"a\", type=\"ram\"}", "95x9")
            .series("used{instance=\"b\", type=\"ram\"}", "50x9")
            .series("total{instance=\"b\"}", "100x9")
            .series("total{instance=\"c\"}", "100x9")
            .at("4m");

    assertThat(memory.text("Full"))
        .isEqualTo(
            """
            alert Full, r.yml:6, group g
            at its tick 2026-11-29T10:04:00Z; ticks are 1m apart
            40 points were read

            used{type="ram"} / ignoring (type) total > 0.9
              {instance="b"} 0.5 > 0.9: does not hold
              used{type="ram"} / ignoring (type) total
                {instance="b"} 50 / 100 = 0.5
                total{instance="c"} 100, no partner: nothing on the left has {instance="c"}
                used{instance="a", type="ram"} 95, no partner: nothing on the right has {instance="a"}
                used{type="ram"}
                  used{instance="a", type="ram"} 95, of 10:04:00
                  used{instance="b", type="ram"} 50, of 10:04:00
                total
                  total{instance="b"} 100, of 10:04:00
                  total{instance="c"} 100, of 10:04:00

            alerts, from 10:02:00 on
              inactive: the condition held at none of these ticks
            """);
  }

  @Test
  void setsOfSeriesSayWhoStaysAndWhoGoes() {
    Explained robots =
        rules(
                """
                - alert: Down
                  expr: up == 0 unless on (robot_id) maintenance == 1
                  for: 1m
                """)
            .series("up{robot_id=\"R-1\"}", "0x9")
            .series("up{robot_id=\"R-2\"}", "0x9")
            .series("up{robot_id=\"R-3\"}", "1x9")
            .series("maintenance{robot_id=\"R-1\"}", "1x9")
            .at("4m");

    assertThat(robots.text("Down"))
        .isEqualTo(
            """
            alert Down, r.yml:6, group g
            at its tick 2026-11-29T10:04:00Z; ticks are 1m apart
            40 points were read

            up == 0 unless on (robot_id) maintenance == 1
              up{robot_id="R-2"} 0, stays: nothing on the right has {robot_id="R-2"}
              up{robot_id="R-1"} 0, goes: maintenance{robot_id="R-1"} on the right has {robot_id="R-1"}
              up == 0
                up{robot_id="R-1"} 0 == 0: holds
                up{robot_id="R-2"} 0 == 0: holds
                up{robot_id="R-3"} 1 == 0: does not hold
                up
                  up{robot_id="R-1"} 0, of 10:04:00
                  up{robot_id="R-2"} 0, of 10:04:00
                  up{robot_id="R-3"} 1, of 10:04:00
              maintenance == 1
                maintenance{robot_id="R-1"} 1 == 1: holds
                maintenance
                  maintenance{robot_id="R-1"} 1, of 10:04:00

            alerts, for 1m, from 10:01:00 on
              {alertname="Down", robot_id="R-2"}
                firing since 10:02:00 or before: the condition began to hold at 10:01:00 and had held for 1m
                condition: 10:01:00 0 (x4)
                states: 10:01:00 pending, 10:02:00 firing
            """);
  }

  @Test
  void whatIsAbsentIsSaid() {
    Explained robots =
        rules("- {alert: Gone, expr: 'absent(up{robot_id=\"R-3\"})', for: 5m}")
            .series("up{robot_id=\"R-1\"}", "1x9")
            .series("up{robot_id=\"R-3\"}", "1x4")
            .at("10m");

    assertThat(robots.text("Gone"))
        .isEqualTo(
            """
            alert Gone, r.yml:5, group g
            at its tick 2026-11-29T10:10:00Z; ticks are 1m apart
            15 points were read

            absent(up{robot_id="R-3"})
              # what it asks for is not there
              {robot_id="R-3"} 1
              up{robot_id="R-3"}
                up{robot_id="R-3"} no value: its last sample, 1 of 10:04:00, is older than 5m

            alerts, for 5m, from 10:03:00 on
              {alertname="Gone", robot_id="R-3"}
                pending since 10:09:00: the condition has held for 1m of 5m; it fires at 10:14:00 if that goes on
                condition: 10:03:00 no (x6), 10:09:00 1 (x2)
                states: 10:09:00 pending
            """);
  }

  @Test
  void aMetricThatIsNotThereMayBeOneOfSimilarNames() {
    Explained missions =
        rules("- {alert: Failing, expr: 'rate(oht50_mission_total{status=\"failed\"}[5m]) > 0'}")
            .known("oht50_missions_total", 4)
            .known("oht50_robot_battery_percent", 8)
            .at("4m");

    assertThat(missions.text("Failing"))
        .isEqualTo(
            """
            alert Failing, r.yml:5, group g
            at its tick 2026-11-29T10:04:00Z; ticks are 1m apart
            0 points were read

            rate(oht50_mission_total{status="failed"}[5m]) > 0
              # nothing
              rate(oht50_mission_total{status="failed"}[5m])
                # nothing
                oht50_mission_total{status="failed"}[5m]
                  # no series; metrics with similar names: oht50_missions_total

            alerts, from 10:02:00 on
              inactive: the condition held at none of these ticks
            """);
  }

  @Test
  void aMetricThatIsThereMayHaveOtherLabels() {
    Explained missions =
        rules("- {alert: Failing, expr: 'oht50_missions_total{status=\"failde\"} > 0'}")
            .known("oht50_missions_total", 4)
            .at("4m");

    assertThat(missions.text("Failing"))
        .contains(
            "    # no series: none of the 4 series of oht50_missions_total has these labels and"
                + " points at this time\n");
  }

  @Test
  void anAlertThatIsKeptFiringSaysUntilWhen() {
    Explained robots =
        rules(
                """
                - alert: Hot
                  expr: max_over_time(temperature[2m]) > 60
                  for: 1m
                  keep_firing_for: 5m
                """)
            .series("temperature{robot_id=\"R-1\"}", "20 70x3 20x18");

    assertThat(robots.at("7m").text("Hot"))
        .isEqualTo(
            """
            alert Hot, r.yml:6, group g
            at its tick 2026-11-29T10:07:00Z; ticks are 1m apart
            24 points were read

            max_over_time(temperature[2m]) > 60
              {robot_id="R-1"} 20 > 60: does not hold
              max_over_time(temperature[2m])
                {robot_id="R-1"} 20
                temperature[2m]
                  temperature{robot_id="R-1"} 2 samples, 20 at 10:06:00 to 20 at 10:07:00

            alerts, for 1m, keep_firing_for 5m, from 09:59:00 on
              {alertname="Hot", robot_id="R-1"}
                firing since 10:02:00: the condition has not held since 10:06:00, and keep_firing_for 5m lasts until 10:11:00
                condition: 09:59:00 no (x2), 10:01:00 70 (x5), 10:06:00 no (x2)
                states: 10:01:00 pending, 10:02:00 firing
            """);
    assertThat(robots.at("11m").sentences("Hot"))
        .containsExactly(
            "inactive since 10:11:00: it fired from 10:04:00 or before until its condition no longer held,"
                + " and 5m more");
  }

  @Test
  void seriesWithoutAValueSayWhy() {
    Explained robots =
        rules("- {alert: Slow, expr: 'speed < 1 unless speed offset 3m'}")
            .series("speed{robot_id=\"R-1\"}", "0x2 stale")
            .series("speed{robot_id=\"R-2\"}", "0")
            .series("speed{robot_id=\"R-3\"}", "_x6 0x3")
            .at("8m");

    assertThat(robots.text("Slow"))
        .isEqualTo(
            """
            alert Slow, r.yml:5, group g
            at its tick 2026-11-29T10:08:00Z; ticks are 1m apart
            9 points were read

            speed < 1 unless speed offset 3m
              speed{robot_id="R-3"} 0, stays: nothing on the right has {robot_id="R-3"}
              speed < 1
                speed{robot_id="R-3"} 0 < 1: holds
                speed
                  speed{robot_id="R-3"} 0, of 10:08:00
                  speed{robot_id="R-1"} no value: it ended at 10:03:00
                  speed{robot_id="R-2"} no value: its last sample, 0 of 10:00:00, is older than 5m
              speed offset 3m
                speed{robot_id="R-1"} no value: it ended at 10:03:00
                speed{robot_id="R-2"} no value: its last sample, 0 of 10:00:00, is older than 5m
                speed{robot_id="R-3"} no value: its first sample is of 10:06:00

            alerts, from 10:06:00 on
              {alertname="Slow", robot_id="R-3"}
                firing since 10:06:00 or before: the condition began to hold at 10:06:00
                condition: 10:06:00 0 (x3)
                states: 10:06:00 firing
            """);
  }

  private static Explained busy() {
    return rules(
            """
                - record: fleet:busy:sum
                  expr: sum by (site) (busy)
                - alert: Idle
                  expr: max_over_time(fleet:busy:sum[2m:1m]) < 2
                - record: fleet:busy:sum
                  expr: vector(100)
                  labels: {site: z}
                """)
        .series("busy{robot_id=\"R-1\", site=\"x\"}", "1x9")
        .at("4m");
  }

  @Test
  void recordingRulesAreEvaluatedUnlessTheirPointsAreStored() {
    assertThat(busy().text("Idle"))
        .isEqualTo(
            """
            alert Idle, r.yml:8, group g
            at its tick 2026-11-29T10:04:00Z; ticks are 1m apart
            it looks at record fleet:busy:sum, r.yml:6, evaluated here from 09:54:00 on
            it looks at record fleet:busy:sum, r.yml:10, evaluated here from 09:54:00 on
            10 points were read

            max_over_time(fleet:busy:sum[2m:1m]) < 2
              {site="x"} 1 < 2: holds
              {site="z"} 100 < 2: does not hold
              max_over_time(fleet:busy:sum[2m:1m])
                {site="x"} 1
                {site="z"} 100
                fleet:busy:sum[2m:1m]
                  # its parts at the last of its ticks, 10:04:00
                  fleet:busy:sum{site="x"} 2 samples, 1 at 10:03:00 to 1 at 10:04:00
                  fleet:busy:sum{site="z"} 2 samples, 100 at 10:03:00 to 100 at 10:04:00
                  fleet:busy:sum
                    fleet:busy:sum{site="x"} 1, of 10:04:00
                    fleet:busy:sum{site="z"} 100, of 10:03:00

            alerts, from 10:02:00 on
              {alertname="Idle", site="x"}
                firing since 10:02:00 or before: the condition began to hold at 10:02:00
                condition: 10:02:00 1 (x3)
                states: 10:02:00 firing
            """);
    assertThat(busy().series("fleet:busy:sum{site=\"y\"}", "0x9").text("Idle"))
        .contains("it looks at record fleet:busy:sum, r.yml:6, whose points were stored\n")
        .contains("{site=\"y\"} 0 < 2: holds\n")
        .doesNotContain("site=\"x\"");
  }

  @Test
  void aRecordingRuleHasValuesAndNoAlerts() {
    Explained robots =
        rules("- {record: 'fleet:busy:sum', expr: sum by (site) (busy), labels: {team: t}}")
            .series("busy{robot_id=\"R-1\", site=\"x\"}", "1x9")
            .labels("team", "t")
            .at("4m");

    assertThat(robots.text("fleet:busy:sum"))
        .endsWith(
            """
            sum by (site) (busy)
              {site="x"} 1, of 1 series
              busy
                busy{robot_id="R-1", site="x"} 1, of 10:04:00
            """);
  }

  @Test
  void aRuleThatFailsSaysWhere() {
    Explained both =
        rules("- {alert: Both, expr: a / on (robot_id) b > 1}")
            .series("a{robot_id=\"R-1\"}", "2x9")
            .series("b{robot_id=\"R-1\", side=\"l\"}", "1x9")
            .series("b{robot_id=\"R-1\", side=\"r\"}", "_x6 1x2")
            .at("8m");

    assertThat(both.text("Both"))
        .isEqualTo(
            """
            alert Both, r.yml:5, group g
            at its tick 2026-11-29T10:08:00Z; ticks are 1m apart
            23 points were read

            the rule has no result at this tick: found duplicate series for the match group {robot_id="R-1"} on the right hand-side of the operation: [{__name__="b", robot_id="R-1", side="l"}, {__name__="b", robot_id="R-1", side="r"}];many-to-many matching not allowed: matching labels must be unique on one side
            a / on (robot_id) b > 1
              # no result, because a part of it has none
              a / on (robot_id) b
                # no result: found duplicate series for the match group {robot_id="R-1"} on the right hand-side of the operation: [{__name__="b", robot_id="R-1", side="l"}, {__name__="b", robot_id="R-1", side="r"}];many-to-many matching not allowed: matching labels must be unique on one side
                a
                  a{robot_id="R-1"} 2, of 10:08:00
                b
                  b{robot_id="R-1", side="l"} 1, of 10:08:00
                  b{robot_id="R-1", side="r"} 1, of 10:08:00

            alerts, from 10:06:00 on
              inactive: the condition held at none of these ticks
              ticks at which the rule had no result: 3
            """);
  }

  @Test
  void aRecordingRuleThatFailsIsNamed() {
    Explained both =
        rules(
                """
                - record: r
                  expr: a / on (robot_id) b
                - alert: High
                  expr: r > 1
                """)
            .series("a{robot_id=\"R-1\"}", "2x9")
            .series("b{robot_id=\"R-1\", side=\"l\"}", "1x9")
            .series("b{robot_id=\"R-1\", side=\"r\"}", "_x6 1x2")
            .at("8m");

    assertThat(both.text("High"))
        .contains("  # it had no result at some ticks: found duplicate series for the match group");
  }

  @Test
  void whatIsFurtherBackThanWasLookedAtIsNotMadeUp() {
    Explained flapping =
        rules("- {alert: Flap, expr: x > 0, for: 2m, keep_firing_for: 2m}")
            .series("x", "1 0 1 0 1 0 1 0 1 0")
            .at("8m");

    assertThat(flapping.sentences("Flap"))
        .containsExactly(
            "pending since 10:08:00: the condition has held for 0s of 2m; it fires at 10:10:00 if"
                + " that goes on; if it fired before 10:02:00, where this begins, it is firing still");
  }

  @Test
  void ofManySeriesThoseThatHoldAreShownFirst() {
    Explained many =
        rules("- {alert: Many, expr: x > 2}")
            .series("x{i=\"1\"}", "1x9")
            .series("x{i=\"2\"}", "2x9")
            .series("x{i=\"3\"}", "3x9")
            .series("x{i=\"4\"}", "4x9")
            .most(1)
            .at("8m");

    assertThat(many.text("Many"))
        .contains(
            """
            x > 2
              x{i="3"} 3 > 2: holds
              and 3 more series
              x
                x{i="1"} 1, of 10:08:00
                and 3 more series
            """);
  }

  @Test
  void whatLooksAheadIsRefused() {
    assertThatThrownBy(() -> rules("- {alert: A, expr: x offset -5m > 1}").plan("A"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("alert A: 1:1: a negative offset looks ahead of the tick");
  }
}
