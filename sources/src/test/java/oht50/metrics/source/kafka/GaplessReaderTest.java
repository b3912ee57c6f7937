package oht50.metrics.source.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import oht50.metrics.model.Position;
import oht50.metrics.model.RejectReason;
import oht50.metrics.model.Rejected;
import oht50.metrics.source.Decoded;
import oht50.metrics.source.Emitted;
import oht50.metrics.source.kafka.GaplessReader.Logs.Held;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.core.io.InputStatus;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class GaplessReaderTest {
  private static final TopicPartition POINTS = new TopicPartition("points", 3);

  private final FakeReader kafka = new FakeReader();
  private final Emitted<Decoded> output = new Emitted<>();

  @Test
  void whatTheBrokerHoldsIsReadFromWhereItWas() {
    reader(new Held(5, 20), false).addSplits(List.of(split(5)));
    reader(new Held(5, 20), false).addSplits(List.of(split(20)));

    assertThat(kafka.splits)
        .extracting(KafkaPartitionSplit::getStartingOffset)
        .containsExactly(5L, 20L);
  }

  @Test
  void expiredRecordsAreRefusedWithPartitionOffsetAndCount() {
    GaplessReader reader = reader(new Held(1_200, 1_300), false);

    assertThatThrownBy(() -> reader.addSplits(List.of(split(3))))
        .hasMessageContaining("points-3: 1197 records from offset 3 to 1199 have expired")
        .hasMessageContaining("kafka.accept-gap=true");
    assertThat(kafka.splits).isEmpty();
  }

  @Test
  void aTopicThatWasMadeAnewIsRefused() {
    GaplessReader reader = reader(new Held(0, 7), false);

    assertThatThrownBy(() -> reader.addSplits(List.of(split(8))))
        .hasMessageContaining("points-3: offset 8 was reached before, and the log ends at 7");
  }

  @Test
  void anAcceptedGapIsNotedAndReadingGoesOnBehindIt() throws Exception {
    GaplessReader reader = reader(new Held(1_200, 1_300), true);
    reader.addSplits(List.of(split(3)));

    assertThat(reader.isAvailable()).isDone();
    assertThat(reader.pollNext(output)).isEqualTo(InputStatus.NOTHING_AVAILABLE);

    assertThat(kafka.splits)
        .extracting(KafkaPartitionSplit::getStartingOffset)
        .containsExactly(1_200L);
    Rejected gap = output.elements().get(0).rejected()[0];
    assertThat(gap.position()).isEqualTo(new Position("points", 3, 3));
    assertThat(gap.reason()).isEqualTo(RejectReason.EXPIRED);
    assertThat(gap.detail()).contains("1197 records from offset 3 to 1199");
    assertThat(reader.isAvailable()).isNotDone();
    reader.pollNext(output);
    assertThat(output.elements()).hasSize(1);
  }

  @Test
  void aBrokerThatIsAwayIsLeftToTheConsumer() {
    GaplessReader reader =
        new GaplessReader(
            kafka,
            partitions -> {
              throw new TimeoutException("away");
            },
            false,
            () -> 0);
    reader.addSplits(List.of(split(3)));

    assertThat(kafka.splits).hasSize(1);
  }

  private GaplessReader reader(Held held, boolean acceptGap) {
    return new GaplessReader(kafka, partitions -> Map.of(POINTS, held), acceptGap, () -> 1_000);
  }

  private static KafkaPartitionSplit split(long offset) {
    return new KafkaPartitionSplit(POINTS, offset);
  }

  private static final class FakeReader implements SourceReader<Decoded, KafkaPartitionSplit> {
    private final List<KafkaPartitionSplit> splits = new ArrayList<>();

    @Override
    public void start() {}

    @Override
    public InputStatus pollNext(ReaderOutput<Decoded> output) {
      return InputStatus.NOTHING_AVAILABLE;
    }

    @Override
    public List<KafkaPartitionSplit> snapshotState(long checkpointId) {
      return splits;
    }

    @Override
    public CompletableFuture<Void> isAvailable() {
      return new CompletableFuture<>();
    }

    @Override
    public void addSplits(List<KafkaPartitionSplit> added) {
      splits.addAll(added);
    }

    @Override
    public void notifyNoMoreSplits() {}

    @Override
    public void close() {}
  }
}
