package oht50.metrics.simulation.life;

/** Something that has to happen for a simulation to be worth its time. */
public interface Countable {
  /** For people. */
  String text();
}
