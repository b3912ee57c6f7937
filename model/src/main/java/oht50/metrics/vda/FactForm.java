package oht50.metrics.vda;

import java.util.List;
import oht50.metrics.fact.RobotFact;
import oht50.metrics.mission.MissionFact;
import oht50.metrics.model.Event;
import oht50.metrics.model.EventKind;
import oht50.metrics.model.Hash64;
import oht50.metrics.model.Labels;
import oht50.metrics.model.MetricKind;
import oht50.metrics.model.Occurrence;
import oht50.metrics.model.Position;
import oht50.metrics.model.Series;
import oht50.metrics.model.SeriesLayout;

/**
 * What follows from states, in the words of all facts. The mission's id is {@code
 * manufacturer/serialNumber/orderId}: an order's id is unique for its robot only. Its type is
 * {@code order}.
 */
final class FactForm {
  private static final String MISSION_TYPE = "order";

  private final String topic;

  FactForm(String topic) {
    this.topic = topic;
  }

  Issue issue(String robot, long sourceId, long offset) {
    return new Issue(robot, new Position(topic, (int) sourceId, offset));
  }

  /** What is published for one reason. */
  record Issue(String robot, Position position) {
    void send(DerivedFact fact, boolean isWithdrawn, ReportOutput out) {
      Event event = event(fact, isWithdrawn);
      out.event(event);
      if (fact.isOfMission()) {
        out.fact(RobotFact.of(RobotFact.Domain.MISSION, event, List.of(), List.of()));
        out.fact(RobotFact.of(missionFact(fact, isWithdrawn)));
      } else {
        out.fact(
            RobotFact.of(RobotFact.Domain.SAFETY, event, counted(event, isWithdrawn), List.of()));
      }
    }

    private Event event(DerivedFact fact, boolean isWithdrawn) {
      return new Event(
          fact.isOfMission() ? EventKind.MISSION : EventKind.SAFETY,
          fact.isOfMission() ? robot + '/' + fact.id() : "vda5050/" + robot + '/' + fact.id(),
          robot,
          fact.isOfMission() ? MISSION_TYPE : fact.type(),
          fact.severity(),
          fact.isOfMission() ? fact.status().word() : null,
          false,
          fact.timestamp(),
          fact.isOfMission() ? fact.order() : fact.detail() == null ? fact.type() : fact.detail(),
          position,
          isWithdrawn);
    }

    private MissionFact missionFact(DerivedFact fact, boolean isWithdrawn) {
      return new MissionFact(
          robot + '/' + fact.order(),
          fact.status(),
          fact.timestamp(),
          robot,
          MISSION_TYPE,
          null,
          position.sourceId(),
          position.offset(),
          isWithdrawn ? MissionFact.Standing.WITHDRAWN : MissionFact.Standing.COUNTS);
    }

    /** One more, unless it says that the robot is well. */
    private List<Occurrence> counted(Event event, boolean isWithdrawn) {
      if (event.severity() == null) {
        return List.of();
      }
      Series series =
          Series.of(
              "oht50_safety_events_total",
              Labels.of("robot_id", robot, "severity", event.severity(), "type", event.type()),
              MetricKind.DELTA);
      return List.of(
          new Occurrence(
              SeriesLayout.of(series),
              Hash64.id(event.id()),
              event.timestamp(),
              position.sourceId(),
              position.offset(),
              isWithdrawn));
    }
  }
}
