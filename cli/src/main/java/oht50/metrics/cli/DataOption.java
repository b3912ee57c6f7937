package oht50.metrics.cli;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** {@code --data DIR}, and what is known about the instance that lives there. */
public final class DataOption {
  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Data folder of the instance (default: .oht50 in the project's root).")
  private Path data;

  public DataFolder folder() {
    return new DataFolder(data == null ? Home.folder().resolve(".oht50") : data);
  }

  /** As given, to be repeated in advice. */
  public String asArgument() {
    return data == null ? "" : " --data " + data;
  }

  /** The state of the running instance; ends the command if there is none. */
  public RunState running() {
    DataFolder folder = folder();
    if (!folder.isLocked()) {
      throw nothingRuns();
    }
    return RunState.read(folder.stateFile()).orElseThrow(this::nothingRuns);
  }

  CommandFailure nothingRuns() {
    return CommandFailure.unavailable(
        "nothing runs in " + folder().root() + "; start it: ./oht50 up --detach" + asArgument());
  }
}
