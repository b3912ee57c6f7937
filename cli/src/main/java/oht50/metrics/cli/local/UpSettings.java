package oht50.metrics.cli.local;

import java.nio.file.Path;
import java.util.List;

/** What `up` was asked for. */
record UpSettings(
    Ports ports,
    boolean demo,
    boolean host,
    boolean clock,
    List<String> overrides,
    List<String> flinkOverrides,
    Path jobJar) {}
