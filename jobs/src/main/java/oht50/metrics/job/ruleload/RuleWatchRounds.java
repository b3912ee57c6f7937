package oht50.metrics.job.ruleload;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.function.LongSupplier;
import oht50.metrics.job.health.RoundCounts;
import oht50.metrics.model.Position;
import oht50.metrics.model.RuleSet;
import oht50.metrics.ruleeval.RuleSettings;
import oht50.metrics.source.host.Poller;
import oht50.metrics.source.host.PollerFactory;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the folder of rule files in rounds, and sends what is in it to the topic when it is not
 * what would be valid anyhow. What that is, it reads from the topic: nothing has to be remembered
 * over a restart. A round that fails is tried again with new clients.
 */
public final class RuleWatchRounds implements Poller<Watched> {
  /** Longer than Kafka is waited for. */
  public static final Duration TIMEOUT = Duration.ofSeconds(60);

  public static final TypeInformation<Watched> TYPE = TypeInformation.of(Watched.class);

  private static final Logger LOG = LoggerFactory.getLogger(RuleWatchRounds.class);

  private final Path folder;
  private final RulesTopic topic;
  private final LongSupplier clock;
  private final RuleWatch watch;
  private final KnownRules known;

  /**
   * @param configured the rules that hold until a set comes by the topic
   * @param clock ms
   */
  RuleWatchRounds(
      Path folder,
      RuleSet configured,
      RuleSettings settings,
      RulesTopic topic,
      LongSupplier clock) {
    this.folder = folder;
    this.topic = topic;
    this.clock = clock;
    this.watch = new RuleWatch(settings);
    this.known = new KnownRules(configured, settings);
  }

  /**
   * @param folder as the machine that polls sees it
   * @param clients properties of Kafka clients, where the brokers are among them
   */
  public static PollerFactory<Watched> of(
      String folder, RuleSet configured, RuleSettings settings, Properties clients, String topic) {
    return checkpoints ->
        new RuleWatchRounds(
            Path.of(folder),
            configured,
            settings,
            new KafkaRulesTopic(clients, topic),
            System::currentTimeMillis);
  }

  /** {@code rule_watch_rounds} that stand still are a failure, {@code rules_refused} too. */
  public static RoundCounts<Watched> counts() {
    return new RoundCounts<Watched>()
        .and("rule_watch_rounds", round -> 1)
        .and("rules_sent", Watched::sent)
        .and("rules_refused", Watched::refused);
  }

  @Override
  public Watched poll() throws ExecutionException, InterruptedException {
    known.add(topic.news());
    long now = clock.getAsLong();
    known.forgetBefore(now);
    RuleWatch.Decision decision = watch.look(FolderContent.of(folder), known, now);
    if (decision.refused() != null) {
      LOG.warn(
          "rules of {} are refused, those before them stay: {}",
          folder,
          decision.refused().replace("\n", "; "));
      return new Watched(0, 1);
    }
    if (decision.send() == null) {
      return Watched.NOTHING;
    }
    Position sent = topic.send(decision.effectiveFrom(), decision.send());
    LOG.info(
        "rules of {} are sent as {}, effective from {}",
        folder,
        sent,
        Instant.ofEpochMilli(decision.effectiveFrom()));
    return new Watched(1, 0);
  }

  @Override
  public void close() {
    topic.close();
  }
}
