package oht50.metrics.source.scrape;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.LongSupplier;
import oht50.metrics.source.Decoded;
import oht50.metrics.source.host.Handover;
import org.apache.flink.metrics.Counter;

/**
 * Scrapes targets at their times, in threads of its own. A target is scraped by one thread at a
 * time; a time at which its last scrape has not ended, or no thread is free until the next, is
 * missed and counted. When the job does not read, scrapes wait.
 */
final class ScrapeLoop implements AutoCloseable {
  private final Function<Target, TargetScraper> scrapers;
  private final Handover<Scraped> handover;
  private final LongSupplier clockMillis;
  private final Counter missed;
  private final ScheduledThreadPoolExecutor pool;

  // split -> its target; of the thread of the task
  private final Map<String, Turn> turns = new HashMap<>();

  /**
   * @param missed counts from several threads
   */
  ScrapeLoop(
      int threads,
      Function<Target, TargetScraper> scrapers,
      Handover<Scraped> handover,
      LongSupplier clockMillis,
      Counter missed) {
    this.scrapers = scrapers;
    this.handover = handover;
    this.clockMillis = clockMillis;
    this.missed = missed;
    AtomicInteger number = new AtomicInteger();
    this.pool =
        new ScheduledThreadPoolExecutor(
            threads,
            task -> {
              Thread thread = new Thread(task, "scrape-" + number.getAndIncrement());
              thread.setDaemon(true);
              return thread;
            },
            new ThreadPoolExecutor.DiscardPolicy()); // what is planned while it closes
    pool.setRemoveOnCancelPolicy(true);
    // Threads are made for the first tasks; those of a source without targets would only wait.
    pool.setKeepAliveTime(Duration.ofMinutes(1).toMillis(), TimeUnit.MILLISECONDS);
    pool.allowCoreThreadTimeOut(true);
  }

  /** Scrapes a target from its next time on. One that is scraped already goes on, as said anew. */
  void begin(Target target) {
    Turn before = turns.get(target.id());
    if (before != null && before.target.equals(target)) {
      return;
    }
    if (before != null) {
      before.stop();
    }
    Turn turn = new Turn(target);
    turns.put(target.id(), turn);
    turn.plan(turn.slots.after(clockMillis.getAsLong()));
  }

  /** Ends the series of a target, and scrapes it no more. */
  void end(Target target) {
    Turn turn = turns.remove(target.id());
    Turn ending = turn == null ? new Turn(target) : turn;
    ending.stop();
    pool.execute(ending::end);
  }

  /** Does not wait for scrapes under way: they end with their timeout, and nobody listens. */
  @Override
  public void close() {
    pool.shutdownNow();
  }

  /** A target at its times. */
  private final class Turn {
    private final Target target;
    private final TargetScraper scraper;
    private final Slots slots;

    private volatile boolean over;
    private volatile ScheduledFuture<?> upcoming;
    private long planned;

    private Turn(Target target) {
      this.target = target;
      this.scraper = scrapers.apply(target);
      this.slots = new Slots(target.hash(), target.intervalMillis());
    }

    private void plan(long slot) {
      planned = slot;
      upcoming =
          pool.schedule(
              this::scrape, Math.max(0, slot - clockMillis.getAsLong()), TimeUnit.MILLISECONDS);
    }

    private void stop() {
      over = true; // also for a scrape under way, which plans another
      ScheduledFuture<?> last = upcoming;
      if (last != null) {
        last.cancel(false);
      }
    }

    private synchronized void scrape() {
      if (over) {
        return;
      }
      try {
        long slot = Math.max(planned, slots.latest(clockMillis.getAsLong()));
        Decoded decoded = scraper.scrape(slot);
        handover.put(new Scraped(decoded, null, null));
        long next = slots.after(Math.max(slot, clockMillis.getAsLong()));
        missed.inc((next - planned) / target.intervalMillis() - 1);
        plan(next);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt(); // the loop is being closed
      } catch (RuntimeException | Error e) {
        fail(e);
      }
    }

    private synchronized void end() {
      try {
        handover.put(new Scraped(scraper.end(clockMillis.getAsLong()), target.id(), null));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } catch (RuntimeException | Error e) {
        fail(e);
      }
    }

    private void fail(Throwable failure) {
      try {
        handover.put(new Scraped(null, null, failure));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
