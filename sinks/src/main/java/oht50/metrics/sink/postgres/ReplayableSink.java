package oht50.metrics.sink.postgres;

import java.io.IOException;
import java.util.Collection;
import java.util.List;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.jdbc.JdbcExactlyOnceOptions;
import org.apache.flink.connector.jdbc.JdbcExecutionOptions;
import org.apache.flink.connector.jdbc.core.datastream.sink.JdbcSink;
import org.apache.flink.connector.jdbc.core.datastream.sink.writer.JdbcWriter;
import org.apache.flink.connector.jdbc.core.datastream.sink.writer.JdbcWriterState;
import org.apache.flink.connector.jdbc.datasource.connections.JdbcConnectionProvider;
import org.apache.flink.connector.jdbc.datasource.statements.JdbcQueryStatement;
import org.apache.flink.connector.jdbc.internal.JdbcOutputSerializer;

/**
 * The at-least-once sink of flink-connector-jdbc, with a writer that can be closed in an outage.
 */
final class ReplayableSink<T> extends JdbcSink<T> {
  private static final long serialVersionUID = 1L;

  private final JdbcConnectionProvider connections;
  private final OutagePatience patience;
  private final JdbcExecutionOptions options;
  private final JdbcQueryStatement<T> statement;

  ReplayableSink(
      JdbcConnectionProvider connections,
      OutagePatience patience,
      JdbcExecutionOptions options,
      JdbcQueryStatement<T> statement) {
    super(
        DeliveryGuarantee.AT_LEAST_ONCE,
        connections,
        options,
        JdbcExactlyOnceOptions.defaults(),
        statement);
    this.connections = connections;
    this.patience = patience;
    this.options = options;
    this.statement = statement;
  }

  @Override
  public JdbcWriter<T> createWriter(WriterInitContext context) throws IOException {
    return restoreWriter(context, List.of());
  }

  @Override
  public JdbcWriter<T> restoreWriter(WriterInitContext context, Collection<JdbcWriterState> state)
      throws IOException {
    return new ReplayableWriter<>(
        new PatientConnections(connections, patience),
        options,
        statement,
        JdbcOutputSerializer.of(context.createInputSerializer(), context.isObjectReuseEnabled()),
        state,
        context);
  }
}
