package oht50.metrics.source.kafka;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

/** Asks the broker what it holds. */
final class BrokerLogs implements GaplessReader.Logs {
  private static final int SECONDS = 20;

  private final Properties clients;

  BrokerLogs(Properties clients) {
    this.clients = clients;
  }

  @Override
  public Map<TopicPartition, Held> of(Collection<TopicPartition> partitions)
      throws InterruptedException, ExecutionException, TimeoutException {
    Map<TopicPartition, OffsetSpec> earliest = new HashMap<>();
    Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
    for (TopicPartition partition : partitions) {
      earliest.put(partition, OffsetSpec.earliest());
      latest.put(partition, OffsetSpec.latest());
    }
    try (Admin admin = Admin.create(clients)) {
      Map<TopicPartition, ListOffsetsResultInfo> starts =
          admin.listOffsets(earliest).all().get(SECONDS, TimeUnit.SECONDS);
      Map<TopicPartition, ListOffsetsResultInfo> ends =
          admin.listOffsets(latest).all().get(SECONDS, TimeUnit.SECONDS);
      Map<TopicPartition, Held> held = new HashMap<>();
      for (TopicPartition partition : partitions) {
        held.put(partition, new Held(starts.get(partition).offset(), ends.get(partition).offset()));
      }
      return held;
    }
  }
}
