package oht50.metrics.mission;

/** What is kept for the mission at hand. */
public interface MissionStore {
  /** Null if nothing is kept. */
  MissionLog log();

  /** Null lets it go. */
  void log(MissionLog log);

  /** Asks to be called once the watermark has reached an instant; asking again changes nothing. */
  void wakeAt(long watermark);
}
