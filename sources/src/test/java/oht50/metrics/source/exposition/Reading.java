package oht50.metrics.source.exposition;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import oht50.metrics.model.MetricKind;

/** A text as a test sees it: its samples, or that there are none. */
final class Reading {
  static final ExpositionLimits LIMITS = new ExpositionLimits(100_000, 64, 256, 4_096);

  /**
   * @param series {@code name{a="b"}}, labels sorted
   * @param timestamp ms, or null
   */
  record Said(String series, MetricKind kind, double value, Long timestamp) {}

  private Reading() {}

  static List<Said> text(String text) throws InvalidExposition {
    return read(ExpositionFormat.PROMETHEUS_TEXT, text.getBytes(StandardCharsets.UTF_8), LIMITS);
  }

  static List<Said> openMetrics(String text) throws InvalidExposition {
    return read(ExpositionFormat.OPENMETRICS, text.getBytes(StandardCharsets.UTF_8), LIMITS);
  }

  static List<Said> read(ExpositionFormat format, byte[] text, ExpositionLimits limits)
      throws InvalidExposition {
    List<Said> said = new ArrayList<>();
    format.parse(
        text,
        text.length,
        limits,
        sample -> {
          TreeMap<String, String> labels = new TreeMap<>();
          for (int i = 0; i < sample.labels(); i++) {
            labels.put(sample.labelName(i), sample.labelValue(i));
          }
          said.add(
              new Said(
                  sample.name() + labels,
                  sample.kind(),
                  sample.value(),
                  sample.hasTimestamp() ? sample.timestampMillis() : null));
        });
    return said;
  }
}
