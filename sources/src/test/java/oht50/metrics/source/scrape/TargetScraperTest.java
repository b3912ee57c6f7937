package oht50.metrics.source.scrape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import javax.net.ssl.SSLSocketFactory;
import oht50.metrics.model.MetricKind;
import oht50.metrics.model.RejectReason;
import oht50.metrics.model.Rejected;
import oht50.metrics.model.SampleBatch;
import oht50.metrics.model.SeriesLayout;
import oht50.metrics.model.StaleMarker;
import oht50.metrics.source.Decoded;
import oht50.metrics.source.relabel.Relabeling;
import oht50.metrics.source.scrape.Exporter.Answer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What comes of scrapes of one target, over a real connection and with a clock of the test. */
class TargetScraperTest {
  private static final long NOON = 1_795_521_600_000L;
  private static final long LATER = NOON + 10_000;
  private static final long MAX_AHEAD = 30_000;
  private static final String END = "end";

  private Exporter exporter;
  private TargetScraper scraper;
  private long now = NOON;
  private long nanos;

  @BeforeEach
  void start() throws IOException {
    exporter = new Exporter();
    scraper = scraperOf(exporter.target());
  }

  @AfterEach
  void stop() {
    exporter.close();
  }

  private TargetScraper scraperOf(Target target) {
    return scraperOf(target, Relabeling.NONE);
  }

  private TargetScraper scraperWith(String rules) throws IOException {
    return scraperOf(exporter.target(), Rules.of(rules));
  }

  private TargetScraper scraperOf(Target target, Relabeling rules) {
    return new TargetScraper(
        target,
        rules,
        new PageClient(
            new AddressRules(List.of()),
            InetAddress::getAllByName,
            (SSLSocketFactory) SSLSocketFactory.getDefault(),
            System::nanoTime),
        () -> now,
        () -> nanos += 250_000_000,
        MAX_AHEAD);
  }

  private Decoded scrape(long slot, Answer answer) {
    exporter.answers(answer);
    now = slot;
    return scraper.scrape(slot);
  }

  /** Series without the target's labels, and value@time; those about the scrape left out. */
  private static Map<String, String> said(Decoded decoded) {
    Map<String, String> said = new LinkedHashMap<>();
    all(decoded)
        .forEach(
            (series, value) -> {
              if (!series.startsWith("up{") && !series.startsWith("scrape_")) {
                said.put(series, value);
              }
            });
    return said;
  }

  private static Map<String, String> all(Decoded decoded) {
    Map<String, String> all = new LinkedHashMap<>();
    for (SampleBatch batch : decoded.batches()) {
      for (int i = 0; i < batch.size(); i++) {
        double value = batch.values()[i];
        long time = batch.timestamp(i) - NOON;
        all.put(
            batch.layout().series(i).canonical().replace("instance=\"here\",job=\"it\"", "*"),
            (StaleMarker.is(value) ? END : Double.toString(value)) + "@" + time);
      }
    }
    return all;
  }

  @Test
  void aPageIsSamplesOfTheTargetAndWhatTheScrapeWasLike() {
    Decoded decoded = scrape(NOON, Answer.text("# TYPE a counter\na{b=\"c\"} 1\nd 2.5\n"));

    assertThat(all(decoded))
        .containsOnly(
            entry("a{b=\"c\",*}", "1.0@0"),
            entry("d{*}", "2.5@0"),
            entry("up{*}", "1.0@0"),
            entry("scrape_duration_seconds{*}", "0.25@0"),
            entry("scrape_samples_scraped{*}", "2.0@0"),
            entry("scrape_samples_post_metric_relabeling{*}", "2.0@0"),
            entry("scrape_series_added{*}", "2.0@0"));
    assertThat(decoded.batches()[0].layout().series(0).kind()).isEqualTo(MetricKind.COUNTER);
    assertThat(decoded.rejected()).isEmpty();
    assertThat(exporter.asked.remove().headers().get("Accept").get(0))
        .startsWith("application/openmetrics-text;version=1.0.0");
  }

  @Test
  void aBatchHasOneKeyAndALayoutIsBuiltOnce() {
    StringBuilder page = new StringBuilder();
    for (int i = 0; i < 10; i++) {
      page.append("a{i=\"").append(i).append("\"} 1\n");
    }
    Decoded first = scrape(NOON, Answer.text(page.toString()));
    Decoded second = scrape(LATER, Answer.text(page.toString()));

    assertThat(first.batches()).extracting(SampleBatch::key).isNotEmpty();
    List<SeriesLayout> before = List.of(first.batches()).stream().map(SampleBatch::layout).toList();
    for (SampleBatch batch : second.batches()) {
      assertThat(before).anySatisfy(layout -> assertThat(batch.layout()).isSameAs(layout));
    }
    assertThat(all(second)).containsEntry("scrape_series_added{*}", "0.0@10000");
  }

  @Test
  void aSeriesThatIsSaidNoMoreEnds() {
    scrape(NOON, Answer.text("a 1\nb 1\n"));

    assertThat(said(scrape(LATER, Answer.text("b 2\n"))))
        .containsOnly(entry("b{*}", "2.0@10000"), entry("a{*}", "end@10000"));
    assertThat(said(scrape(LATER + 10_000, Answer.text("a 3\nb 3\n"))))
        .containsOnly(entry("a{*}", "3.0@20000"), entry("b{*}", "3.0@20000"));
  }

  @Test
  void aSeriesWithATimeOfItsOwnDoesNotEndUnlessItsTimeIsNotHonoured() throws IOException {
    String page = "a 1 " + (NOON - 5_000) + "\nb 1\n";
    assertThat(said(scrape(NOON, Answer.text(page)))).containsEntry("a{*}", "1.0@-5000");
    assertThat(said(scrape(LATER, Answer.text("b 1\n")))).containsOnlyKeys("b{*}");

    scraper =
        scraperOf(
            Target.of(exporter.job(false, false), exporter.address(), Map.of("instance", "here")));
    assertThat(said(scrape(NOON, Answer.text(page)))).containsEntry("a{*}", "1.0@0");
    assertThat(said(scrape(LATER, Answer.text("b 1\n")))).containsEntry("a{*}", "end@10000");
  }

  @Test
  void aTextThatCannotBeReadGivesNothingButARejectAndTheEndOfAllSeries() {
    scrape(NOON, Answer.openMetrics("a 1\n# EOF\n"));

    Decoded decoded = scrape(LATER, Answer.openMetrics("b 1\na 2\n"));

    assertThat(said(decoded)).containsOnly(entry("a{*}", "end@10000"));
    assertThat(all(decoded))
        .containsEntry("up{*}", "0.0@10000")
        .containsEntry("scrape_samples_scraped{*}", "0.0@10000");
    assertThat(decoded.rejected()).hasSize(1);
    Rejected rejected = decoded.rejected()[0];
    assertThat(rejected.reason()).isEqualTo(RejectReason.MALFORMED_EXPOSITION);
    assertThat(rejected.detail()).isEqualTo("line 3: # EOF is missing");
    assertThat(rejected.key()).isEqualTo("http://" + exporter.address() + "/metrics");
    assertThat(rejected.value()).isEqualTo("b 1\na 2\n");
    assertThat(rejected.position().topic()).isEqualTo("scrape");
    assertThat(rejected.position().offset()).isEqualTo(LATER);
    assertThat(said(scrape(LATER + 10_000, Answer.openMetrics("a 3\n# EOF\n"))))
        .containsOnly(entry("a{*}", "3.0@20000"));
  }

  @Test
  void aPageBeyondALimitIsRejectedAsTooLarge() {
    String manySamples = "a 1\nb 1\nc 1\nd 1\ne 1\nf 1\ng 1\nh 1\ni 1\nj 1\nk 1\n";
    for (String page :
        List.of(
            manySamples,
            "a{b=\"1\",c=\"1\",d=\"1\",e=\"1\",f=\"1\",g=\"1\"} 1\n",
            "a{b=\"" + "x".repeat(41) + "\"} 1\n",
            "a{" + "x".repeat(31) + "=\"1\"} 1\n",
            "#" + " ".repeat(2_000) + "\n")) {
      Decoded decoded = scrape(NOON, Answer.text(page));

      assertThat(said(decoded)).as(page).isEmpty();
      assertThat(decoded.rejected()).as(page).hasSize(1);
      assertThat(decoded.rejected()[0].reason()).isEqualTo(RejectReason.TOO_LARGE);
    }
  }

  @Test
  void whoDoesNotAnswerIsDownAndSaidNothingThatCouldBeRejected() {
    scrape(NOON, Answer.text("a 1\n"));
    for (Answer answer :
        List.of(
            new Answer(500, Map.of(), new byte[0]),
            new Answer(302, Map.of("Location", "/elsewhere"), new byte[0]))) {
      Decoded decoded = scrape(LATER, answer);

      assertThat(all(decoded)).containsEntry("up{*}", "0.0@10000");
      assertThat(decoded.rejected()).isEmpty();
    }
    exporter.close();
    assertThat(all(scrape(LATER, Answer.text("a 1\n")))).containsEntry("up{*}", "0.0@10000");
    assertThat(exporter.asked).extracting(Exporter.Asked::uri).containsOnly("/metrics");
  }

  @Test
  void aPackedPageIsUnpackedAndItsUnpackedBytesCount() throws IOException {
    assertThat(said(scrape(NOON, packed("a 1\n")))).containsEntry("a{*}", "1.0@0");

    Decoded bomb = scrape(LATER, packed("#" + " ".repeat(1_000_000) + "\n"));
    assertThat(bomb.rejected()[0].reason()).isEqualTo(RejectReason.TOO_LARGE);

    Answer noGzip =
        new Answer(
            200, Map.of("Content-Encoding", "gzip"), "a 1\n".getBytes(StandardCharsets.UTF_8));
    assertThat(scrape(LATER, noGzip).rejected()[0].reason())
        .isEqualTo(RejectReason.MALFORMED_EXPOSITION);
  }

  private static Answer packed(String page) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(page.getBytes(StandardCharsets.UTF_8));
    }
    return new Answer(200, Map.of("Content-Encoding", "gzip"), bytes.toByteArray());
  }

  @Test
  void aLabelThatTheTargetHasToo() {
    String page = "a{job=\"x\",exported_instance=\"y\",instance=\"z\"} 1\nb{instance=\"\"} 1\n";

    assertThat(said(scrape(NOON, Answer.text(page))))
        .containsOnlyKeys(
            "a{exported_exported_instance=\"z\",exported_instance=\"y\",exported_job=\"x\",*}",
            "b{*}");

    scraper =
        scraperOf(
            Target.of(exporter.job(true, true), exporter.address(), Map.of("instance", "here")));
    assertThat(said(scrape(NOON, Answer.text(page))))
        .containsOnlyKeys("a{exported_instance=\"y\",instance=\"z\",job=\"x\"}", "b{job=\"it\"}");
  }

  @Test
  void timesThatNobodyBelievesAreRejectedAlone() {
    Decoded decoded =
        scrape(
            NOON,
            Answer.text(
                "a 1 "
                    + (NOON + MAX_AHEAD + 1)
                    + "\nb 1 "
                    + (NOON + MAX_AHEAD)
                    + "\nc 1 0\nd 1\ne 1 -5\n"));

    assertThat(said(decoded)).containsOnlyKeys("b{*}", "d{*}");
    assertThat(decoded.rejected())
        .extracting(Rejected::reason, Rejected::path)
        .containsExactly(
            org.assertj.core.api.Assertions.tuple(
                RejectReason.TOO_FAR_AHEAD, "a{instance=\"here\",job=\"it\"}"),
            org.assertj.core.api.Assertions.tuple(
                RejectReason.BAD_TIMESTAMP, "c{instance=\"here\",job=\"it\"}"));
    assertThat(decoded.rejected()[1].detail()).contains("and 1 more");
  }

  @Test
  void aSeriesWrittenTwiceIsSaidOnce() {
    Decoded decoded = scrape(NOON, Answer.text("a{b=\"1\",c=\"2\"} 1\na{c=\"2\",b=\"1\"} 2\n"));

    assertThat(said(decoded)).containsOnly(entry("a{b=\"1\",c=\"2\",*}", "1.0@0"));
    assertThat(decoded.rejected())
        .extracting(Rejected::reason)
        .containsExactly(RejectReason.DUPLICATE_SAMPLE);
  }

  @Test
  void rulesRenameRelabelAndDropSamples() throws IOException {
    scraper =
        scraperWith(
            """
            - {source_labels: [__name__], regex: 'go_.*', action: drop}
            - {source_labels: [__name__], regex: 'node_(.*)', target_label: __name__, replacement: 'host_$1'}
            - {source_labels: [device], target_label: __tmp_device}
            - {source_labels: [__tmp_device], regex: 'sd(.)', target_label: disk}
            - {regex: device, action: labeldrop}
            """);
    String page =
        "# TYPE node_io counter\nnode_io{device=\"sda\"} 1\ngo_info 1\ngo_threads 3\nup_time{device=\"\"} 2\n";

    Decoded decoded = scrape(NOON, Answer.text(page));

    assertThat(all(decoded))
        .contains(
            entry("host_io{disk=\"a\",*}", "1.0@0"),
            entry("up_time{*}", "2.0@0"),
            entry("scrape_samples_scraped{*}", "4.0@0"),
            entry("scrape_samples_post_metric_relabeling{*}", "2.0@0"),
            entry("scrape_series_added{*}", "2.0@0"))
        .hasSize(7);
    assertThat(decoded.rejected()).isEmpty();
    assertThat(all(scrape(LATER, Answer.text(page))))
        .contains(
            entry("host_io{disk=\"a\",*}", "1.0@10000"),
            entry("scrape_samples_post_metric_relabeling{*}", "2.0@10000"),
            entry("scrape_series_added{*}", "0.0@10000"));
    assertThat(said(scrape(LATER + 10_000, Answer.text("go_info 1\n"))))
        .containsOnly(
            entry("host_io{disk=\"a\",*}", "end@20000"), entry("up_time{*}", "end@20000"));
  }

  @Test
  void aPageLikeTheLastOneIsNotRelabelledAgain() throws IOException {
    scraper = scraperWith("[{source_labels: [a], target_label: b}]");
    String page = "x{a=\"1\"} 1\ny 1\n";

    SeriesLayout before = scrape(NOON, Answer.text(page)).batches()[0].layout();

    assertThat(scrape(LATER, Answer.text(page)).batches()[0].layout()).isSameAs(before);
  }

  @Test
  void whereRulesMakeOneSeriesOfTwoTheFirstSampleCounts() throws IOException {
    scraper =
        scraperWith(
            "[{regex: pod, action: labeldrop}, {source_labels: [__name__], regex: 'b', target_label: __name__, replacement: a}]");
    String page = "a{pod=\"1\"} 1\na{pod=\"2\"} 2\n# TYPE b counter\nb 3\nc 4\n";
    for (long slot : new long[] {NOON, LATER}) {
      Decoded decoded = scrape(slot, Answer.text(page));

      String time = "@" + (slot - NOON);
      assertThat(all(decoded))
          .contains(
              entry("a{*}", "1.0" + time),
              entry("c{*}", "4.0" + time),
              entry("up{*}", "1.0" + time),
              entry("scrape_samples_post_metric_relabeling{*}", "4.0" + time));
      int samples = List.of(decoded.batches()).stream().mapToInt(SampleBatch::size).sum();
      assertThat(samples).as("each series once").isEqualTo(7);
      assertThat(decoded.rejected())
          .extracting(Rejected::reason, Rejected::path)
          .containsExactly(
              org.assertj.core.api.Assertions.tuple(
                  RejectReason.DUPLICATE_SAMPLE, "a{instance=\"here\",job=\"it\"}"));
      assertThat(decoded.rejected()[0].detail()).contains("and 1 more");
    }
    assertThat(said(scrape(LATER + 10_000, Answer.text("a{pod=\"3\"} 5\n"))))
        .containsOnly(entry("a{*}", "5.0@20000"), entry("c{*}", "end@20000"));
  }

  @Test
  void rulesThatLeaveNoSeriesFailTheScrape() throws IOException {
    scrape(NOON, Answer.text("a 1\n"));
    for (String rules :
        List.of(
            "[{target_label: __name__, replacement: ''}]",
            "[{target_label: __name__, replacement: 'a b'}]",
            "[{regex: 'x_(.*)', action: labelmap}]")) {
      scraper = scraperWith(rules);
      Decoded decoded = scrape(LATER, Answer.text("a{x_1=\"y\"} 1\n"));

      assertThat(said(decoded)).as(rules).isEmpty();
      assertThat(all(decoded))
          .containsEntry("up{*}", "0.0@10000")
          .containsEntry("scrape_samples_post_metric_relabeling{*}", "0.0@10000");
      assertThat(decoded.rejected())
          .extracting(Rejected::reason)
          .containsAnyOf(RejectReason.BAD_METRIC_NAME, RejectReason.BAD_LABEL_NAME)
          .hasSize(1);
    }
  }

  @Test
  void aCounterThatBecomesAGaugeIsOne() {
    scrape(NOON, Answer.text("# TYPE a counter\na 1\n"));
    Decoded decoded = scrape(LATER, Answer.text("# TYPE a gauge\na 1\n"));

    assertThat(said(decoded)).containsOnlyKeys("a{*}");
    assertThat(decoded.batches()[0].layout().series(0).kind()).isEqualTo(MetricKind.GAUGE);
  }

  @Test
  void nulInALabelIsNotPassedOnToADatabaseThatRefusesIt() {
    assertThat(said(scrape(NOON, Answer.text("a{b=\"\0\"} 1\n"))))
        .containsOnlyKeys("a{b=\"\ufffd\",*}");
  }

  @Test
  void theEndOfATargetIsTheEndOfAllItsSeries() {
    scrape(NOON, Answer.text("a 1\n"));

    assertThat(all(scraper.end(LATER)))
        .containsOnly(
            entry("a{*}", "end@10000"),
            entry("up{*}", "end@10000"),
            entry("scrape_duration_seconds{*}", "end@10000"),
            entry("scrape_samples_scraped{*}", "end@10000"),
            entry("scrape_samples_post_metric_relabeling{*}", "end@10000"),
            entry("scrape_series_added{*}", "end@10000"));
  }
}
