package oht50.metrics.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MetricSelectionTest {
  @Test
  void allIsTakenUnlessAPartIsLeftOut() {
    MetricSelection all =
        MetricSelection.of(
            Map.of(MetricGroup.SYSTEM, new LinkedHashSet<>(MetricGroup.SYSTEM.words())));

    assertThat(all).isEqualTo(MetricSelection.ALL);
    assertThat(all.takesAll()).isTrue();
    assertThat(all.takes("oht50_cpu_usage_percent")).isTrue();
    assertThat(all.takes("mission_success")).isTrue();
  }

  @Test
  void onlyTheNamedPartsOfAGroupAreTaken() {
    MetricSelection selection =
        MetricSelection.of(Map.of(MetricGroup.SYSTEM, Set.of("cpu", "memory")));

    assertThat(selection.takes("oht50_cpu_usage_percent")).isTrue();
    assertThat(selection.takes("oht50_memory_usage_bytes")).isTrue();
    assertThat(selection.takes("oht50_disk_usage_bytes")).isFalse();
    assertThat(selection.takes("oht50_system_load")).isFalse();
    assertThat(selection.takes("oht50_memory_allocation_bytes")).isTrue(); // of performance
    assertThat(selection.takes("oht50_robot_battery_percent")).isTrue(); // of no group
  }

  @Test
  void namesOfProgramsAreTakenIfWanted() {
    MetricSelection own = MetricSelection.ALL.ownOnlyIf(true);

    assertThat(MetricSelection.ALL.ownOnlyIf(false)).isEqualTo(MetricSelection.ALL);
    assertThat(own.takes("mission_success")).isFalse();
    assertThat(own.takes("oht50_http_requests_total")).isTrue();
  }
}
