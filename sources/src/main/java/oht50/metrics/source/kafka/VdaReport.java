package oht50.metrics.source.kafka;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import oht50.metrics.vda.EmergencyStop;
import oht50.metrics.vda.ErrorLevel;
import oht50.metrics.vda.RobotState;

/**
 * What a state message says of safety and of the order. Words that are none have been rejected
 * where they are counted; here they are unknown, and so is a list that is not there.
 */
final class VdaReport {
  private static final String CANCEL_ORDER = "cancelorder";

  private final Fields message;
  private final boolean newNames;

  private VdaReport(Fields message, boolean newNames) {
    this.message = message;
    this.newNames = newNames;
  }

  static void read(VdaHeader header, Fields message, Draft draft) {
    VdaReport report = new VdaReport(message, header.major() >= 3);
    JsonNode safety = message.node().path("safetyState");
    draft.state(
        header.robot(),
        header.timestamp(),
        header.headerId(),
        new RobotState(
            report.stop(safety), isFieldViolated(safety), report.errors(), report.order()));
  }

  private EmergencyStop stop(JsonNode safety) {
    VdaWord words = newNames ? VdaWord.ACTIVE_EMERGENCY_STOP : VdaWord.EMERGENCY_STOP;
    int index = index(words, safety.path(newNames ? "activeEmergencyStop" : "eStop"));
    return index < 0
        ? EmergencyStop.UNKNOWN
        : switch (words.labels().get(index)) {
          case "autoack" -> EmergencyStop.AUTOACK;
          case "manual" -> EmergencyStop.MANUAL;
          case "remote" -> EmergencyStop.REMOTE;
          default -> EmergencyStop.NONE;
        };
  }

  private static Boolean isFieldViolated(JsonNode safety) {
    JsonNode field = safety.path("fieldViolation");
    return field.isBoolean() ? field.booleanValue() : null;
  }

  private SortedMap<String, ErrorLevel> errors() {
    if (!isList("errors")) {
      return null;
    }
    SortedMap<String, ErrorLevel> active = new TreeMap<>();
    for (JsonNode error : message.node().path("errors")) {
      int level = index(VdaWord.ERROR_LEVEL, error.path("errorLevel"));
      if (level >= 0) {
        String type = error.path("errorType").asText();
        active.merge(
            Text.sanitise(type.length() > Fields.MAX_NAME_LENGTH ? Text.brief(type) : type),
            ErrorLevel.valueOf(VdaWord.ERROR_LEVEL.labels().get(level).toUpperCase(Locale.ROOT)),
            (one, other) -> one.compareTo(other) >= 0 ? one : other);
      }
    }
    return active;
  }

  private RobotState.Order order() {
    String id = orderId();
    boolean isWhole = isList("nodeStates") && isList("edgeStates") && isList("actionStates");
    if (id == null || !isWhole) {
      return null;
    }
    boolean isOnItsWay =
        !message.node().path("nodeStates").isEmpty()
            || !message.node().path("edgeStates").isEmpty();
    boolean hasFailed = false;
    boolean isActing = false;
    for (JsonNode action : message.node().path("actionStates")) {
      if (!isCancel(action)) {
        String status = status(action);
        hasFailed |= status.equals("failed");
        isActing |= !status.equals("failed") && !status.equals("finished");
      }
    }
    // Without an order there are only actions that somebody asked for at once.
    return new RobotState.Order(
        id, isOnItsWay || (isActing && !id.isEmpty()), hasFailed, cancels());
  }

  /** Empty without an order; null if that is not known. */
  private String orderId() {
    JsonNode said = message.present("orderId");
    return said != null && said.isTextual() && said.textValue().isEmpty()
        ? ""
        : message.name("orderId");
  }

  /** Since 3.0 actions that are to be done at once have a list of their own. */
  private List<String> cancels() {
    List<String> cancels = new ArrayList<>();
    for (String list : new String[] {"actionStates", "instantActionStates"}) {
      for (JsonNode action : message.node().path(list)) {
        if (isCancel(action) && !status(action).equals("failed")) {
          cancels.add(action.path("actionId").asText());
        }
      }
    }
    return cancels;
  }

  private static boolean isCancel(JsonNode action) {
    return Text.word(action.path("actionType").asText()).replace("_", "").equals(CANCEL_ORDER);
  }

  private static String status(JsonNode action) {
    int status = index(VdaWord.ACTION_STATUS, action.path("actionStatus"));
    return status < 0 ? "" : VdaWord.ACTION_STATUS.labels().get(status);
  }

  private static int index(VdaWord words, JsonNode said) {
    return said.isTextual() ? words.index(said.textValue()) : -1;
  }

  private boolean isList(String field) {
    return message.node().path(field).isArray();
  }
}
