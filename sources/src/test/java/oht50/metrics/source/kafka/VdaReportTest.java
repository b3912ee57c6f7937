package oht50.metrics.source.kafka;

import static oht50.metrics.source.kafka.Records.EVENT_TIME;
import static oht50.metrics.source.kafka.Records.record;
import static oht50.metrics.source.kafka.Records.rejects;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import oht50.metrics.source.Decoded;
import oht50.metrics.vda.EmergencyStop;
import oht50.metrics.vda.ErrorLevel;
import oht50.metrics.vda.RobotState;
import oht50.metrics.vda.StateReport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is read of state messages for what follows from two of them. */
class VdaReportTest {
  private static final JsonMapper JSON = new JsonMapper();

  private final Decoder states = new VdaStateDecoder(DecoderFactory.STANDARD_MAX_AHEAD);

  private static ObjectNode example(String version) throws JsonProcessingException {
    return (ObjectNode) JSON.readTree(Records.example("vda5050-state-" + version + ".json"));
  }

  private StateReport report(ObjectNode message) {
    Decoded decoded = states.decode(record(null, message.toString()));
    assertThat(decoded.states()).hasSize(1);
    return decoded.states()[0];
  }

  private RobotState.Order order(ObjectNode message) {
    return report(message).state().order();
  }

  @Test
  void theExamplesAreReports() throws JsonProcessingException {
    StateReport old = report(example("2.1"));
    assertThat(old.robot()).isEqualTo("semitec/OHT50-A");
    assertThat(old.timestamp()).isEqualTo(EVENT_TIME + 123);
    assertThat(old.headerId()).isEqualTo(842);
    assertThat(old.state().stop()).isEqualTo(EmergencyStop.AUTOACK);
    assertThat(old.state().isFieldViolated()).isTrue();
    assertThat(old.state().errors()).containsOnlyKeys("bumper").containsValue(ErrorLevel.WARNING);
    assertThat(old.state().order())
        .isEqualTo(new RobotState.Order("mission-123", true, false, List.of()));

    RobotState now = report(example("3.0")).state();
    assertThat(now.stop()).isEqualTo(EmergencyStop.MANUAL);
    assertThat(now.isFieldViolated()).isFalse();
    assertThat(now.errors()).containsEntry("NODE_UNREACHABLE", ErrorLevel.CRITICAL);
  }

  @ParameterizedTest
  @CsvSource({
    "RUNNING, true, false",
    "WAITING, true, false",
    "RETRIABLE, true, false",
    "FINISHED, false, false",
    "FAILED, false, true"
  })
  void anOrderWithoutNodesAndEdgesIsOpenWhileAnActionIsLeft(
      String status, boolean isOpen, boolean hasFailed) throws JsonProcessingException {
    ObjectNode message = example("3.0");
    message.putArray("nodeStates");
    message.putArray("edgeStates");
    ((ObjectNode) message.get("actionStates").get(0)).put("actionStatus", status);

    assertThat(order(message))
        .isEqualTo(new RobotState.Order("mission-123", isOpen, hasFailed, List.of()));
  }

  @ParameterizedTest
  @CsvSource({"2.1, actionStates", "3.0, instantActionStates"})
  void anActionThatCancelsTheOrderIsNoPartOfIt(String version, String list)
      throws JsonProcessingException {
    ObjectNode message = example(version);
    message.putArray("nodeStates");
    message.putArray("edgeStates");
    message.putArray("actionStates");
    message
        .putArray(list)
        .addObject()
        .put("actionId", "c1")
        .put("actionType", "cancelOrder")
        .put("actionStatus", "RUNNING");

    assertThat(order(message))
        .isEqualTo(new RobotState.Order("mission-123", false, false, List.of("c1")));
  }

  @Test
  void withoutAnOrderActionsAreThoseThatSomebodyAskedForAtOnce() throws JsonProcessingException {
    ObjectNode message = example("2.1").put("orderId", "");
    message.putArray("nodeStates");
    message.putArray("edgeStates");

    assertThat(order(message)).isEqualTo(new RobotState.Order("", false, false, List.of()));
  }

  @Test
  void ofOneErrorTypeTheHighestLevelCounts() throws JsonProcessingException {
    ObjectNode message = example("2.1");
    message.withArray("errors").addObject().put("errorType", "bumper").put("errorLevel", "FATAL");
    message.withArray("errors").addObject().put("errorType", "bumper").put("errorLevel", "WARNING");

    assertThat(report(message).state().errors()).containsEntry("bumper", ErrorLevel.FATAL);
  }

  @Test
  void whatIsNotThereOrNotReadableIsUnknown() throws JsonProcessingException {
    ObjectNode message = example("2.1").put("nodeStates", 3).put("orderId", 7);
    message.remove(List.of("safetyState", "errors"));

    RobotState state = report(message).state();

    assertThat(state).isEqualTo(new RobotState(EmergencyStop.UNKNOWN, null, null, null));
    assertThat(rejects(states.decode(record(null, message.toString()))))
        .contains("WRONG_TYPE nodeStates", "WRONG_TYPE orderId");
  }

  @Test
  void aWordThatIsNoneIsUnknown() throws JsonProcessingException {
    ObjectNode message = example("2.1");
    ((ObjectNode) message.get("safetyState")).put("eStop", "PERHAPS").put("fieldViolation", "no");

    RobotState state = report(message).state();

    assertThat(state.stop()).isEqualTo(EmergencyStop.UNKNOWN);
    assertThat(state.isFieldViolated()).isNull();
  }
}
