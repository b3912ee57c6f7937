package oht50.metrics.cli.local;

import java.nio.file.Path;
import java.util.List;

/** What is submitted. No secret is among the arguments: they are shown in Flink's web UI. */
record JobRequest(Path jar, List<String> arguments) {
  static final String MAIN_CLASS = "oht50.metrics.job.MetricsJob";
}
