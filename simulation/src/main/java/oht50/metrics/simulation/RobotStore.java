package oht50.metrics.simulation;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import oht50.metrics.model.Event;
import oht50.metrics.rule.IssuedAlert;
import oht50.metrics.rule.SequenceStore;
import oht50.metrics.wire.Codecs;
import oht50.metrics.wire.StateBytes;

/** A store of one robot in lists, with the wake-ups that have to be delivered. */
final class RobotStore implements SequenceStore {
  private final TreeSet<Long> wakeUps = new TreeSet<>();
  private List<Event> events = new ArrayList<>();
  private List<IssuedAlert> issued = List.of();
  private boolean isJudgedSinceStart;

  /** Watermarks asked for; whoever delivers one takes it out. */
  TreeSet<Long> wakeUps() {
    return wakeUps;
  }

  /** Whether nobody has asked since the robot's state was made or restored. */
  boolean isFirstSinceStart() {
    boolean isFirst = !isJudgedSinceStart;
    isJudgedSinceStart = true;
    return isFirst;
  }

  boolean isEmpty() {
    return wakeUps.isEmpty() && events.isEmpty() && issued.isEmpty();
  }

  @Override
  public List<Event> events() {
    return new ArrayList<>(events);
  }

  @Override
  public void append(Event event) {
    events.add(event);
  }

  @Override
  public void events(List<Event> value) {
    events = new ArrayList<>(value);
  }

  @Override
  public List<IssuedAlert> issued() {
    return issued;
  }

  @Override
  public void issued(List<IssuedAlert> value) {
    issued = value;
  }

  @Override
  public void wakeAt(long watermark) {
    wakeUps.add(watermark);
  }

  void write(DataOutput to) throws IOException {
    StateBytes.writeInstants(wakeUps, to);
    StateBytes.writeList(events, new Codecs.EventCodec(), to);
    StateBytes.writeList(issued, new IssuedAlert.BinaryForm(), to);
  }

  static RobotStore read(DataInput from) throws IOException {
    RobotStore robot = new RobotStore();
    StateBytes.readInstants(from, robot.wakeUps);
    robot.events = StateBytes.readList(new Codecs.EventCodec(), from);
    robot.issued = StateBytes.readList(new IssuedAlert.BinaryForm(), from);
    return robot;
  }
}
