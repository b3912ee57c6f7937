package oht50.metrics.cli.rules;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import oht50.metrics.cli.CommandFailure;
import oht50.metrics.rulefile.RuleFileReader;
import oht50.metrics.rulefile.RuleGroup;
import oht50.metrics.rulefile.ShippedRules;
import oht50.metrics.yaml.Finding;

/** Rule files that have to be in order. */
final class RuleFiles {
  private RuleFiles() {}

  /**
   * The groups of all files, in their order.
   *
   * @param files without one, those that ship
   */
  static List<RuleGroup> groups(List<Path> files) throws IOException {
    if (files.isEmpty()) {
      return ShippedRules.read().groups();
    }
    List<RuleGroup> groups = new ArrayList<>();
    List<Finding> findings = new ArrayList<>();
    for (Path file : files) {
      groups.addAll(
          RuleFileReader.read(file.toString(), text(file), false, findings).file().groups());
    }
    if (!findings.isEmpty()) {
      throw CommandFailure.problems(
          findings.stream().sorted().map(Finding::toString).collect(Collectors.joining("\n")));
    }
    return groups;
  }

  private static String text(Path file) throws IOException {
    try {
      return Files.readString(file);
    } catch (NoSuchFileException e) {
      throw CommandFailure.usage("there is no file " + file);
    } catch (MalformedInputException e) {
      throw CommandFailure.problems(file + " is not UTF-8");
    }
  }
}
