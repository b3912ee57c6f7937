package oht50.metrics.promql.eval;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import oht50.metrics.model.Labels;
import oht50.metrics.promql.syntax.Numbers;

/** Functions of histograms that series with a label {@code le} make up. */
final class HistogramFunctions {
  private static final String BOUND = "le";

  /** What is asked of a histogram. */
  interface Question {
    double ask(ClassicHistogram histogram, int tick);
  }

  private HistogramFunctions() {}

  /**
   * The answer of each histogram at each tick, under the labels of its series without {@code le}.
   * Series whose bound is no number are left out.
   */
  static List<TickSeries> answers(List<TickSeries> buckets, int ticks, Question question) {
    List<TickSeries> answers = new ArrayList<>();
    for (List<Bucket> histogram : histograms(buckets)) {
      TickSeries series = histogram.get(0).series;
      Labels labels = series.labels.without(List.of(BOUND));
      TickSeries answer = new TickSeries(labels, series.losesName, ticks);
      for (int tick = 0; tick < ticks; tick++) {
        ClassicHistogram counts = new ClassicHistogram();
        boolean isThere = false;
        for (Bucket bucket : histogram) {
          if (bucket.series.present[tick]) {
            counts.add(bucket.bound, bucket.series.values[tick]);
            isThere = true;
          }
        }
        if (isThere) {
          answer.set(tick, question.ask(counts, tick));
        }
      }
      answers.add(answer);
    }
    return answers;
  }

  private record Bucket(double bound, TickSeries series) {}

  private static List<List<Bucket>> histograms(List<TickSeries> buckets) {
    Map<Labels, List<Bucket>> byLabels = new HashMap<>();
    List<List<Bucket>> histograms = new ArrayList<>();
    for (TickSeries series : buckets) {
      String bound = series.labels.get(BOUND);
      if (bound == null || !Numbers.isDecimal(bound)) {
        continue;
      }
      List<Bucket> histogram =
          byLabels.computeIfAbsent(
              series.labels.without(List.of(BOUND)),
              labels -> {
                histograms.add(new ArrayList<>());
                return histograms.get(histograms.size() - 1);
              });
      histogram.add(new Bucket(Numbers.decimal(bound), series));
    }
    return histograms;
  }
}
