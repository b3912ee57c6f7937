package oht50.metrics.ruleexplain;

import static oht50.metrics.ruleexplain.Explained.rules;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ExplanationTest {
  @Test
  void scratch() {
    Explained e =
        rules(
                """
                - alert: HighLoad
                  expr: avg without (core) (load) > 80
                  for: 2m
                  labels: {severity: warning}
                """)
            .series("load{instance=\"a\", core=\"0\"}", "70 90x4")
            .series("load{instance=\"a\", core=\"1\"}", "70 90x3 96")
            .series("load{instance=\"b\", core=\"0\"}", "10x5")
            .at("4m20s");
    System.out.println(e.text("HighLoad"));
    System.out.println(e.labels("instance", "b").text("HighLoad"));
    System.out.println(e.labels("instance", "a").at("2m").text("HighLoad"));
    System.out.println(
        rules(
                """
                - alert: Full
                  expr: used{type="ram"} / ignoring (type) total > 0.9
                - alert: Down
                  expr: up == 0 unless on (robot_id) maintenance == 1
                  for: 1m
                """)
            .series("used{instance=\"a\", type=\"ram\"}", "95x9")
            .series("used{instance=\"b\", type=\"ram\"}", "95x9")
            .series("total{instance=\"b\", type=\"ram\"}", "100x9")
            .series("total{instance=\"c\"}", "100x9")
            .at("4m")
            .text("Full"));
    System.out.println(
        rules(
                """
                - alert: Down
                  expr: up == 0 unless on (robot_id) maintenance == 1
                  for: 1m
                - alert: Gone
                  expr: absent(up{robot_id="R-3"})
                """)
            .series("up{robot_id=\"R-1\"}", "0x9")
            .series("up{robot_id=\"R-2\"}", "0x9")
            .series("up{robot_id=\"R-4\"}", "1x9")
            .series("maintenance{robot_id=\"R-1\"}", "1x9")
            .at("4m")
            .text("Down"));
    System.out.println(
        rules(
                """
                - alert: Gone
                  expr: absent(up{robot_id="R-3"})
                """)
            .series("up{robot_id=\"R-1\"}", "0x9")
            .at("4m")
            .text("Gone"));
    System.out.println(
        rules(
                """
                - alert: Typo
                  expr: rate(oht50_mission_total{status="failed"}[5m]) > 0
                  keep_firing_for: 3m
                """)
            .known("oht50_missions_total", 4)
            .known("oht50_robot_battery_percent", 4)
            .at("4m")
            .text("Typo"));
    System.out.println(
        rules(
                """
                - record: failed:rate
                  expr: sum by (robot_id) (rate(failed_total[3m]))
                - alert: Failing
                  expr: failed:rate > 0.01 and on (robot_id) max_over_time(busy[2m:1m]) > 0
                  keep_firing_for: 3m
                """)
            .counts("failed_total{robot_id=\"R-1\"}", "0 0 5 0 0 0 0 0 0")
            .series("busy{robot_id=\"R-1\"}", "1x10")
            .at("7m")
            .text("Failing"));
    assertThat(e).isNotNull();
  }
}
