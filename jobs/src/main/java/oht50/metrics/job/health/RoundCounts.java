package oht50.metrics.job.health;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/** Counts what the rounds of a poller have done. */
public final class RoundCounts<T> extends RichMapFunction<T, T> {
  private static final long serialVersionUID = 1L;

  private final LinkedHashMap<String, Amount<T>> amounts = new LinkedHashMap<>(); // metric ->

  private transient List<Counter> counters; // in the order of the amounts

  /** How much of something a round has done. */
  public interface Amount<T> extends Serializable {
    long of(T round);
  }

  /** Counts this too. */
  public RoundCounts<T> and(String metric, Amount<T> amount) {
    amounts.put(metric, amount);
    return this;
  }

  @Override
  public void open(OpenContext context) {
    MetricGroup health = getRuntimeContext().getMetricGroup().addGroup("oht50");
    counters = new ArrayList<>();
    amounts.keySet().forEach(metric -> counters.add(health.counter(metric)));
  }

  @Override
  public T map(T round) {
    int next = 0;
    for (Map.Entry<String, Amount<T>> amount : amounts.entrySet()) {
      counters.get(next++).inc(amount.getValue().of(round));
    }
    return round;
  }
}
