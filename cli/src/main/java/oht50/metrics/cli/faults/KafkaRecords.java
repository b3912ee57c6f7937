package oht50.metrics.cli.faults;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import oht50.metrics.cli.Topics;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;

/** What the topics hold. */
final class KafkaRecords {
  private KafkaRecords() {}

  /** Offsets go on from where they are. What a compacted topic says stays. */
  static void forget(String bootstrapServers, List<String> topics)
      throws ExecutionException, InterruptedException {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", (Object) bootstrapServers))) {
      Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
      for (String topic : topics) {
        if (Topics.isCompacted(topic)) {
          continue;
        }
        for (int partition = 0; partition < Topics.partitions(topic); partition++) {
          asked.put(new TopicPartition(topic, partition), OffsetSpec.latest());
        }
      }
      Map<TopicPartition, RecordsToDelete> delete = new HashMap<>();
      admin
          .listOffsets(asked)
          .all()
          .get()
          .forEach(
              (partition, end) ->
                  delete.put(partition, RecordsToDelete.beforeOffset(end.offset())));
      admin.deleteRecords(delete).all().get();
    }
  }
}
