package oht50.metrics.source.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import oht50.metrics.source.Emitted;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.core.io.InputStatus;
import org.apache.flink.metrics.SimpleCounter;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;

class PollingSourceTest {
  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  private final Handover<String> handover = new Handover<>(2);
  private final SeenCheckpoints checkpoints = new SeenCheckpoints();
  private final PollCounters counters =
      new PollCounters(new SimpleCounter(), new SimpleCounter(), new SimpleCounter());
  private final ByHand worker = new ByHand();
  private final ArrayDeque<Object> answers = new ArrayDeque<>();
  private int opened;
  private int closed;
  private long nanos;

  /** A worker that runs what it was given when the test says so. */
  private static final class ByHand extends AbstractExecutorService {
    private final ArrayDeque<Runnable> tasks = new ArrayDeque<>();
    private boolean shutdown;

    void runAll() {
      while (!tasks.isEmpty()) {
        tasks.poll().run();
      }
    }

    @Override
    public void execute(Runnable task) {
      tasks.add(task);
    }

    @Override
    public void shutdown() {
      shutdown = true;
    }

    @Override
    public List<Runnable> shutdownNow() {
      shutdown = true;
      return List.of();
    }

    @Override
    public boolean isShutdown() {
      return shutdown;
    }

    @Override
    public boolean isTerminated() {
      return shutdown;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
      return true;
    }
  }

  /** Answers in turn; an exception is thrown. */
  private final class Scripted implements Poller<String> {
    @Override
    public String poll() throws Exception {
      Object answer = answers.remove();
      if (answer instanceof Exception failure) {
        throw failure;
      }
      return (String) answer;
    }

    @Override
    public void close() {
      closed++;
    }
  }

  private final PollLoop<String> loop =
      new PollLoop<>(
          "test",
          () -> {
            opened++;
            return new Scripted();
          },
          TIMEOUT,
          handover,
          counters,
          () -> nanos,
          worker);

  private void tickAndRun(Object answer) {
    answers.add(answer);
    loop.tick();
    worker.runAll();
  }

  @Test
  void anAnswerIsHandedOver() {
    tickAndRun("a");

    assertThat(handover.poll()).isEqualTo("a");
  }

  @Test
  void aPollThatFailsIsCountedAndThePollerOpenedAnew() {
    tickAndRun(new IllegalStateException("no sensor"));
    tickAndRun("b");

    assertThat(handover.poll()).isEqualTo("b");
    assertThat(counters.failed().getCount()).isEqualTo(1);
    assertThat(opened).isEqualTo(2);
    assertThat(closed).isEqualTo(1);
  }

  @Test
  void aPollThatHangsIsGivenUpOnceAndItsAnswerIgnored() {
    answers.add("too late");
    loop.tick();
    nanos = TIMEOUT.toNanos();
    loop.tick();
    assertThat(counters.timedOut().getCount()).isZero();

    nanos++;
    loop.tick();
    loop.tick();
    assertThat(counters.timedOut().getCount()).isEqualTo(1);

    worker.runAll();
    assertThat(handover.isEmpty()).isTrue();
    tickAndRun("in time");
    assertThat(handover.poll()).isEqualTo("in time");
  }

  @Test
  void whatTheJobDoesNotReadIsDroppedAndCounted() {
    tickAndRun("a");
    tickAndRun("b");
    tickAndRun("c");

    assertThat(counters.dropped().getCount()).isEqualTo(1);
    assertThat(handover.poll()).isEqualTo("a");
  }

  @Test
  void closingDoesNotWaitAndClosesThePollerInItsThread() {
    tickAndRun("a");

    loop.close();
    loop.close();
    assertThat(closed).isZero();
    worker.runAll();

    assertThat(closed).isEqualTo(1);
  }

  @Test
  void theTaskWaitsByAFuture() {
    CompletableFuture<Void> available = handover.available();
    assertThat(available).isNotDone();

    handover.offer("a");
    assertThat(available).isDone();
    assertThat(handover.available()).isDone();

    handover.poll();
    assertThat(handover.available()).isNotDone();
    assertThat(handover.poll()).isNull();
  }

  @Test
  void theReaderEmitsWhatIsThereAndNoMore() {
    PollingReader<String> reader = new PollingReader<>(handover, checkpoints, () -> {}, () -> {});
    Emitted<String> output = new Emitted<>();
    handover.offer("a");
    handover.offer("b");

    assertThat(reader.pollNext(output)).isEqualTo(InputStatus.MORE_AVAILABLE);
    assertThat(reader.pollNext(output)).isEqualTo(InputStatus.NOTHING_AVAILABLE);
    assertThat(reader.pollNext(output)).isEqualTo(InputStatus.NOTHING_AVAILABLE);

    assertThat(output.elements()).containsExactly("a", "b");
    assertThat(reader.isAvailable()).isNotDone();
  }

  @Test
  void aSplitFromStateAndFromTheEnumeratorStartsOneLoop() {
    List<String> starts = new ArrayList<>();
    PollingReader<String> reader =
        new PollingReader<>(
            handover, checkpoints, () -> starts.add("start"), () -> starts.add("close"));
    assertThat(reader.snapshotState(1)).isEmpty();

    reader.addSplits(List.of(PollingSplit.ONLY));
    reader.addSplits(List.of(PollingSplit.ONLY));

    assertThat(starts).containsExactly("start");
    assertThat(reader.snapshotState(2)).containsExactly(PollingSplit.ONLY);
    reader.close();
    assertThat(starts).containsExactly("start", "close");
  }

  @Test
  void aPollerKnowsWhatHasBecomeOfCheckpoints() {
    PollingReader<String> reader = new PollingReader<>(handover, checkpoints, () -> {}, () -> {});
    assertThat(checkpoints.begun()).isEqualTo(Checkpoints.NONE);
    assertThat(checkpoints.completed()).isEqualTo(Checkpoints.NONE);

    reader.snapshotState(7);
    assertThat(checkpoints.begun()).isEqualTo(7);
    assertThat(checkpoints.completed()).isEqualTo(Checkpoints.NONE);

    reader.notifyCheckpointComplete(7);
    reader.snapshotState(8);
    reader.notifyCheckpointComplete(6);
    assertThat(checkpoints.begun()).isEqualTo(8);
    assertThat(checkpoints.completed()).isEqualTo(7);
  }

  @Test
  void theSplitIsAssignedOnce() {
    Assignments context = new Assignments();
    PollingEnumerator enumerator = new PollingEnumerator(context, new PollingState(false));

    enumerator.addReader(1);
    enumerator.addReader(0);

    assertThat(context.readers).containsExactly(1);
    assertThat(enumerator.snapshotState(1)).isEqualTo(new PollingState(true));
  }

  @Test
  void aRestoredEnumeratorDoesNotAssignAgain() throws Exception {
    Assignments context = new Assignments();
    PollingState.Serializer serializer = new PollingState.Serializer();
    PollingState state = serializer.deserialize(1, serializer.serialize(new PollingState(true)));

    new PollingEnumerator(context, state).addReader(0);

    assertThat(context.readers).isEmpty();
  }

  @Test
  void aSplitThatCameBackIsAssignedAgain() {
    Assignments context = new Assignments();
    PollingEnumerator enumerator = new PollingEnumerator(context, new PollingState(false));
    enumerator.addReader(0);

    enumerator.addSplitsBack(List.of(PollingSplit.ONLY), 0);
    enumerator.addReader(0);

    assertThat(context.readers).containsExactly(0, 0);
  }

  @Test
  void formsOfNewerVersionsAreRefused() {
    assertThatThrownBy(() -> new PollingState.Serializer().deserialize(2, new byte[1]))
        .hasMessageContaining("version 2");
    assertThatThrownBy(() -> new PollingSplit.Serializer().deserialize(2, new byte[0]))
        .hasMessageContaining("version 2");
  }

  @Test
  void theSourceIsSerializableAndItsSettingsAreChecked() throws Exception {
    InstantiationUtil.clone(
        new PollingSource<>(
            "clock", ClockTicks.ofThisMachine(), Duration.ofSeconds(1), TIMEOUT, Types.LONG));
    assertThatThrownBy(
            () ->
                new PollingSource<>(
                    "clock", ClockTicks.ofThisMachine(), Duration.ZERO, TIMEOUT, Types.LONG))
        .hasMessageContaining("at least 1 ms");
    assertThat(new ClockTicks(() -> 7).poll()).isEqualTo(7);
  }
}
