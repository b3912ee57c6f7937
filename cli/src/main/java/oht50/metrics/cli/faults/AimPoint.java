package oht50.metrics.cli.faults;

/**
 * Places in the running job at which a task can be caught; {@code planted} knows where they are.
 */
enum AimPoint {
  /** A completed checkpoint's transactions of the alerts topic, before they are committed. */
  ALERTS_COMMIT("alerts-commit", "after a completed checkpoint, before its Kafka commit"),
  /** A completed checkpoint's transitions, before they are in their table. */
  TRANSITIONS_COMMIT("transitions-commit", "after a completed checkpoint, before its table commit"),
  /** Rows of a flush, about to be written. */
  FLUSH("flush", "in a flush, before its statement"),
  /** Rows of a flush, written in a transaction that is still open. */
  OPEN_FLUSH("open-flush", "in a flush, its transaction open"),
  RESTORE("restore", "while state is restored"),
  SAVEPOINT("savepoint", "during a savepoint");

  private final String id;
  private final String words;

  AimPoint(String id, String words) {
    this.id = id;
    this.words = words;
  }

  /** As in the names of files in the aim folder. */
  String id() {
    return id;
  }

  String words() {
    return words;
  }
}
