package oht50.metrics.sink.postgres;

import oht50.metrics.model.AlertTransition;
import org.apache.flink.api.connector.sink2.Committer;
import org.apache.flink.api.connector.sink2.CommitterInitContext;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.SupportsCommitter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/** Transitions reach their table only when the checkpoint that covers them has completed. */
final class TransitionsSink implements Sink<AlertTransition>, SupportsCommitter<TransitionBatch> {
  private static final long serialVersionUID = 1L;

  private final PostgresConnection connection;
  private final WriteOptions options;

  TransitionsSink(PostgresConnection connection, WriteOptions options) {
    this.connection = connection;
    this.options = options;
  }

  @Override
  public SinkWriter<AlertTransition> createWriter(WriterInitContext context) {
    return new TransitionsWriter();
  }

  @Override
  public Committer<TransitionBatch> createCommitter(CommitterInitContext context) {
    RowStore<AlertTransition> store =
        new RowStore<>(
            new TransitionsTable(),
            new Connections(connection),
            options.patience(),
            new WriteMetrics(context.metricGroup()));
    return new TransitionsCommitter(store, WallClock.SYSTEM);
  }

  @Override
  public SimpleVersionedSerializer<TransitionBatch> getCommittableSerializer() {
    return new TransitionBatch.Serializer();
  }
}
