package oht50.metrics.exposition;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import oht50.metrics.model.Labels;
import oht50.metrics.model.MetricKind;
import oht50.metrics.model.SampleBatch;
import oht50.metrics.model.Series;
import oht50.metrics.model.SeriesLayout;
import oht50.metrics.model.StaleMarker;
import org.junit.jupiter.api.Test;

class ExpositionPageTest {
  private static final long T = 1_795_521_600_000L;
  private static final String MISSIONS = "oht50_missions_total";
  private static final String LOAD = "oht50_system_load";
  private static final String RESPONSE = "oht50_safety_response_time_seconds";

  private final Tallies tallies = new Tallies();
  private ExpositionPage page = new ExpositionPage();

  @Test
  void aCountIsSummedOverRobots() {
    missions("R-1", "patrol", 2);
    missions("R-2", "patrol", 3);
    missions("R-2", "dock", 1);

    assertThat(scraped())
        .containsExactly(
            Map.entry(MISSIONS + "{status=completed, type=dock}", "[1.0]"),
            Map.entry(MISSIONS + "{status=completed, type=patrol}", "[5.0]"));
  }

  @Test
  void aCountThatIsCorrectedDownwardsStaysUntilItHasGrownPastIt() {
    missions("R-1", "patrol", 5);
    assertThat(scraped()).containsValue("[5.0]");
    missions("R-1", "patrol", -2);
    assertThat(scraped()).containsValue("[5.0]");
    missions("R-1", "patrol", 1);
    assertThat(scraped()).as("4 is below what was shown").containsValue("[5.0]");
    page = restored();
    missions("R-1", "patrol", 2);
    assertThat(scraped()).as("the debt is paid off, nothing is lost").containsValue("[6.0]");
  }

  @Test
  void whatIsNotInACompleteCheckpointIsNotShown() {
    missions("R-1", "patrol", 5);
    List<PageEntry> checkpoint = taken().entries();
    missions("R-1", "patrol", 2);
    taken();
    assertThat(page.rows()).isEmpty();

    page.show(checkpoint);

    assertThat(shown()).containsValue("[5.0]");
    assertThat(ExpositionPage.of(checkpoint).rows()).as("nor less after a restart").hasSize(1);
  }

  @Test
  void theNewestLevelIsShownAtOnceAndWithItsInstance() {
    level(T + 1, 2);
    level(T + 2, 3);
    level(T, 1);

    assertThat(taken().rows()).hasSize(1);
    assertThat(shown()).containsExactly(Map.entry(LOAD + "{instance=host-1, period=1m}", "[3.0]"));
  }

  @Test
  void aLevelThatNobodyRenewsLeaves() {
    level(T, 1);
    taken().onWatermark(T + ExpositionPage.LEVEL_EXPIRY_MILLIS);
    assertThat(shown()).hasSize(1);

    page.onWatermark(T + ExpositionPage.LEVEL_EXPIRY_MILLIS + 1);

    assertThat(shown()).isEmpty();
    assertThat(page.entries()).isEmpty();
  }

  @Test
  void aStaleMarkerEndsALevelAndTheNextSampleBringsItBack() {
    level(T, 1);
    level(T + 1, StaleMarker.VALUE);
    assertThat(taken().rows()).isEmpty();
    level(T + 2, 2);
    assertThat(taken().rows()).hasSize(1);
  }

  @Test
  void aLevelOfARobotHasNoPlaceOnThePage() {
    Series ofRobot = Series.gauge(LOAD, "period", "1m", "robot_id", "R-1");
    tallies.add(batch(ofRobot, T, 1));

    assertThat(tallies.isEmpty()).isTrue();
  }

  @Test
  void observationsFallIntoBucketsWhoseBoundsAreInclusive() {
    for (double seconds : new double[] {0.01, 0.02, 0.05, 11, -0.5}) {
      tallies.add(
          batch(
              Series.of(
                  RESPONSE, Labels.of("robot_id", "R-1", "type", "e_stop"), MetricKind.HISTOGRAM),
              T,
              seconds));
    }

    // .005 .01 .02 .05 .1 .2 .5 1 2 5 +Inf; a negative duration is none
    assertThat(scraped())
        .containsExactly(
            Map.entry(
                RESPONSE + "{type=e_stop}",
                "[11.08, 1.0, 1.0, 1.0, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0]"));
  }

  @Test
  void whatTheJobCountsItselfIsShownBeforeWhatASourceReports() {
    tallies.add(
        batch(
            Series.of(
                MISSIONS, Labels.of("status", "completed", "type", "patrol"), MetricKind.COUNTER),
            T,
            1_000));
    missions("R-1", "patrol", 2);

    assertThat(scraped())
        .containsExactly(Map.entry(MISSIONS + "{status=completed, type=patrol}", "[2.0]"));
  }

  @Test
  void aRunningTotalIsShownAsItsSourceReportsIt() {
    Series sent =
        Series.of(
            "oht50_network_bytes_total",
            Labels.of("interface", "eth0", "direction", "sent", "instance", "host-1"),
            MetricKind.COUNTER);
    tallies.add(batch(sent, T, 1_000));
    tallies.add(batch(sent, T + 1, 1_500));
    assertThat(taken().rows()).as("a restart could take it back").isEmpty();

    assertThat(scraped().values()).containsExactly("[1500.0]");
  }

  @Test
  void countsOfTooManySeriesAreSummedInOne() {
    for (int i = 0; i < ExpositionPage.MAX_SERIES + 5; i++) {
      missions("R-1", "type-" + i, 2);
    }

    Map<String, String> scraped = scraped();

    assertThat(scraped).hasSize(ExpositionPage.MAX_SERIES + 1);
    assertThat(scraped)
        .containsEntry(MISSIONS + "{status=__overflow__, type=__overflow__}", "[10.0]");
  }

  @Test
  void thePageIsTheSameAfterItWasWrittenAndRead() throws IOException {
    missions("R-1", "patrol", 5);
    missions("R-1", "patrol", -1);
    level(T, 2);
    tallies.add(batch(Series.of(RESPONSE, Labels.EMPTY, MetricKind.HISTOGRAM), T, 0.1));
    Map<String, String> before = scraped();

    page = restored();

    assertThat(shown()).isEqualTo(before);
  }

  @Test
  void aHistogramWhoseBoundsHaveChangedBeginsAnew() {
    List<Double> bounds = new ArrayList<>(SeedMetrics.named(RESPONSE).bounds());
    Tally old =
        new Tally(
            Tally.Form.OBSERVATIONS, RESPONSE, Labels.EMPTY, 0, 3, new long[bounds.size() + 1]);
    assertThat(ExpositionPage.of(List.of(new PageEntry(old, 0, bounds))).entries()).hasSize(1);

    bounds.set(0, bounds.get(0) / 2);

    assertThat(ExpositionPage.of(List.of(new PageEntry(old, 0, bounds))).entries()).isEmpty();
  }

  @Test
  void aSelectionKeepsOnlyWhatIsOnThePage() {
    Series latency =
        Series.gauge(
            "oht50_telemetry_latency_seconds", "data_type", "telemetry", "robot_id", "R-1");
    Series position = Series.gauge("oht50_robot_position_mm", "axis", "x", "robot_id", "R-1");
    PageSelection selection = new PageSelection();

    SampleBatch both = batch(SeriesLayout.of(position, latency), T, 7, 0.5);

    assertThat(selection.of(both)).isEqualTo(batch(latency, T, 0.5));
    assertThat(selection.of(batch(position, T, 7))).isNull();
    SampleBatch all = batch(latency, T, 1);
    assertThat(selection.of(all)).isSameAs(all);
  }

  @Test
  void theTableHasTheTwentySevenMetricsOfTheSpecificationAndTheTotalOfMemory() {
    assertThat(SeedMetrics.ALL).hasSize(28).extracting(ExposedMetric::name).doesNotHaveDuplicates();
    assertThat(SeedMetrics.ALL)
        .allSatisfy(
            metric -> {
              assertThat(metric.name().endsWith("_total"))
                  .isEqualTo(metric.type() == ExposedMetric.Type.COUNTER);
              assertThat(metric.bounds()).isSorted();
              assertThat(metric.bounds().isEmpty())
                  .isEqualTo(metric.type() != ExposedMetric.Type.HISTOGRAM);
            });
  }

  @Test
  void bucketsFitWhatTheyMeasure() {
    assertThat(SeedMetrics.named("oht50_mission_duration_seconds").bounds())
        .as("missions take minutes")
        .containsExactly(
            1.0, 5.0, 15.0, 30.0, 60.0, 120.0, 180.0, 300.0, 600.0, 1200.0, 1800.0, 3600.0);
    assertThat(SeedMetrics.named(RESPONSE).bounds())
        .as("answers take milliseconds")
        .containsExactly(.005, .01, .02, .05, .1, .2, .5, 1.0, 2.0, 5.0);
  }

  private void missions(String robot, String type, double more) {
    tallies.add(
        batch(
            Series.of(
                MISSIONS,
                Labels.of("robot_id", robot, "status", "completed", "type", type),
                MetricKind.DELTA),
            T,
            more));
    taken();
  }

  private void level(long timestamp, double value) {
    tallies.add(batch(Series.gauge(LOAD, "period", "1m", "instance", "host-1"), timestamp, value));
    taken();
  }

  private static SampleBatch batch(Series series, long timestamp, double value) {
    return batch(SeriesLayout.of(series), timestamp, value);
  }

  private static SampleBatch batch(SeriesLayout layout, long timestamp, double... values) {
    return new SampleBatch(layout, new long[] {timestamp}, values, 1, 1);
  }

  private ExpositionPage taken() {
    tallies.drain().forEach(page::take);
    return page;
  }

  /** What a scrape sees after a complete checkpoint. */
  private Map<String, String> scraped() {
    page.show(taken().entries());
    return shown();
  }

  private Map<String, String> shown() {
    Map<String, String> rows = new LinkedHashMap<>();
    for (ExpositionPage.Row row : page.rows()) {
      rows.put(row.metric().name() + row.labels(), java.util.Arrays.toString(row.values()));
    }
    return rows;
  }

  private ExpositionPage restored() {
    PageEntry.BinaryForm form = new PageEntry.BinaryForm();
    List<PageEntry> read = new ArrayList<>();
    try {
      for (PageEntry entry : page.entries()) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        form.write(entry, new DataOutputStream(bytes));
        read.add(
            form.read(
                form.version(),
                new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()))));
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return ExpositionPage.of(read);
  }
}
