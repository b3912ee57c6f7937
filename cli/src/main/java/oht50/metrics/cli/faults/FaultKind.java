package oht50.metrics.cli.faults;

/** What is done to a target. */
enum FaultKind {
  /** kill -9; somebody starts it again. */
  KILL("kill"),
  /** STOP, and CONT some seconds later. */
  STOP("stop"),
  /** kill -9, and started again only some seconds later. */
  AWAY("away"),
  /** Its connections are reset and new ones refused for some seconds. */
  CUT("cut"),
  /** Its connections are reset once. */
  BREAK("break"),
  /** Its connections stay open and nothing passes for some seconds. */
  HOLD("hold"),
  /** Its file system has no room for some seconds. */
  DISK_FULL("disk-full"),
  /** All of Flink is killed, and started again only some seconds later. Only by name. */
  OUTAGE("outage"),
  /** Every checkpoint is gone and the job starts from nothing. Only with a planted bug. */
  LOSE_STATE("lose-state"),
  /**
   * Every checkpoint is gone, and every record sent so far: all series begin a new life, which
   * knows nothing of what is stored. What was read before is lost, so it leaves other rows than an
   * undisturbed run. Only with a planted bug.
   */
  LOSE_PAST("lose-past"),
  /** Nothing: the input alone shows a planted bug. */
  NONE("none");

  private final String word;

  FaultKind(String word) {
    this.word = word;
  }

  String word() {
    return word;
  }

  boolean lasts() {
    return switch (this) {
      case STOP, AWAY, CUT, HOLD, DISK_FULL, OUTAGE -> true;
      case KILL, BREAK, LOSE_STATE, LOSE_PAST, NONE -> false;
    };
  }
}
