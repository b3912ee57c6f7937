package oht50.metrics.ruletest;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The files that a name with {@code *}, {@code ?} and {@code [a-z]} stands for, each of which stays
 * in its folder, as in Go's {@code filepath.Glob}.
 */
final class RuleFileNames {
  private RuleFileNames() {}

  /**
   * @param folder that a relative name is relative to
   * @return sorted; none if nothing is there
   */
  static List<Path> find(Path folder, String pattern) throws IOException {
    Path base = pattern.startsWith("/") ? Path.of("/") : folder;
    List<Path> found = List.of(base);
    for (String step : pattern.split("/", -1)) {
      if (!step.isEmpty()) {
        List<Path> next = new ArrayList<>();
        for (Path each : found) {
          next.addAll(step(each, step));
        }
        found = next;
      }
    }
    return found.stream().filter(Files::isRegularFile).toList();
  }

  private static List<Path> step(Path folder, String step) throws IOException {
    if (step.chars().noneMatch(c -> "*?[".indexOf(c) >= 0)) {
      Path next = folder.resolve(step);
      return Files.exists(next) ? List.of(next) : List.of();
    }
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    String glob = step.replaceAll("\\*+", "*").replaceAll("([{},])", "\\\\$1").replace("[^", "[!");
    PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + glob);
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(path -> matcher.matches(path.getFileName())).sorted().toList();
    }
  }
}
