package oht50.metrics.job.scenario;

import java.util.ArrayList;
import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;

/**
 * What an operator published of each input, in one way of running it.
 *
 * @param attempted input -> what was published when it was taken in, failed attempts included
 * @param committed the same without failed attempts
 * @param stateEntries entries in keyed state at the end; 0 where they cannot be counted
 * @param timers set at the end
 */
record Run(
    List<List<Object>> attempted, List<List<Object>> committed, int stateEntries, int timers) {

  static <K, I, O> Run of(Subject<K, I, O> subject, List<Input<I>> inputs, Way way)
      throws Exception {
    return new Execution<>(subject, inputs, way).run();
  }

  /** Everything in order, failed attempts included. */
  List<Object> all() {
    return attempted.stream().flatMap(List::stream).toList();
  }

  /** Everything in order, without failed attempts. */
  List<Object> allCommitted() {
    return committed.stream().flatMap(List::stream).toList();
  }

  private static final class Execution<K, I, O> {
    private final Subject<K, I, O> subject;
    private final List<Input<I>> inputs;
    private final Way way;
    private final List<List<Object>> attempted = new ArrayList<>();
    private final List<List<Object>> committed = new ArrayList<>();
    private Subtasks<K, I, O> subtasks;
    private long checkpoint;
    private Input<I> reached; // the newest watermark

    Execution(Subject<K, I, O> subject, List<Input<I>> inputs, Way way) {
      this.subject = subject;
      this.inputs = inputs;
      this.way = way;
    }

    Run run() throws Exception {
      inputs.forEach(input -> attempted.add(new ArrayList<>()));
      inputs.forEach(input -> committed.add(new ArrayList<>()));
      subtasks = new Subtasks<>(subject, way.backend(), way.parallelism().applyAsInt(0), null, 0);
      OperatorSubtaskState before = subtasks.snapshot(++checkpoint);
      Input<I> reachedBefore = null;
      int since = 0; // first input since that snapshot
      for (int i = 0; i < inputs.size(); i++) {
        take(i);
        if ((i + 1) % way.restartsEvery() != 0) {
          continue;
        }
        if (way.crashes()) {
          reached = reachedBefore;
          restart(before, i + 1);
          for (int again = since; again <= i; again++) {
            take(again);
          }
          before = subtasks.snapshot(++checkpoint);
          reachedBefore = reached;
          since = i + 1;
        } else {
          restart(subtasks.snapshot(++checkpoint), i + 1);
        }
      }
      int entries = way.backend() == Way.Backend.HEAP ? subtasks.stateEntries() : 0;
      int timers = subtasks.timers();
      subtasks.close();
      return new Run(attempted, committed, entries, timers);
    }

    private void take(int input) throws Exception {
      List<Object> published = subtasks.take(inputs.get(input));
      attempted.get(input).addAll(published);
      committed.get(input).clear();
      committed.get(input).addAll(published);
      if (inputs.get(input) instanceof Input.Mark<I>) {
        reached = inputs.get(input);
      }
    }

    private void restart(OperatorSubtaskState from, int done) throws Exception {
      int old = subtasks.parallelism();
      subtasks.close();
      subtasks =
          new Subtasks<>(subject, way.backend(), way.parallelism().applyAsInt(done), from, old);
      if (way.repeatsWatermark() && reached != null) {
        List<Object> published = subtasks.take(reached);
        attempted.get(done - 1).addAll(published);
        committed.get(done - 1).addAll(published);
      }
    }
  }
}
