package oht50.metrics.simulation;

import oht50.metrics.simulation.life.Countable;

/** What the lives of the first operators are for. */
enum What implements Countable {
  ROCKSDB("scenarios with state in RocksDB"),
  BACKENDS_IN_TURN("scenarios in which state goes from one backend to the other"),
  INPUTS("inputs, replayed ones included"),
  REPEATS("repeats: a message delivered once more, or sent once more"),
  CONFLICTS("a second, different value for one series and time, or one fact"),
  LATE_SAMPLES("samples of minutes that were final"),
  LATE_FACTS("facts of minutes that were final"),
  LATE_EVENTS("events that time had passed"),
  BEYOND_POINTS("points beyond the horizon"),
  BEYOND_FACTS("facts beyond the horizon, by series"),
  BACKFILLS("backfills of windows beyond the horizon, of a series and a day each"),
  REPAIR_QUESTIONS("backfills that ask how far state reaches back"),
  REPAIRED_ROWS("rows that a repair published"),
  REMEMBERED_EVENTS("events beyond the horizon of what was judged before a restart only"),
  SPLIT_BATCHES("batches of several minutes"),
  SILENCES("watermarks half an hour or more after the one before"),
  LOW_WATERMARKS("watermarks behind those before a restart"),
  STANDSTILLS("passes while time stands still"),
  SNAPSHOTS("snapshots"),
  RESTORES("restores"),
  CRASHES("of them after a crash"),
  RESCALES("of them at another parallelism"),
  RECONFIGURED("of them with days of another configured zone"),
  STALE_WRITES("writes of a failed attempt that came after its successor's and lost"),
  EARLY_ROWS("early rows"),
  REGISTRATIONS("registrations of robots, replayed ones included"),
  CUT_ANEW("rows of days that were cut anew"),
  CUT_BEYOND("registrations that came when days had perhaps left state"),
  EXPECTED_OTHERWISE("rows of the catalog that were corrected by a registration"),
  CORRECTIONS("final rows that were corrected"),
  REPLAY_CORRECTIONS("of them by a restart"),
  RAISED("alerts raised"),
  ENDED("alerts ended"),
  WITHDRAWN("alerts withdrawn"),
  REPLACED("alerts that took the place of another");

  private final String text;

  What(String text) {
    this.text = text;
  }

  @Override
  public String text() {
    return text;
  }
}
