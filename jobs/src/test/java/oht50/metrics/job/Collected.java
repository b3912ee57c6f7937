package oht50.metrics.job;

import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;

/**
 * Sinks that collect. Writers run in the test's own process, so what they write is found by the
 * name of the sink.
 */
final class Collected {
  private static final Map<String, Queue<Object>> WRITTEN = new ConcurrentHashMap<>();

  private Collected() {}

  static void clear() {
    WRITTEN.clear();
  }

  static <T> List<T> in(String sink, Class<T> type) {
    return WRITTEN.getOrDefault(sink, new ConcurrentLinkedQueue<>()).stream()
        .map(type::cast)
        .toList();
  }

  /** Outputs whose sinks are named as their fields. */
  static Outputs outputs() {
    return new Outputs(
        () -> 1,
        new CollectingSink<>("rollups"),
        new CollectingSink<>("chunks"),
        new CollectingSink<>("latePoints"),
        new CollectingSink<>("latestPoints"),
        new CollectingSink<>("repairWindows"),
        new CollectingSink<>("series"),
        new CollectingSink<>("events"),
        new CollectingSink<>("missions"),
        new CollectingSink<>("registrations"),
        new CollectingSink<>("ruleSets"),
        new CollectingSink<>("rejected"),
        new CollectingSink<>("rejectedTopic"),
        new CollectingSink<>("transitions"),
        new CollectingSink<>("alertsTopic"),
        new CollectingSink<>("fastAlertsTopic"),
        new CollectingSink<>("recorded"));
  }

  private record CollectingSink<T>(String name) implements Sink<T>, Serializable {
    @Override
    public SinkWriter<T> createWriter(WriterInitContext context) {
      return new Writer<>(WRITTEN.computeIfAbsent(name, key -> new ConcurrentLinkedQueue<>()));
    }
  }

  private record Writer<T>(Queue<Object> to) implements SinkWriter<T> {
    @Override
    public void write(T element, Context context) {
      to.add(element);
    }

    @Override
    public void flush(boolean endOfInput) {}

    @Override
    public void close() {}
  }
}
