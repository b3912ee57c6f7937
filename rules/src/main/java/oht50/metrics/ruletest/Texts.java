package oht50.metrics.ruletest;

import java.time.Duration;
import java.util.List;
import oht50.metrics.model.Labels;
import oht50.metrics.promql.eval.MetricLabels;
import oht50.metrics.time.Durations;

/** How results of tests are written. */
final class Texts {
  private static final String INDENT = "          ";

  private Texts() {}

  static String time(long millis) {
    return Durations.print(Duration.ofMillis(millis));
  }

  static String alert(Labels labels, Labels annotations) {
    return "Labels:" + MetricLabels.text(labels) + " Annotations:" + MetricLabels.text(annotations);
  }

  /** Each element in a line. */
  static String list(List<String> elements) {
    StringBuilder text = new StringBuilder("[");
    for (int i = 0; i < elements.size(); i++) {
      text.append(String.format("%n"))
          .append(INDENT)
          .append(i)
          .append(": ")
          .append(elements.get(i));
    }
    return text.append(elements.isEmpty() ? "]" : String.format("%n        ]")).toString();
  }
}
