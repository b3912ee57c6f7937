package oht50.metrics.source.host;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Polls in a thread of its own, at an interval kept by another, and hands the answers over. A poll
 * that takes too long is interrupted and its answer ignored; until it has returned no other begins,
 * so a poll that hangs for ever costs one thread and no more.
 */
final class PollLoop<T> implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PollLoop.class);

  private final String name;
  private final Callable<Poller<T>> opening;
  private final Handover<T> handover;
  private final PollCounters counters;
  private final long timeoutNanos;
  private final LongSupplier nanoClock;
  private final ExecutorService worker;

  private ScheduledExecutorService ticker;
  private ScheduledFuture<?> ticking;

  // Of the thread that polls.
  private Poller<T> poller;

  // Written by the thread that ticks.
  private volatile Attempt running;

  PollLoop(
      String name,
      Callable<Poller<T>> opening,
      Duration timeout,
      Handover<T> handover,
      PollCounters counters) {
    this(
        name,
        opening,
        timeout,
        handover,
        counters,
        System::nanoTime,
        Executors.newSingleThreadExecutor(daemon(name + "-poll")));
  }

  PollLoop(
      String name,
      Callable<Poller<T>> opening,
      Duration timeout,
      Handover<T> handover,
      PollCounters counters,
      LongSupplier nanoClock,
      ExecutorService worker) {
    this.name = name;
    this.opening = opening;
    this.timeoutNanos = timeout.toNanos();
    this.handover = handover;
    this.counters = counters;
    this.nanoClock = nanoClock;
    this.worker = worker;
  }

  void start(Duration interval) {
    ticker = Executors.newSingleThreadScheduledExecutor(daemon(name + "-ticker"));
    ticking = ticker.scheduleAtFixedRate(this::tick, 0, interval.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Begins a poll, unless one is running: that one is given up once it has taken too long. */
  void tick() {
    Attempt last = running;
    if (last == null || last.done) {
      Attempt next = new Attempt(nanoClock.getAsLong());
      running = next;
      worker.execute(next);
    } else if (!last.givenUp && nanoClock.getAsLong() - last.since > timeoutNanos) {
      last.giveUp();
      counters.timedOut().inc();
      LOG.warn("{}: a poll takes longer than {} ms", name, timeoutNanos / 1_000_000);
    }
  }

  /** Does not wait: a poll that hangs must not hold up the task that is being cancelled. */
  @Override
  public void close() {
    if (worker.isShutdown()) {
      return;
    }
    if (ticker != null) {
      ticking.cancel(false);
      ticker.shutdown();
    }
    worker.execute(this::closePoller);
    worker.shutdown();
    Attempt last = running;
    if (last != null && !last.done) {
      last.giveUp();
    }
  }

  private void closePoller() {
    if (poller == null) {
      return;
    }
    try {
      poller.close();
    } catch (RuntimeException e) {
      LOG.warn("{}: closing the poller failed", name, e);
    } finally {
      poller = null;
    }
  }

  private static ThreadFactory daemon(String name) {
    return task -> {
      Thread thread = new Thread(task, name);
      thread.setDaemon(true);
      return thread;
    };
  }

  /** One poll. */
  private final class Attempt implements Runnable {
    private final long since;
    private volatile boolean done;
    private volatile boolean givenUp;
    private volatile Thread thread;

    private Attempt(long since) {
      this.since = since;
    }

    @Override
    public void run() {
      thread = Thread.currentThread();
      Thread.interrupted(); // of an attempt that was given up as it ended
      try {
        if (poller == null) {
          poller = opening.call();
        }
        T answer = poller.poll();
        if (!givenUp && !handover.offer(answer)) {
          counters.dropped().inc();
        }
      } catch (Exception | LinkageError e) {
        // Native code that cannot be loaded is an Error, and no reason to fail the job either.
        counters.failed().inc();
        LOG.warn("{}: a poll failed", name, e);
        closePoller();
      } finally {
        thread = null;
        done = true;
      }
    }

    private void giveUp() {
      givenUp = true;
      Thread polling = thread;
      if (polling != null) {
        polling.interrupt();
      }
    }
  }
}
