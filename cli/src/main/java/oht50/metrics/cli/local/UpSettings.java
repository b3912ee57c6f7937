package oht50.metrics.cli.local;

import java.nio.file.Path;
import java.util.List;

/**
 * What `up` was asked for.
 *
 * @param configs settings of the job, over those it comes with
 * @param taskManagers how many
 * @param agents options of each Flink JVM, before all others
 */
public record UpSettings(
    Ports ports,
    boolean demo,
    boolean host,
    boolean clock,
    List<Path> configs,
    List<String> overrides,
    List<String> flinkOverrides,
    Path jobJar,
    KafkaListeners kafka,
    int taskManagers,
    List<String> agents) {}
