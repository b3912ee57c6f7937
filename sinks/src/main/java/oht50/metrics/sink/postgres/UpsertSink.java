package oht50.metrics.sink.postgres;

import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;

/** At least once into a table whose rule of (epoch, seq) makes a repeat harmless. */
final class UpsertSink<T> implements Sink<T> {
  private static final long serialVersionUID = 1L;

  private final Table<T> table;
  private final PostgresConnection connection;
  private final WriteOptions options;

  UpsertSink(Table<T> table, PostgresConnection connection, WriteOptions options) {
    this.table = table;
    this.connection = connection;
    this.options = options;
  }

  @Override
  public SinkWriter<T> createWriter(WriterInitContext context) {
    WriteMetrics metrics = new WriteMetrics(context.metricGroup());
    RowStore<T> store =
        new RowStore<>(table, new Connections(connection), options.patience(), metrics);
    return new UpsertWriter<>(table, store, options, context.getProcessingTimeService(), metrics);
  }
}
