package oht50.metrics.exposition;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import oht50.metrics.model.Labels;
import oht50.metrics.model.MetricKind;
import oht50.metrics.model.SampleBatch;
import oht50.metrics.model.Series;
import oht50.metrics.model.SeriesLayout;
import oht50.metrics.model.StaleMarker;
import org.junit.jupiter.api.Test;

/** Requests per second on the page; the minute that is shown begins at {@link #T}. */
class ThroughputTest {
  private static final long T = 1_795_521_600_000L;
  private static final long SECOND = 1_000;
  private static final long MINUTE = 60_000;
  private static final String COUNTED = "{endpoint=/a}";
  private static final String SCRAPED = "{endpoint=/a, instance=b-1, job=backend}";

  private final Tallies tallies = new Tallies();
  private ExpositionPage page = new ExpositionPage();

  @Test
  void countedRequestsAreThoseOfTheLastCompleteMinuteOverSixtySeconds() {
    counted("b-1", "GET", T - 1, 1_000);
    counted("b-1", "GET", T, 10);
    counted("b-1", "POST", T + 30 * SECOND, 2);
    counted("b-2", "GET", T + MINUTE - 1, 3);
    counted("b-1", "GET", T + MINUTE, 6);

    assertThat(at(T + MINUTE - 1)).containsExactly(Map.entry(COUNTED, 1_000 / 60.0));
    assertThat(at(T + MINUTE)).containsExactly(Map.entry(COUNTED, 15 / 60.0));
    assertThat(at(T + 2 * MINUTE)).containsExactly(Map.entry(COUNTED, 6 / 60.0));
    assertThat(at(T + 3 * MINUTE)).containsExactly(Map.entry(COUNTED, 0.0));
  }

  @Test
  void whatComesLateForTheMinuteIsInItAndSoIsACorrection() {
    counted("b-1", "GET", T, 10);
    assertThat(at(T + MINUTE + SECOND)).containsValue(10 / 60.0);

    counted("b-1", "GET", T + SECOND, 5);
    assertThat(shown()).containsValue(15 / 60.0);
    counted("b-1", "GET", T + SECOND, -3);
    assertThat(shown()).containsValue(12 / 60.0);
    counted("b-1", "GET", T - 10 * MINUTE, 100);
    assertThat(shown()).as("what is of another minute is not").containsValue(12 / 60.0);
  }

  @Test
  void aRunningTotalHasGrownByItsStepsTheOneIntoTheMinuteIncluded() {
    reading("200", T - 5 * SECOND, 100);
    reading("200", T + 10 * SECOND, 130);
    reading("200", T + 25 * SECOND, 140);
    reading("500", T - 5 * SECOND, 7);
    reading("500", T + 10 * SECOND, 9);
    reading("200", T + MINUTE, 1_000);

    assertThat(at(T + MINUTE)).containsExactly(Map.entry(SCRAPED, (40 + 2) / 60.0));
  }

  @Test
  void aRunningTotalThatFallsBeganAnewAtZero() {
    reading("200", T, 100);
    reading("200", T + 15 * SECOND, 4);
    reading("200", T + 30 * SECOND, 10);

    assertThat(at(T + MINUTE)).containsExactly(Map.entry(SCRAPED, 10 / 60.0));
  }

  @Test
  void aMinuteWithoutReadingsHasNoRateAndTheFirstReadingIsNoRequest() {
    reading("200", T + 10 * SECOND, 100);
    assertThat(at(T + MINUTE)).containsExactly(Map.entry(SCRAPED, 0.0));
    assertThat(at(T + 2 * MINUTE)).isEmpty();

    reading("200", T + 130 * SECOND, 190);
    assertThat(at(T + 3 * MINUTE)).containsExactly(Map.entry(SCRAPED, 90 / 60.0));
  }

  @Test
  void pathsOfOneEndpointAreSummedUp() {
    for (String path : List.of("/a/1", "/a/2")) {
      Labels labels =
          Labels.of("endpoint", "/a", "path", path, "instance", "b-1", "job", "backend");
      add(labels, MetricKind.COUNTER, T, 10);
      add(labels, MetricKind.COUNTER, T + SECOND, 40);
    }

    assertThat(at(T + MINUTE)).containsExactly(Map.entry(SCRAPED, 1.0));
  }

  @Test
  void theOrderOfArrivalChangesNothing() {
    List<Runnable> arrivals = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      long time = T - MINUTE + i * 7 * SECOND;
      int total = i % 9 * 10;
      arrivals.add(() -> reading("200", time, total));
      arrivals.add(() -> counted("b-1", "GET", time, 1));
    }
    arrivals.forEach(Runnable::run);
    Map<String, Double> inOrder = at(T + MINUTE);
    assertThat(inOrder).hasSize(2);

    for (int seed = 0; seed < 20; seed++) {
      Collections.shuffle(arrivals, new Random(seed));
      page = new ExpositionPage();
      arrivals.forEach(Runnable::run);
      assertThat(at(T + MINUTE)).as("seed " + seed).isEqualTo(inOrder);
    }
  }

  @Test
  void whoeverReportsItKnowsBetter() {
    reading("200", T, 100);
    reading("200", T + SECOND, 160);
    tallies.add(
        batch(
            Series.gauge(Throughput.METRIC, "endpoint", "/a", "instance", "b-1", "job", "backend"),
            T + SECOND,
            9.8));
    assertThat(at(T + MINUTE)).containsExactly(Map.entry(SCRAPED, 9.8));

    tallies.add(
        batch(
            Series.gauge(Throughput.METRIC, "endpoint", "/a", "instance", "b-1", "job", "backend"),
            T + 2 * SECOND,
            StaleMarker.VALUE));
    assertThat(shown()).containsExactly(Map.entry(SCRAPED, 1.0));
  }

  @Test
  void aRestartKeepsIt() {
    counted("b-1", "GET", T, 10);
    reading("200", T - SECOND, 100);
    reading("200", T + SECOND, 160);
    Map<String, Double> before = at(T + MINUTE);
    assertThat(before).hasSize(2);

    page = ExpositionPage.of(page.entries());
    assertThat(shown()).as("before time is known").isEmpty();

    assertThat(at(T + MINUTE)).isEqualTo(before);
  }

  @Test
  void whatIsNoLongerNeededLeaves() {
    for (int i = 0; i < 100; i++) {
      counted("b-1", "GET", T + i * MINUTE, 10);
      reading("200", T + i * MINUTE, i);
      at(T + i * MINUTE);
      assertThat(page.entries().stream().filter(entry -> entry.tally().form().isOfATime()))
          .as("of each source the minute that is shown, one before and one after")
          .hasSizeLessThanOrEqualTo(6);
    }

    assertThat(at(T + 106 * MINUTE)).isEmpty();
    assertThat(page.entries().stream().filter(entry -> entry.tally().form().isOfATime())).isEmpty();
  }

  @Test
  void endpointsBeyondTheLimitOfThePageAreLeftOut() {
    for (int i = 0; i < Throughput.MAX_SOURCES + 10; i++) {
      add(Labels.of("endpoint", "/" + i), MetricKind.DELTA, T, 1);
    }

    assertThat(at(T + MINUTE)).hasSize(ExpositionPage.MAX_SERIES);
    assertThat(page.entries().stream().filter(entry -> entry.tally().form().isOfATime()))
        .hasSize(Throughput.MAX_SOURCES);
  }

  private void counted(String instance, String method, long timestamp, double more) {
    add(
        Labels.of("endpoint", "/a", "instance", instance, "method", method, "status_code", "200"),
        MetricKind.DELTA,
        timestamp,
        more);
  }

  private void reading(String status, long timestamp, double total) {
    add(
        Labels.of(
            "endpoint", "/a",
            "instance", "b-1",
            "job", "backend",
            "method", "GET",
            "status_code", status),
        MetricKind.COUNTER,
        timestamp,
        total);
  }

  private void add(Labels labels, MetricKind kind, long timestamp, double value) {
    tallies.add(batch(Series.of("oht50_http_requests_total", labels, kind), timestamp, value));
  }

  private static SampleBatch batch(Series series, long timestamp, double value) {
    return new SampleBatch(
        SeriesLayout.of(series), new long[] {timestamp}, new double[] {value}, 1, 1);
  }

  private Map<String, Double> at(long watermark) {
    tallies.drain().forEach(page::take);
    page.onWatermark(watermark);
    return shown();
  }

  /** labels -> requests per second */
  private Map<String, Double> shown() {
    tallies.drain().forEach(page::take);
    Map<String, Double> rates = new TreeMap<>();
    for (ExpositionPage.Row row : page.rows()) {
      if (row.metric().name().equals(Throughput.METRIC)) {
        assertThat(rates.put(row.labels().toString(), row.values()[0])).isNull();
      }
    }
    return rates;
  }
}
