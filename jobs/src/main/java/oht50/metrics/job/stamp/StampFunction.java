package oht50.metrics.job.stamp;

import java.io.IOException;
import java.io.Serializable;
import oht50.metrics.model.Stampable;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Puts (epoch, seq) on everything that passes. Chained to its producer at the producer's
 * parallelism: one key has one writer per attempt, and every attempt a higher epoch than those
 * before.
 *
 * @param <T> what passes
 */
public final class StampFunction<T extends Stampable<T>> extends ProcessFunction<T, T> {
  private static final long serialVersionUID = 1L;

  /** Where epochs come from. */
  public interface Epochs extends Serializable {
    /** A number higher than every one taken before. */
    long next() throws IOException, InterruptedException;
  }

  // Configuration.
  private final Epochs epochs;

  // Runtime.
  private transient long epoch;
  private transient long seq;

  public StampFunction(Epochs epochs) {
    this.epochs = epochs;
  }

  @Override
  public void open(OpenContext context) throws Exception {
    epoch = epochs.next();
    seq = 0;
  }

  @Override
  public void processElement(T value, Context context, Collector<T> out) {
    out.collect(value.stamped(epoch, ++seq));
  }
}
