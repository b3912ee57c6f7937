package oht50.metrics.cli;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What runs where: the file state.json, written by the supervisor, read by every other command.
 *
 * @param phase starting, up or stopping
 * @param pids of supervisor, jobManager, taskManager (taskManager2, ...), kafka, postgres
 * @param jdbcUrl without user and password
 * @param prometheus where Flink's processes report their health
 * @param metrics where the {@code oht50_*} metrics are
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record RunState(
    String phase,
    String startedAt,
    Map<String, Long> pids,
    Map<String, Integer> ports,
    String jdbcUrl,
    String jdbcUser,
    String bootstrapServers,
    String flinkUi,
    List<String> prometheus,
    String metrics,
    String jobId,
    String checkpointDir,
    boolean clock) {

  public static final String STARTING = "starting";
  public static final String UP = "up";
  public static final String STOPPING = "stopping";

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  public RunState withPhase(String changed) {
    return new RunState(
        changed,
        startedAt,
        pids,
        ports,
        jdbcUrl,
        jdbcUser,
        bootstrapServers,
        flinkUi,
        prometheus,
        metrics,
        jobId,
        checkpointDir,
        clock);
  }

  public RunState withProcesses(Map<String, Long> changedPids, String changedJobId) {
    return new RunState(
        phase,
        startedAt,
        changedPids,
        ports,
        jdbcUrl,
        jdbcUser,
        bootstrapServers,
        flinkUi,
        prometheus,
        metrics,
        changedJobId,
        checkpointDir,
        clock);
  }

  /** Replaces the file as a whole, so that a reader never sees half of it. */
  public void write(Path file) throws IOException {
    Path next = file.resolveSibling(file.getFileName() + ".next");
    Files.write(next, JSON.writeValueAsBytes(this));
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  public static Optional<RunState> read(Path file) {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(JSON.readValue(file.toFile(), RunState.class));
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
