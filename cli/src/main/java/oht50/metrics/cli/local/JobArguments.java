package oht50.metrics.cli.local;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import oht50.metrics.cli.DatabaseRoles;

/** What the job is told on its command line. */
final class JobArguments {
  /** Where the job looks for the password; it is in no argument. */
  static final String PASSWORD_VARIABLE = "OHT50_POSTGRES_PASSWORD";

  private JobArguments() {}

  /**
   * @param jobYaml below all other files
   */
  static List<String> of(
      Path jobYaml, UpSettings settings, String bootstrapServers, String jdbcUrl) {
    List<String> arguments = new ArrayList<>(List.of("--config", jobYaml.toString()));
    for (Path file : settings.configs()) {
      arguments.addAll(List.of("--config", file.toAbsolutePath().toString()));
    }
    List<String> pairs = new ArrayList<>();
    pairs.add("kafka.bootstrap-servers=" + bootstrapServers);
    pairs.add("postgres.url=" + jdbcUrl);
    pairs.add("postgres.user=" + DatabaseRoles.WRITER);
    pairs.add("postgres.password-env=" + PASSWORD_VARIABLE);
    if (!settings.host()) {
      pairs.add("host.enabled=false");
    }
    if (!settings.clock()) {
      pairs.add("clock.enabled=false");
    }
    pairs.addAll(settings.overrides());
    pairs.forEach(pair -> arguments.addAll(List.of("--set", pair)));
    return arguments;
  }
}
