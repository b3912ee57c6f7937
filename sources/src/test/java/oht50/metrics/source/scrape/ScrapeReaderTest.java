package oht50.metrics.source.scrape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocketFactory;
import oht50.metrics.model.SampleBatch;
import oht50.metrics.model.StaleMarker;
import oht50.metrics.source.Decoded;
import oht50.metrics.source.Emitted;
import oht50.metrics.source.host.Handover;
import oht50.metrics.source.relabel.Relabeling;
import org.apache.flink.metrics.SimpleCounter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ScrapeReaderTest {
  private static final long NOON = 1_795_521_600_000L;

  private final Handover<Scraped> handover = new Handover<>(4);
  private final SimpleCounter missed = new SimpleCounter();
  private final Emitted<Decoded> emitted = new Emitted<>();
  private final ScrapeLoop loop =
      new ScrapeLoop(
          1,
          target ->
              new TargetScraper(
                  target, Relabeling.NONE, nobody(), () -> NOON, System::nanoTime, 30_000),
          handover,
          () -> NOON,
          missed);
  private final ScrapeReader reader = new ScrapeReader(handover, loop);

  private static PageClient nobody() {
    return new PageClient(
        new AddressRules(List.of()),
        host -> {
          throw new UnknownHostException(host);
        },
        (SSLSocketFactory) SSLSocketFactory.getDefault(),
        System::nanoTime);
  }

  @AfterEach
  void close() {
    reader.close();
  }

  private static TargetSplit split(String host, boolean ended) {
    ScrapeJob job =
        new ScrapeJob(
            "node",
            Duration.ofDays(1),
            Duration.ofSeconds(10),
            "/metrics",
            "http",
            Map.of(),
            false,
            true,
            ScrapeLimits.DEFAULTS,
            ScrapeJob.Rules.NONE,
            List.of(),
            List.of(),
            Duration.ofSeconds(30));
    return new TargetSplit(Target.of(job, host, Map.of()), ended);
  }

  @Test
  void aTargetIsHeldUntilItsEndHasBeenEmitted() throws Exception {
    reader.addSplits(List.of(split("a", false), split("b", false)));
    assertThat(reader.snapshotState(1)).containsExactly(split("a", false), split("b", false));

    reader.addSplits(List.of(split("a", true)));
    assertThat(reader.snapshotState(2)).containsExactly(split("a", true), split("b", false));

    reader.isAvailable().get(30, TimeUnit.SECONDS);
    reader.pollNext(emitted);
    assertThat(reader.snapshotState(3)).containsExactly(split("b", false));
    assertThat(emitted.elements())
        .singleElement()
        .satisfies(
            decoded -> {
              assertThat(decoded.batches()).isNotEmpty();
              for (SampleBatch batch : decoded.batches()) {
                assertThat(StaleMarker.is(batch.values()[0])).isTrue();
              }
            });
  }

  @Test
  void aTargetThatIsBackBeforeItsEndHasBeenEmittedStays() throws Exception {
    reader.addSplits(List.of(split("a", true)));
    reader.addSplits(List.of(split("a", false)));

    reader.isAvailable().get(30, TimeUnit.SECONDS);
    reader.pollNext(emitted);
    assertThat(reader.snapshotState(1)).containsExactly(split("a", false));
  }

  @Test
  void aFaultOfTheScraperItselfFailsTheJob() throws Exception {
    handover.put(new Scraped(null, null, new IllegalStateException("broken")));

    assertThatThrownBy(() -> reader.pollNext(emitted)).hasRootCauseMessage("broken");
  }
}
