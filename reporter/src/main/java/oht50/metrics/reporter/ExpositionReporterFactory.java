package oht50.metrics.reporter;

import java.util.Properties;
import org.apache.flink.metrics.reporter.MetricReporter;
import org.apache.flink.metrics.reporter.MetricReporterFactory;

/** Named in {@code metrics.reporter.<name>.factory.class}. */
public final class ExpositionReporterFactory implements MetricReporterFactory {
  @Override
  public MetricReporter createMetricReporter(Properties properties) {
    return new ExpositionReporter();
  }
}
