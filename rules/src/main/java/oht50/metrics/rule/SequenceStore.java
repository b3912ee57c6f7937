package oht50.metrics.rule;

import java.util.List;
import oht50.metrics.model.Event;

/** What is kept for the robot at hand. */
public interface SequenceStore {
  /** The robot's events, each fact once, as a list that the caller may change. */
  List<Event> events();

  /** Adds to the events, without reading them. */
  void append(Event event);

  /** Takes the place of all events. */
  void events(List<Event> events);

  List<IssuedAlert> issued();

  void issued(List<IssuedAlert> issued);

  /** Asks to be called once the watermark has reached an instant; asking again changes nothing. */
  void wakeAt(long watermark);
}
