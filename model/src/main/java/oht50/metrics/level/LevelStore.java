package oht50.metrics.level;

/** What is kept for the level at hand. */
public interface LevelStore {
  /** Null if nothing is kept. */
  LevelLog log();

  void log(LevelLog log);
}
