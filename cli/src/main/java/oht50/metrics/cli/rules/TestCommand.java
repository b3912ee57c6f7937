package oht50.metrics.cli.rules;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import oht50.metrics.cli.CommandFailure;
import oht50.metrics.cli.ExitCodes;
import oht50.metrics.cli.output.RowFormat;
import oht50.metrics.cli.output.Rows;
import oht50.metrics.ruletest.FileOutcome;
import oht50.metrics.ruletest.RuleTests;
import oht50.metrics.ruletest.TestOutcome;
import oht50.metrics.yaml.Finding;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code rules test}. */
@Command(
    name = "test",
    mixinStandardHelpOptions = true,
    description = {
      "Run unit tests of rules, in promtool's format (docs/rules.md), with the evaluator and the"
          + " alert machine of production. What fails is said with what led to it.",
      "Exit code 0 if nothing failed, 1 if something did or a file cannot be used."
    })
final class TestCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "FILE", arity = "1..*", description = "Test files.")
  private List<Path> files = new ArrayList<>();

  @Option(
      names = "--run",
      paramLabel = "REGEX",
      description = "Only tests whose names match, anywhere; may be repeated.")
  private List<String> names = new ArrayList<>();

  @Option(
      names = "--ignore-unknown-fields",
      description = "Fields of rule files that Prometheus does not know are no fault.")
  private boolean ignoresUnknown;

  @Option(names = "--json", description = "An array with an object for each test and fault.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    RuleTests tests = new RuleTests(pattern(), ignoresUnknown);
    List<FileOutcome> outcomes = new ArrayList<>();
    for (Path file : files) {
      outcomes.add(tests.run(file));
    }
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.print(RowFormat.JSON.print(rows(outcomes)));
    } else {
      outcomes.forEach(outcome -> print(outcome, out));
    }
    out.flush();
    return outcomes.stream().allMatch(FileOutcome::isPassed) ? ExitCodes.OK : ExitCodes.PROBLEMS;
  }

  private Pattern pattern() {
    try {
      return names.isEmpty() ? null : Pattern.compile(String.join("|", names));
    } catch (PatternSyntaxException e) {
      throw CommandFailure.usage(
          "--run: '" + e.getPattern() + "' is not RE2: " + e.getDescription());
    }
  }

  private static void print(FileOutcome outcome, PrintWriter out) {
    out.println("Unit Testing:  " + outcome.file());
    outcome.warnings().forEach(warning -> out.println("  WARNING: " + warning));
    for (TestOutcome test : outcome.tests()) {
      test.leftOut().forEach(what -> out.println("  SKIPPED: " + what));
    }
    out.println(outcome.isPassed() ? "  SUCCESS" : "  FAILED:");
    outcome.faults().forEach(out::println);
    for (TestOutcome test : outcome.tests()) {
      test.failures().forEach(failure -> out.println(failure + System.lineSeparator()));
    }
    out.println();
  }

  private static Rows rows(List<FileOutcome> outcomes) {
    List<List<Object>> rows = new ArrayList<>();
    for (FileOutcome outcome : outcomes) {
      for (Finding fault : outcome.faults()) {
        rows.add(row(outcome, fault.line(), null, "unusable", fault.toString()));
      }
      for (TestOutcome test : outcome.tests()) {
        if (test.isPassed()) {
          rows.add(row(outcome, test.line(), test.name(), "passed", null));
        }
        test.failures()
            .forEach(why -> rows.add(row(outcome, test.line(), test.name(), "failed", why)));
        test.leftOut()
            .forEach(why -> rows.add(row(outcome, test.line(), test.name(), "skipped", why)));
      }
    }
    return new Rows(List.of("file", "line", "test", "outcome", "reason"), List.of(), rows);
  }

  private static List<Object> row(
      FileOutcome outcome, int line, String test, String word, String reason) {
    return Arrays.asList(outcome.file(), line, test, word, reason);
  }
}
