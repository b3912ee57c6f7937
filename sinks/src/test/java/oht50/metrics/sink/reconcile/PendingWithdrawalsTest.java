package oht50.metrics.sink.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import oht50.metrics.sink.postgres.AlertLedger.Key;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class PendingWithdrawalsTest {
  private static final TopicPartition SAFETY = new TopicPartition("safety", 0);
  private static final TopicPartition MISSIONS = new TopicPartition("missions", 0);
  private static final Key RECORD = new Key("t1", 1);

  private long nanos;
  private final PendingWithdrawals pending =
      new PendingWithdrawals(Duration.ofSeconds(10), () -> nanos);

  @Test
  void isOverOnlyWhenCheckpointsHoldWhatHadComeInAndTheTableHasHadItsTime() {
    Map<TopicPartition, Long> seen = Map.of(SAFETY, 5L, MISSIONS, 0L);
    assertThat(pending.isOver(RECORD, seen, Map.of(SAFETY, 4L))).isFalse();
    nanos += Duration.ofMinutes(5).toNanos();
    assertThat(pending.isOver(RECORD, seen, Map.of(SAFETY, 4L))).isFalse();

    assertThat(pending.isOver(RECORD, seen, Map.of(SAFETY, 5L))).isFalse();
    nanos += Duration.ofSeconds(9).toNanos();
    assertThat(pending.isOver(RECORD, seen, Map.of(SAFETY, 5L))).isFalse();
    nanos += Duration.ofSeconds(1).toNanos();
    assertThat(pending.isOver(RECORD, seen, Map.of(SAFETY, 5L))).isTrue();
  }

  @Test
  void inputsThatGrowMeanwhileDoNotDelayIt() {
    pending.isOver(RECORD, Map.of(SAFETY, 5L), Map.of(SAFETY, 5L));
    nanos += Duration.ofSeconds(10).toNanos();

    assertThat(pending.isOver(RECORD, Map.of(SAFETY, 500L), Map.of(SAFETY, 6L))).isTrue();
  }

  @Test
  void aRecordThatWasResolvedBeginsAnewWhenItIsSeenAgain() {
    pending.isOver(RECORD, Map.of(SAFETY, 5L), Map.of(SAFETY, 5L));
    nanos += Duration.ofSeconds(10).toNanos();
    pending.keepOnly(List.of());

    assertThat(pending.isOver(RECORD, Map.of(SAFETY, 9L), Map.of(SAFETY, 5L))).isFalse();
  }
}
