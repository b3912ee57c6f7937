package oht50.metrics.client;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import oht50.metrics.client.PointRecord.Point;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Records metric points and sends them to Kafka, 1,000 at a time or after 60 s. Any thread may
 * record; none of them waits for Kafka.
 *
 * <p>A point that was taken is kept until Kafka has acknowledged it, however long that takes. When
 * Kafka is away for so long that the points that wait are as much as they may be, further ones are
 * refused with {@link MetricsRefused}; nothing is dropped in silence. {@link #close} sends the rest
 * and says with {@link MetricsNotDelivered} what did not get there in time. A point may be sent
 * twice, which changes no result.
 */
public final class MetricsClient implements AutoCloseable {
  private static final Duration PATIENCE_AT_CLOSE = Duration.ofSeconds(30);
  private static final Duration PAUSE_BETWEEN_TRIES = Duration.ofMillis(200);

  /** Where sending happens: one thing after another, outside of the callers' threads. */
  interface Sending {
    void execute(Runnable work);

    /** Ends it; what runs may go on for a moment. */
    void stop();
  }

  private final Producer<byte[], byte[]> producer;
  private final MetricsClientOptions options;
  private final Clock clock;
  private final Sending sending;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  // All below under the lock.
  private final PointTimes times = new PointTimes();
  private final Deque<PointRecord> toSendAgain = new ArrayDeque<>();
  private List<Point> buffer = new ArrayList<>();
  private long bufferedSince;
  private int waitingPoints;
  private long waitingBytes;
  private boolean sendingSoon;
  private Exception lastFailure;
  private boolean closed;

  MetricsClient(
      Producer<byte[], byte[]> producer,
      MetricsClientOptions options,
      Clock clock,
      Sending sending) {
    this.producer = producer;
    this.options = options;
    this.clock = clock;
    this.sending = sending;
  }

  /** A client with the standard options; {@code bootstrapServers} are {@code host:port,…}. */
  public static MetricsClient to(String bootstrapServers) {
    Properties properties = new Properties();
    properties.setProperty("bootstrap.servers", bootstrapServers);
    return to(properties, MetricsClientOptions.STANDARD);
  }

  /**
   * @param properties of the Kafka producer: servers, security; what makes it lose records is not
   *     taken over
   */
  public static MetricsClient to(Properties properties, MetricsClientOptions options) {
    Properties all = new Properties();
    all.setProperty("client.id", "oht50-metrics-client");
    all.setProperty("compression.type", "gzip");
    all.setProperty("max.block.ms", "5000");
    properties.stringPropertyNames().forEach(p -> all.setProperty(p, properties.getProperty(p)));
    all.setProperty("acks", "all");
    all.setProperty("enable.idempotence", "true");
    Producer<byte[], byte[]> producer =
        new KafkaProducer<>(all, new ByteArraySerializer(), new ByteArraySerializer());
    SenderThread thread = new SenderThread();
    MetricsClient client = new MetricsClient(producer, options, Clock.systemUTC(), thread);
    thread.callEvery(options.flushInterval().dividedBy(20), client::tick);
    return client;
  }

  /** A gauge without labels. */
  public void recordMetric(String name, double value) {
    recordMetric(name, value, Map.of(), MetricType.GAUGE);
  }

  /**
   * Records a point of now. The second point of a series in one millisecond has the next one's
   * time.
   *
   * @param labels names and values; an empty value is the same as no label
   * @throws IllegalArgumentException if its readers would reject the point: a name that is none, a
   *     value that is not finite, a negative counter, more than 16 KiB
   * @throws MetricsRefused if too much waits for Kafka
   * @throws IllegalStateException if the client is closed
   */
  public void recordMetric(String name, double value, Map<String, String> labels, MetricType type) {
    PointJson point = PointJson.of(name, value, labels, type);
    String series = point.series();
    lock.lock();
    try {
      if (closed) {
        throw new IllegalStateException("the client is closed");
      }
      long now = clock.millis();
      byte[] json = point.at(now);
      if (waitingBytes + json.length > options.maxWaitingBytes()) {
        throw new MetricsRefused(
            waitingPoints + " points (" + waitingBytes + " bytes) wait for Kafka", lastFailure);
      }
      long time = times.next(series, now);
      add(new Point(name, time == now ? json : point.at(time)), now);
    } finally {
      lock.unlock();
    }
  }

  private void add(Point point, long now) {
    if (buffer.isEmpty()) {
      bufferedSince = now;
    }
    buffer.add(point);
    waitingPoints++;
    waitingBytes += point.json().length;
    if (buffer.size() >= options.bufferPoints()) {
      sendSoon();
    }
  }

  /** Hands all points that wait to Kafka, without waiting for its answers. */
  public void flush() {
    lock.lock();
    try {
      sendSoon();
    } finally {
      lock.unlock();
    }
  }

  /** Sends if the oldest point has waited for long enough, or something failed before. */
  void tick() {
    lock.lock();
    try {
      boolean due =
          !buffer.isEmpty() && clock.millis() - bufferedSince >= options.flushInterval().toMillis();
      if (due || !toSendAgain.isEmpty()) {
        sendSoon();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Sends the rest and waits for up to 30 s. */
  @Override
  public void close() {
    close(PATIENCE_AT_CLOSE);
  }

  /**
   * Takes no more points, sends the rest, and waits until Kafka has all of them.
   *
   * @throws MetricsNotDelivered if it has not when the time is over
   */
  public void close(Duration patience) {
    long deadline = System.nanoTime() + patience.toNanos();
    lock.lock();
    try {
      if (closed) {
        return;
      }
      closed = true;
      sendSoon();
      awaitAnswers(deadline);
    } finally {
      lock.unlock();
    }
    sending.stop();
    producer.close(Duration.ofNanos(Math.max(0, deadline - System.nanoTime())));
    lock.lock();
    try {
      if (waitingPoints > 0) {
        throw new MetricsNotDelivered(waitingPoints, lastFailure);
      }
    } finally {
      lock.unlock();
    }
  }

  private void awaitAnswers(long deadline) {
    long left = deadline - System.nanoTime();
    while (waitingPoints > 0 && left > 0) {
      try {
        if (changed.awaitNanos(Math.min(left, PAUSE_BETWEEN_TRIES.toNanos())) <= 0
            && !toSendAgain.isEmpty()) {
          sendSoon();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return; // what did not get there is said as at the deadline
      }
      left = deadline - System.nanoTime();
    }
  }

  // Under the lock.
  private void sendSoon() {
    if (!sendingSoon) {
      sendingSoon = true;
      sending.execute(this::send);
    }
  }

  private void send() {
    List<PointRecord> records = new ArrayList<>();
    lock.lock();
    try {
      sendingSoon = false;
      records.addAll(toSendAgain);
      toSendAgain.clear();
      records.addAll(PointRecord.of(buffer));
      buffer = new ArrayList<>();
    } finally {
      lock.unlock();
    }
    for (int i = 0; i < records.size(); i++) {
      if (!send(records.get(i))) {
        // The others would wait for the same thing, one after another.
        keep(records.subList(i + 1, records.size()));
        return;
      }
    }
  }

  /** False if Kafka cannot be asked now. */
  private boolean send(PointRecord record) {
    Answer answer = new Answer(record);
    try {
      Future<RecordMetadata> ignored =
          producer.send(
              new ProducerRecord<>(options.topic(), record.key(), record.value()), answer);
    } catch (RuntimeException e) {
      answer.onCompletion(null, e);
    }
    return !answer.hasFailed();
  }

  /** The first that Kafka, or its client, says about a record. */
  private final class Answer implements Callback {
    private final PointRecord record;
    // Both under the lock.
    private boolean answered;
    private boolean failed;

    private Answer(PointRecord record) {
      this.record = record;
    }

    @Override
    public void onCompletion(RecordMetadata metadata, Exception failure) {
      lock.lock();
      try {
        if (answered) {
          return;
        }
        answered = true;
        failed = failure != null;
        lastFailure = failure;
        if (failed) {
          toSendAgain.add(record);
        } else {
          waitingPoints -= record.points();
          waitingBytes -= record.bytes();
        }
        changed.signalAll();
      } finally {
        lock.unlock();
      }
    }

    private boolean hasFailed() {
      lock.lock();
      try {
        return failed;
      } finally {
        lock.unlock();
      }
    }
  }

  private void keep(List<PointRecord> records) {
    lock.lock();
    try {
      toSendAgain.addAll(records);
    } finally {
      lock.unlock();
    }
  }

  /** A thread of its own that does not keep the program alive. */
  private static final class SenderThread implements Sending {
    private final ScheduledExecutorService thread =
        Executors.newSingleThreadScheduledExecutor(
            work -> {
              Thread daemon = new Thread(work, "oht50-metrics-client");
              daemon.setDaemon(true);
              return daemon;
            });

    void callEvery(Duration pause, Runnable work) {
      Future<?> ignored =
          thread.scheduleWithFixedDelay(
              work, pause.toNanos(), pause.toNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public void execute(Runnable work) {
      thread.execute(work);
    }

    @Override
    public void stop() {
      thread.shutdown();
    }
  }
}
