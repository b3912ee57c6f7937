package oht50.metrics.cli.rules;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import oht50.metrics.cli.CommandFailure;
import oht50.metrics.cli.ExitCodes;
import oht50.metrics.cli.output.RowFormat;
import oht50.metrics.cli.output.Rows;
import oht50.metrics.promql.conformance.CaseResult;
import oht50.metrics.promql.conformance.CaseResult.Outcome;
import oht50.metrics.promql.conformance.Conformance;
import oht50.metrics.promql.conformance.FileResult;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code rules conformance}. */
@Command(
    name = "conformance",
    mixinStandardHelpOptions = true,
    description = {
      "Run Prometheus' own tests of its language (promql/promqltest/testdata/*.test) and say what"
          + " passed, what failed, and what was left out because it is experimental or about"
          + " native histograms. Values are compared, warnings are not.",
      "Exit code 0 if nothing failed, 1 if something did or a file cannot be read."
    })
final class ConformanceCommand implements Callable<Integer> {
  private static final String TEST_FILE = ".test";

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "DIR|FILE",
      arity = "1..*",
      description = "Test files, or folders whose files *.test are run.")
  private List<Path> paths = new ArrayList<>();

  @Option(names = "--json", description = "An array with an object for each eval.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    List<FileResult> results = new ArrayList<>();
    for (Path file : files()) {
      results.add(run(file));
    }
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.print(RowFormat.JSON.print(cases(results)));
    } else {
      results.forEach(result -> printFaults(result, out));
      out.print(RowFormat.TABLE.print(counts(results)));
    }
    out.flush();
    return results.stream().allMatch(FileResult::isInOrder) ? ExitCodes.OK : ExitCodes.PROBLEMS;
  }

  private List<Path> files() throws IOException {
    List<Path> files = new ArrayList<>();
    for (Path path : paths) {
      if (Files.isDirectory(path)) {
        List<Path> found = testsIn(path);
        if (found.isEmpty()) {
          throw CommandFailure.usage(path + " has no files *" + TEST_FILE + "; name one that has");
        }
        files.addAll(found);
      } else if (Files.isReadable(path)) {
        files.add(path);
      } else {
        throw CommandFailure.usage("there is no file " + path + " that can be read");
      }
    }
    return files;
  }

  private static List<Path> testsIn(Path folder) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(file -> file.toString().endsWith(TEST_FILE)).sorted().toList();
    }
  }

  private static FileResult run(Path file) throws IOException {
    try {
      return Conformance.run(file.toString(), Files.readString(file));
    } catch (MalformedInputException e) {
      return new FileResult(file.toString(), List.of(), "1: the file is not UTF-8");
    }
  }

  private static void printFaults(FileResult result, PrintWriter out) {
    if (result.fault() != null) {
      out.println(result.name() + ":" + result.fault());
    }
    for (CaseResult each : result.cases()) {
      if (each.outcome() == Outcome.FAILED) {
        out.println(result.name() + ":" + each.line() + ": " + each.reason());
      }
    }
  }

  /** Of each file and of all together: how many passed, failed and were left out for a reason. */
  private static Rows counts(List<FileResult> results) {
    List<List<Object>> rows = new ArrayList<>();
    long passed = 0;
    long failed = 0;
    Map<String, Integer> skipped = new TreeMap<>();
    for (FileResult result : results) {
      append(
          rows,
          result.name(),
          result.count(Outcome.PASSED),
          result.count(Outcome.FAILED),
          result.skippedByReason());
      passed += result.count(Outcome.PASSED);
      failed += result.count(Outcome.FAILED);
      result.skippedByReason().forEach((why, count) -> skipped.merge(why, count, Integer::sum));
    }
    append(rows, "total", passed, failed, skipped);
    return new Rows(
        List.of("file", "outcome", "evals", "reason"), List.of(false, false, true, false), rows);
  }

  private static void append(
      List<List<Object>> rows,
      String name,
      long passed,
      long failed,
      Map<String, Integer> skipped) {
    rows.add(Arrays.asList(name, "passed", passed, null));
    rows.add(Arrays.asList(name, "failed", failed, null));
    int all = skipped.values().stream().mapToInt(count -> count).sum();
    rows.add(Arrays.asList(name, "skipped", all, null));
    skipped.forEach((why, count) -> rows.add(Arrays.asList(name, "skipped", count, why)));
  }

  private static Rows cases(List<FileResult> results) {
    List<List<Object>> rows = new ArrayList<>();
    for (FileResult result : results) {
      if (result.fault() != null) {
        rows.add(Arrays.asList(result.name(), null, "unreadable", result.fault()));
      }
      for (CaseResult each : result.cases()) {
        String outcome = each.outcome().name().toLowerCase(Locale.ROOT);
        rows.add(Arrays.asList(result.name(), each.line(), outcome, each.reason()));
      }
    }
    return new Rows(List.of("file", "line", "outcome", "reason"), List.of(), rows);
  }
}
