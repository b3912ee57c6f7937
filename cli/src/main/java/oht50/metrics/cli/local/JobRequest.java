package oht50.metrics.cli.local;

import java.nio.file.Path;
import java.util.List;

/**
 * What is submitted. No secret is among the arguments: they are shown in Flink's web UI.
 *
 * @param lessThanBefore a source is switched off: the state it left in a checkpoint may be dropped,
 *     which is refused otherwise
 */
record JobRequest(Path jar, List<String> arguments, boolean lessThanBefore) {
  static final String MAIN_CLASS = "oht50.metrics.job.MetricsJob";
}
