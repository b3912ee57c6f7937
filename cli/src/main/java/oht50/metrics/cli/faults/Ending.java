package oht50.metrics.cli.faults;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import oht50.metrics.cli.Topics;
import oht50.metrics.cli.local.FlinkRest.CompletedCheckpoint;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

/** The end of an input: all of it read, time let go on past everything, nothing moving any more. */
final class Ending {
  private static final String GROUP = "oht50-metrics";
  // Checkpoints that complete meanwhile show that time has come by everywhere.
  private static final Duration IN_VAIN = Duration.ofSeconds(15);
  private static final long DAY_MILLIS = 24 * 60 * 60_000L;

  private final CampaignStack stack;
  private final Feeder feeder;
  private final Duration patience;

  Ending(CampaignStack stack, Feeder feeder, Duration patience) {
    this.stack = stack;
    this.feeder = feeder;
    this.patience = patience;
  }

  /**
   * Empty, and why in the violations, if it does not come to an end.
   *
   * @param ticks of the input, all of which Kafka has
   */
  Optional<Tables> reach(int ticks, Violations violations) throws InterruptedException {
    // Time goes on only when all has been read: what is still on its way must not become days late.
    if (!awaitAllRead()) {
      violations.add(
          "progress", "not all of the input was read within " + patience.toSeconds() + " s");
      return Optional.empty();
    }
    long[] clock = {CampaignInput.START + ticks * CampaignInput.TICK_MILLIS + 3 * DAY_MILLIS};
    String[] open = {""};
    long[] begun = {System.nanoTime(), -1};
    boolean closed =
        eventually(
            () -> {
              // Said again, because a restart forgets how far time had come.
              feeder.send(CampaignInput.clock(clock[0]));
              clock[0] += 60_000;
              open[0] = stack.rows("SELECT count(*) FROM rollups WHERE NOT is_final").get(0);
              begun[1] = begun[1] < 0 ? checkpoint() : begun[1];
              boolean inVain =
                  System.nanoTime() - begun[0] > IN_VAIN.toNanos() && checkpoint() > begun[1] + 4;
              return open[0].equals("0") || inVain;
            });
    if (!closed || !open[0].equals("0")) {
      violations.add("rollups", open[0] + " windows stay open after their end");
      return Optional.empty();
    }
    return settled(violations);
  }

  /** Whether a checkpoint covers all that Kafka has, before the patience is at its end. */
  boolean awaitAllRead() throws InterruptedException {
    return eventually(this::allIsRead);
  }

  private Optional<Tables> settled(Violations violations) throws InterruptedException {
    Tables[] last = new Tables[1];
    long[] since = {System.nanoTime()};
    long[] checkpoint = {-1};
    boolean still =
        eventually(
            () -> {
              Tables now = Tables.of(stack);
              if (!now.equals(last[0])) {
                last[0] = now;
                since[0] = System.nanoTime();
                checkpoint[0] = checkpoint();
                return false;
              }
              return System.nanoTime() - since[0] > TimeUnit.SECONDS.toNanos(3)
                  && checkpoint() > checkpoint[0] + 1
                  && allIsRead();
            });
    if (!still) {
      violations.add("progress", "the tables do not come to rest");
    }
    return still ? Optional.of(last[0]) : Optional.empty();
  }

  private long checkpoint() throws Exception {
    return stack
        .rest()
        .latestCheckpoint(stack.rest().liveJob().orElseThrow().id())
        .map(CompletedCheckpoint::id)
        .orElse(-1L);
  }

  private boolean allIsRead() throws InterruptedException, ExecutionException {
    Properties properties = new Properties();
    properties.setProperty("bootstrap.servers", stack.bootstrapServers());
    properties.setProperty("default.api.timeout.ms", "5000");
    properties.setProperty("request.timeout.ms", "5000");
    try (Admin admin = Admin.create(properties)) {
      Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
      for (String topic : CampaignInput.TOPICS) {
        for (int partition = 0; partition < Topics.partitions(topic); partition++) {
          asked.put(new TopicPartition(topic, partition), OffsetSpec.latest());
        }
      }
      Map<TopicPartition, Long> ends =
          admin.listOffsets(asked).all().get().entrySet().stream()
              .collect(Collectors.toMap(Map.Entry::getKey, each -> each.getValue().offset()));
      var read = admin.listConsumerGroupOffsets(GROUP).partitionsToOffsetAndMetadata().get();
      return ends.entrySet().stream()
          .allMatch(
              end ->
                  end.getValue() == 0
                      || (read.get(end.getKey()) != null
                          && read.get(end.getKey()).offset() >= end.getValue()));
    }
  }

  private interface Question {
    boolean holds() throws Exception;
  }

  private boolean eventually(Question question) throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    while (System.nanoTime() < deadline) {
      try {
        if (question.holds()) {
          return true;
        }
      } catch (InterruptedException e) {
        throw e;
      } catch (Exception notYet) {
        // Something is still recovering.
        TimeUnit.MILLISECONDS.sleep(100);
      }
      TimeUnit.MILLISECONDS.sleep(300);
    }
    return false;
  }
}
