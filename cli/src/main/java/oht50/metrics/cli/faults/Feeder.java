package oht50.metrics.cli.faults;

import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import oht50.metrics.cli.KafkaSender;

/**
 * Sends the ticks of the input, in order, up to where it is allowed to go. The nearer it comes to
 * that place, the slower: during an action of any length something is still being sent.
 */
final class Feeder implements AutoCloseable {
  private final KafkaSender sender;
  private final List<List<CampaignInput.Line>> ticks;
  private final Thread thread = new Thread(this::run, "feeder");
  private final AtomicReference<Exception> failure = new AtomicReference<>();

  private int sent;
  private int begun;
  private int limit;
  private boolean hurry;
  private boolean closed;

  private Feeder(String bootstrapServers, List<List<CampaignInput.Line>> ticks) {
    this.ticks = ticks;
    sender = KafkaSender.to(bootstrapServers);
  }

  static Feeder start(String bootstrapServers, List<List<CampaignInput.Line>> ticks) {
    Feeder feeder = new Feeder(bootstrapServers, ticks);
    feeder.thread.setDaemon(true);
    feeder.thread.start();
    return feeder;
  }

  /** Lets it go on to a place, slowly. */
  synchronized void allow(int upTo) {
    begun = sent;
    limit = Math.min(upTo, ticks.size());
    hurry = false;
    notifyAll();
  }

  /** Returns when Kafka has everything up to a place. */
  void finish(int upTo) throws InterruptedException {
    synchronized (this) {
      limit = Math.min(upTo, ticks.size());
      hurry = true;
      notifyAll();
      while (sent < limit) {
        throwFailure();
        wait(500);
      }
    }
    sender.flush();
    throwFailure();
  }

  /** One line more, outside the input. */
  void send(CampaignInput.Line line) {
    sender.send(line.topic(), line.key(), line.value());
  }

  private void run() {
    try {
      for (int tick = next(); tick >= 0; tick = next()) {
        ticks.get(tick).forEach(this::send);
        synchronized (this) {
          sent++;
          notifyAll();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      failure.compareAndSet(null, e);
    }
  }

  /** Waits until a tick is due; its number, or -1 at the end. */
  private synchronized int next() throws InterruptedException {
    long due = System.nanoTime() + pauseMillis() * 1_000_000;
    while (!closed) {
      long left = (due - System.nanoTime()) / 1_000_000;
      if (sent < limit && (hurry || left <= 0)) {
        return sent;
      }
      wait(sent < limit ? Math.max(1, left) : 500);
    }
    return -1;
  }

  // Half of what is allowed in 6 s, a quarter in 15 s, the last quarter in a minute.
  private long pauseMillis() {
    int allowed = Math.max(1, limit - begun);
    double done = (double) (sent - begun) / allowed;
    double factor = 40.0 / allowed;
    return (long) (factor * (done < 0.5 ? 300 : done < 0.75 ? 1_500 : 6_000));
  }

  private void throwFailure() {
    Exception first = failure.get();
    if (first != null) {
      throw new IllegalStateException("the input could not be sent: " + first.getMessage(), first);
    }
  }

  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      notifyAll();
    }
    sender.close();
  }
}
