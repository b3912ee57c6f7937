package oht50.metrics.source.kafka;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;

/**
 * State messages of VDA 5050, versions 2.0, 2.1 and 3.0: battery, position, velocity, safety
 * signals, mode, and how many errors and actions there are, in the units of this project (mm,
 * degrees). All but the latency are states: a value holds until the next message.
 *
 * <p>What needs the message before as well (an emergency stop that begins, a new error, an order
 * that starts or ends) follows later, from what {@link VdaReport} reads.
 */
public final class VdaStateDecoder extends JsonDecoder {
  private static final double MM_PER_METER = 1_000;

  public VdaStateDecoder(Duration maxAhead) {
    super(maxAhead);
  }

  @Override
  void decode(Fields message, Draft draft) {
    VdaHeader header = VdaHeader.read(message, draft);
    if (header == null) {
      return;
    }
    new Reading(header, message, draft).read();
    VdaReport.read(header, message, draft);
  }

  /** One message on its way to samples. */
  private static final class Reading {
    private final VdaHeader header;
    private final Fields message;
    private final Draft draft;
    private final boolean newNames;
    private final SampleGroups groups = new SampleGroups();

    Reading(VdaHeader header, Fields message, Draft draft) {
      this.header = header;
      this.message = message;
      this.draft = draft;
      this.newNames = header.major() >= 3;
    }

    void read() {
      count("battery", this::readBattery);
      count("location", this::readLocation);
      count("safety", this::readSafety);
      count("status", this::readStatus);
      if (groups.size() > 0) {
        header.latency(groups, draft);
        groups.emit(draft);
      }
    }

    /** Counts the block if anything of it was accepted. */
    private void count(String block, Runnable reading) {
      int before = groups.size();
      reading.run();
      if (groups.size() > before) {
        header.dataPoint(draft, block);
      }
    }

    private void readBattery() {
      Fields battery = message.requireObject(newNames ? "powerSupply" : "batteryState");
      if (battery == null) {
        return;
      }
      String charge = newNames ? "stateOfCharge" : "batteryCharge";
      if (!battery.has(charge)) {
        battery.missing(charge);
      }
      state("oht50_robot_battery_percent", battery.number(charge, 0, 100));
      state("oht50_robot_battery_volts", battery.number("batteryVoltage"));
      state("oht50_robot_battery_amperes", battery.number("batteryCurrent"));
      state("oht50_robot_battery_health_percent", battery.number("batteryHealth", 0, 100));
      state(StateKinds.CHARGING, battery.flag("charging"));
      state(
          "oht50_robot_range_meters",
          battery.number(newNames ? "range" : "reach", 0, Double.MAX_VALUE));
    }

    private void readLocation() {
      Fields position = message.object(newNames ? "mobileRobotPosition" : "agvPosition");
      if (position != null) {
        readPosition(position);
      }
      Fields velocity = message.object("velocity");
      if (velocity != null) {
        String metric = "oht50_robot_velocity_mm_per_second";
        state(metric, velocity.number("vx") * MM_PER_METER, "axis", "x");
        state(metric, velocity.number("vy") * MM_PER_METER, "axis", "y");
        state("oht50_robot_yaw_rate_degrees_per_second", Math.toDegrees(velocity.number("omega")));
      }
    }

    // Where a robot has not found itself yet, its coordinates are of no map.
    private void readPosition(Fields position) {
      state("oht50_robot_localization_score", position.number("localizationScore", 0, 1));
      String known = newNames ? "localized" : "positionInitialized";
      if (!position.has(known)) {
        position.missing(known);
      }
      if (position.flag(known) != 1) {
        return;
      }
      String metric = "oht50_robot_position_mm";
      state(metric, position.requireNumber("x") * MM_PER_METER, "axis", "x");
      state(metric, position.requireNumber("y") * MM_PER_METER, "axis", "y");
      state("oht50_robot_yaw_degrees", Math.toDegrees(position.requireNumber("theta")));
    }

    private void readSafety() {
      Fields safety = message.requireObject("safetyState");
      if (safety == null) {
        return;
      }
      readEmergencyStop(safety);
      state("oht50_robot_safety", safety.flag("fieldViolation"), "signal", "field_violation");
    }

    /** A stop that acknowledges itself is told apart, because nobody has to end it. */
    private void readEmergencyStop(Fields safety) {
      VdaWord words = newNames ? VdaWord.ACTIVE_EMERGENCY_STOP : VdaWord.EMERGENCY_STOP;
      int word = words.require(safety, newNames ? "activeEmergencyStop" : "eStop");
      if (word >= 0) {
        String stop = words.labels().get(word);
        state("oht50_robot_safety", stop.equals("none") ? 0 : 1, "signal", "estop");
        state("oht50_robot_safety", stop.equals("autoack") ? 1 : 0, "signal", "estop_autoack");
      }
    }

    private void readStatus() {
      int mode = VdaWord.MODE.require(message, "operatingMode");
      for (int i = 0; mode >= 0 && i < VdaWord.MODE.labels().size(); i++) {
        state("oht50_robot_mode", i == mode ? 1 : 0, "mode", VdaWord.MODE.labels().get(i));
      }
      state(StateKinds.DRIVING, message.flag("driving"));
      readOrder();
      tally("oht50_robot_errors", "level", VdaWord.ERROR_LEVEL, "errorLevel", List.of("errors"));
      tally(
          "oht50_robot_actions",
          "status",
          VdaWord.ACTION_STATUS,
          "actionStatus",
          newNames
              ? List.of("actionStates", "instantActionStates", "zoneActionStates")
              : List.of("actionStates"));
    }

    /** An order is carried out while nodes, edges or actions of it are left. */
    private void readOrder() {
      JsonNode nodes = requireArray("nodeStates");
      JsonNode edges = requireArray("edgeStates");
      JsonNode actions = message.node().path("actionStates");
      if (nodes == null || edges == null || !actions.isArray()) {
        return; // an order of which not all is known
      }
      boolean isOpen = !nodes.isEmpty() || !edges.isEmpty();
      for (JsonNode action : actions) {
        int status = VdaWord.ACTION_STATUS.index(action.path("actionStatus").asText());
        isOpen |= status >= 0 && !VdaWord.hasEnded(status);
      }
      state(StateKinds.MISSION_ACTIVE, isOpen ? 1 : 0);
    }

    private JsonNode requireArray(String field) {
      JsonNode value = message.present(field);
      if (value == null) {
        message.missing(field);
      } else if (!value.isArray()) {
        message.wrongType(field, value, "an array");
        return null;
      }
      return value;
    }

    /** How many elements of the lists have each word; the first list is required. */
    private void tally(
        String metric, String label, VdaWord words, String field, List<String> lists) {
      if (!message.has(lists.get(0))) {
        message.missing(lists.get(0));
        return;
      }
      int[] counts = new int[words.labels().size()];
      for (String list : lists) {
        for (Fields element : message.objects(list)) {
          int word = words.require(element, field);
          if (word >= 0) {
            counts[word]++;
          }
        }
      }
      for (int i = 0; i < counts.length; i++) {
        state(metric, counts[i], label, words.labels().get(i));
      }
    }

    private void state(String metric, double value, String... labels) {
      header.state(groups, metric, value, labels);
    }
  }
}
