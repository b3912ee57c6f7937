package oht50.metrics.source.host;

/** Written by the thread of the task. */
final class SeenCheckpoints implements Checkpoints {
  private volatile long begun = NONE;
  private volatile long completed = NONE;

  void begin(long id) {
    begun = id;
  }

  void complete(long id) {
    completed = Math.max(completed, id);
  }

  @Override
  public long begun() {
    return begun;
  }

  @Override
  public long completed() {
    return completed;
  }
}
