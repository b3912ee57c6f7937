package oht50.metrics.ruletest;

import com.google.re2j.Pattern;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import oht50.metrics.rulefile.RuleFile;
import oht50.metrics.rulefile.RuleFileReader;
import oht50.metrics.rulefile.RuleGroup;
import oht50.metrics.yaml.Finding;

/** Runs test files. */
public final class RuleTests {
  private final Pattern names; // null for all tests
  private final boolean ignoresUnknown;

  /**
   * @param names part of the name of each test that is run; null for all
   * @param ignoresUnknown whether unknown fields of rule files are no fault
   */
  public RuleTests(Pattern names, boolean ignoresUnknown) {
    this.names = names;
    this.ignoresUnknown = ignoresUnknown;
  }

  /**
   * Runs the tests of a file over the rules that it names.
   *
   * @throws IOException if files cannot be read; that there is none is a fault of the outcome
   */
  public FileOutcome run(Path file) throws IOException {
    List<Finding> faults = new ArrayList<>();
    List<String> warnings = new ArrayList<>();
    RuleTestFile tests = RuleTestReader.read(file.toString(), text(file, faults), false, faults);
    List<RuleGroup> groups = groups(file, tests, faults, warnings);
    List<TestOutcome> outcomes = new ArrayList<>();
    if (faults.isEmpty()) {
      for (RuleTestFile.RuleTest test : tests.tests()) {
        if (names == null || names.matcher(test.name()).find()) {
          outcomes.add(new TestRun(tests, test, groups).run());
        }
      }
    }
    return new FileOutcome(file.toString(), faults.stream().sorted().toList(), warnings, outcomes);
  }

  private List<RuleGroup> groups(
      Path file, RuleTestFile tests, List<Finding> faults, List<String> warnings)
      throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    Set<Path> ruleFiles = new LinkedHashSet<>();
    for (String pattern : tests.rulePatterns()) {
      List<Path> found = RuleFileNames.find(folder, pattern);
      if (found.isEmpty()) {
        warnings.add("no file matches " + pattern);
      }
      found.forEach(each -> ruleFiles.add(each.normalize()));
    }
    List<RuleGroup> groups = new ArrayList<>();
    for (Path ruleFile : ruleFiles) {
      RuleFile read =
          RuleFileReader.read(ruleFile.toString(), text(ruleFile, faults), ignoresUnknown, faults)
              .file();
      groups.addAll(read.groups());
    }
    // Groups that the order does not name come with the first ones, as in promtool.
    groups.sort(
        Comparator.comparingInt(group -> Math.max(0, tests.groupOrder().indexOf(group.name()))));
    return groups;
  }

  private static String text(Path file, List<Finding> faults) throws IOException {
    try {
      return Files.readString(file);
    } catch (NoSuchFileException e) {
      faults.add(Finding.ofFile(file.toString(), "there is no such file"));
    } catch (MalformedInputException e) {
      faults.add(Finding.ofFile(file.toString(), "the file is not UTF-8"));
    }
    return "";
  }
}
