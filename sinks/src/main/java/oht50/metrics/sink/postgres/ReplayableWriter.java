package oht50.metrics.sink.postgres;

import java.io.IOException;
import java.util.Collection;
import org.apache.flink.api.connector.sink2.InitContext;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.jdbc.JdbcExactlyOnceOptions;
import org.apache.flink.connector.jdbc.JdbcExecutionOptions;
import org.apache.flink.connector.jdbc.core.datastream.sink.writer.JdbcWriter;
import org.apache.flink.connector.jdbc.core.datastream.sink.writer.JdbcWriterState;
import org.apache.flink.connector.jdbc.datasource.statements.JdbcQueryStatement;
import org.apache.flink.connector.jdbc.internal.JdbcOutputSerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A writer whose rows come again when it ends without having written them. The connector's own
 * makes a last try when it is closed and fails if that does; a task that fails while it is closed
 * ends the whole TaskManager.
 */
final class ReplayableWriter<T> extends JdbcWriter<T> {
  private static final Logger LOG = LoggerFactory.getLogger(ReplayableWriter.class);

  private final PatientConnections connections;

  ReplayableWriter(
      PatientConnections connections,
      JdbcExecutionOptions options,
      JdbcQueryStatement<T> statement,
      JdbcOutputSerializer<T> serializer,
      Collection<JdbcWriterState> state,
      InitContext context)
      throws IOException {
    super(
        connections,
        options,
        JdbcExactlyOnceOptions.defaults(),
        statement,
        serializer,
        DeliveryGuarantee.AT_LEAST_ONCE,
        state,
        context);
    this.connections = connections;
  }

  @Override
  public void close() throws Exception {
    connections.waitNoLonger();
    try {
      super.close();
    } catch (RuntimeException e) {
      // The end of its input is flushed before: these are rows that no checkpoint covers.
      LOG.warn("Rows are left to be written by the next attempt: {}", e.getMessage());
      connections.closeConnection();
    }
  }
}
