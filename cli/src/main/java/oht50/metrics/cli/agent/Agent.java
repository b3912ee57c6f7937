package oht50.metrics.cli.agent;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import oht50.metrics.cli.RootCause;
import oht50.metrics.source.host.HostSeries.Sample;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;

/**
 * Reads a machine and sends each reading to Kafka, the machine's name as key. While Kafka is away
 * the newest readings are kept, and that is said once; when it is back they are sent first. A
 * reading may be sent twice, which changes no result.
 */
public final class Agent {
  /** How many readings are kept: four hours of one each 30 s, some 10 to 50 MiB. */
  static final int MAX_KEPT = 480;

  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private final String topic;
  private final String instance;
  private final Supplier<List<Sample>> machine;
  private final Producer<String, String> producer;
  private final LongSupplier clockMillis;
  private final Consumer<String> say;

  // oldest reading -> its records
  private final Deque<List<String>> kept = new ArrayDeque<>();
  private boolean unreadable;
  private boolean away;
  private long lost;

  /**
   * @param say takes a line for the people who run it
   */
  public Agent(
      String topic,
      String instance,
      Supplier<List<Sample>> machine,
      Producer<String, String> producer,
      LongSupplier clockMillis,
      Consumer<String> say) {
    this.topic = topic;
    this.instance = instance;
    this.machine = machine;
    this.producer = producer;
    this.clockMillis = clockMillis;
    this.say = say;
  }

  /** One reading, and what was kept before it. */
  public void round() throws InterruptedException {
    read();
    if (kept.size() > MAX_KEPT) {
      kept.removeFirst();
      lost++;
    }
    if (!kept.isEmpty()) {
      sendKept();
    }
  }

  private void read() {
    try {
      List<Sample> samples = machine.get();
      kept.addLast(HostRecords.of(samples, clockMillis.getAsLong()));
      unreadable = false;
    } catch (RuntimeException e) {
      if (!unreadable) {
        say.accept("this machine cannot be read: " + RootCause.of(e) + "; trying on");
      }
      unreadable = true;
    }
  }

  /** Sends what is kept once more; how many readings did not get there. */
  public int finish() throws InterruptedException {
    if (!kept.isEmpty()) {
      sendKept();
    }
    return kept.size();
  }

  private void sendKept() throws InterruptedException {
    int before = kept.size();
    List<List<Future<RecordMetadata>>> answers = new ArrayList<>();
    try {
      for (List<String> reading : kept) {
        answers.add(send(reading));
      }
      awaitInOrder(answers);
      answered(before);
    } catch (ExecutionException | TimeoutException | RuntimeException e) {
      failed(e);
    }
  }

  private List<Future<RecordMetadata>> send(List<String> reading)
      throws InterruptedException, ExecutionException {
    List<Future<RecordMetadata>> answers = new ArrayList<>();
    for (String value : reading) {
      Future<RecordMetadata> answer = producer.send(new ProducerRecord<>(topic, instance, value));
      // Without a broker each of them would wait for one.
      if (answer.isDone()) {
        RecordMetadata ignored = answer.get();
      }
      answers.add(answer);
    }
    return answers;
  }

  /** Forgets each reading that has arrived. */
  private void awaitInOrder(List<List<Future<RecordMetadata>>> answers)
      throws InterruptedException, ExecutionException, TimeoutException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    for (List<Future<RecordMetadata>> reading : answers) {
      for (Future<RecordMetadata> answer : reading) {
        RecordMetadata ignored =
            answer.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
      }
      kept.removeFirst();
    }
  }

  private void answered(int sent) {
    if (away) {
      say.accept(
          "Kafka answers again; sent "
              + sent
              + " readings"
              + (lost == 0 ? "" : ", " + lost + " older ones are lost"));
    }
    away = false;
    lost = 0;
  }

  private void failed(Exception cause) {
    if (!away) {
      say.accept(
          "Kafka does not take readings: "
              + RootCause.of(cause)
              + "; keeping the newest "
              + MAX_KEPT
              + " until it does");
    }
    away = true;
  }
}
