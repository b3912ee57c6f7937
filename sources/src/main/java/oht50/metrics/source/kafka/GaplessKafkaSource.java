package oht50.metrics.source.kafka;

import java.util.Properties;
import oht50.metrics.source.Decoded;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.KafkaSourceEnumState;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * Flink's Kafka source, with a look at the log before a partition is read: an offset that the
 * broker does not hold any more is either refused, naming partition, offset and how many records
 * are missing, or jumped over with a reject that says as much.
 */
final class GaplessKafkaSource
    implements Source<Decoded, KafkaPartitionSplit, KafkaSourceEnumState>,
        ResultTypeQueryable<Decoded> {
  private static final long serialVersionUID = 1L;

  private final KafkaSource<Decoded> source;
  private final Properties clients;
  private final boolean acceptGap;

  /**
   * @param clients settings of a client of the same cluster
   * @param acceptGap whether lost records are jumped over instead of refused
   */
  GaplessKafkaSource(KafkaSource<Decoded> source, Properties clients, boolean acceptGap) {
    this.source = source;
    this.clients = clients;
    this.acceptGap = acceptGap;
  }

  @Override
  public Boundedness getBoundedness() {
    return source.getBoundedness();
  }

  @Override
  public SourceReader<Decoded, KafkaPartitionSplit> createReader(SourceReaderContext context)
      throws Exception {
    return new GaplessReader(
        source.createReader(context),
        new BrokerLogs(clients),
        acceptGap,
        System::currentTimeMillis);
  }

  @Override
  public SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> createEnumerator(
      SplitEnumeratorContext<KafkaPartitionSplit> context) {
    return source.createEnumerator(context);
  }

  @Override
  public SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> restoreEnumerator(
      SplitEnumeratorContext<KafkaPartitionSplit> context, KafkaSourceEnumState state)
      throws java.io.IOException {
    return source.restoreEnumerator(context, state);
  }

  @Override
  public SimpleVersionedSerializer<KafkaPartitionSplit> getSplitSerializer() {
    return source.getSplitSerializer();
  }

  @Override
  public SimpleVersionedSerializer<KafkaSourceEnumState> getEnumeratorCheckpointSerializer() {
    return source.getEnumeratorCheckpointSerializer();
  }

  @Override
  public TypeInformation<Decoded> getProducedType() {
    return source.getProducedType();
  }
}
