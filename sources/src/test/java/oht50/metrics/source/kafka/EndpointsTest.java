package oht50.metrics.source.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EndpointsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/|/",
        "/metrics|/metrics",
        "/api/v1/telemetry/current|/api/v1/telemetry/current",
        "/api/v1/telemetry/history?limit=10&from=1|/api/v1/telemetry/history",
        "/health#top|/health",
        "/api/v1/modules/2/registers|/api/v1/modules/{id}/registers",
        "/api/v1/modules/0x02/registers|/api/v1/modules/{id}/registers",
        "/api/v1/modules/0XFF/registers|/api/v1/modules/{id}/registers",
        "/api/v1/safety/alerts/alert_1795546200/acknowledge|/api/v1/safety/alerts/{id}/acknowledge",
        "/api/v1/safety/alerts/safety_1795546200/resolve|/api/v1/safety/alerts/{id}/resolve",
        "/api/v1/mission/m-001/execute|/api/v1/mission/{id}/execute",
        "/api/v1/missions/mission-123|/api/v1/missions/{id}",
        "/api/v1/mission/queue/list|/api/v1/mission/queue/list",
        "/api/v1/robot/emergency-stop|/api/v1/robot/emergency-stop",
        "/api/v1/missions/8b0e7c0e-9a4e-4b2c-a7d5-2c7f9b1f2f10/status|/api/v1/missions/{id}/status",
        "/api/v1/missions/8B0E7C0E9A4E4B2CA7D52C7F9B1F2F10|/api/v1/missions/{id}",
        "/api/v1/config/version/1.2.3|/api/v1/config/version/{id}",
        "/api/v1/config/rollback/7|/api/v1/config/rollback/{id}",
        "/api/v1/rs485/points/-3|/api/v1/rs485/points/{id}",
        "/a//b/|/a//b/",
        "/0x|/0x",
        "/...|/..."
      })
  void whatNamesOneThingOfManyIsAnId(String path, String endpoint) {
    assertThat(Endpoints.template(path)).isEqualTo(endpoint);
  }

  @Test
  void aPathThatIsTooLongIsNoEndpointOfItsOwn() {
    assertThat(Endpoints.template("/" + "x".repeat(200))).isEqualTo("other");
  }
}
