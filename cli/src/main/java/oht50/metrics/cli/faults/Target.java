package oht50.metrics.cli.faults;

/** What a fault befalls. */
enum Target {
  JOB_MANAGER("jobManager"),
  TASK_MANAGER("taskManager"),
  KAFKA("kafka"),
  POSTGRES("postgres"),
  /** The file system of the checkpoints. */
  CHECKPOINTS("checkpoints");

  private final String word;

  Target(String word) {
    this.word = word;
  }

  /** As in the pids of {@code status}. */
  String word() {
    return word;
  }
}
