package oht50.metrics.source.kafka;

import java.time.Duration;

/**
 * Connection messages of VDA 5050, versions 2.0, 2.1 and 3.0: whether the robot is connected to its
 * broker. A robot that hibernates is not. The time is that of the message, for the last will of a
 * lost connection too, which some robots fill in when they connect.
 */
public final class VdaConnectionDecoder extends JsonDecoder {
  public VdaConnectionDecoder(Duration maxAhead) {
    super(maxAhead);
  }

  @Override
  void decode(Fields message, Draft draft) {
    VdaHeader header = VdaHeader.read(message, draft);
    if (header == null) {
      return;
    }
    double online = VdaWord.CONNECTION.flag(message, "connectionState", "online");
    SampleGroups groups = new SampleGroups();
    header.state(groups, "oht50_robot_link_up", online, "link", "broker");
    groups.emit(draft);
  }
}
