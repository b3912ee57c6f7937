package oht50.metrics.cli.rules;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import oht50.metrics.cli.CommandFailure;
import oht50.metrics.cli.ExitCodes;
import oht50.metrics.cli.output.RowFormat;
import oht50.metrics.cli.output.Rows;
import oht50.metrics.rulecheck.KnownMetrics;
import oht50.metrics.rulecheck.Lint;
import oht50.metrics.rulecheck.Remark;
import oht50.metrics.rulecheck.RuleLints;
import oht50.metrics.rulefile.PlacedRules;
import oht50.metrics.rulefile.RuleFileReader;
import oht50.metrics.yaml.Finding;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code rules check}. */
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    description = {
      "Say all that is wrong with rule files, a line each with file, line and column, and what is"
          + " probably wrong with rules that can be read (docs/rules.md). Rules of all files may"
          + " use what any of them records.",
      "Exit code 0 if all files can be used, 1 if not, 3 if there are remarks and --lint-fatal."
    })
final class CheckCommand implements Callable<Integer> {
  private static final String STANDARD_INPUT = "standard input";

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "FILE",
      arity = "0..*",
      description = "Rule files; without one, standard input.")
  private List<Path> files = new ArrayList<>();

  @Option(
      names = "--lint",
      paramLabel = "LINT",
      split = ",",
      description = "all (the default), none, or words of lints, as remarks have them.")
  private List<String> lints = new ArrayList<>();

  @Option(names = "--lint-fatal", description = "Remarks are code 3.")
  private boolean isLintFatal;

  @Option(
      names = "--metric",
      paramLabel = "NAME",
      description =
          "A metric of yours whose name begins with oht50_, or the beginning of such names and *;"
              + " may be repeated.")
  private List<String> metrics = new ArrayList<>();

  @Option(
      names = "--ignore-unknown-fields",
      description = "Fields that Prometheus does not know are no fault.")
  private boolean ignoresUnknown;

  @Option(names = "--json", description = "An array of objects.")
  private boolean json;

  /** A file, what is wrong with it, and what probably is. */
  private record Checked(
      String name, PlacedRules rules, List<Finding> faults, List<Remark> remarks) {}

  @Override
  public Integer call() throws IOException {
    Set<Lint> wanted = wanted();
    List<Checked> checked = new ArrayList<>();
    if (files.isEmpty()) {
      checked.add(check(STANDARD_INPUT, System.in.readAllBytes()));
    }
    for (Path file : files) {
      checked.add(check(file));
    }
    RuleLints rules =
        new RuleLints(new KnownMetrics(metrics), checked.stream().map(Checked::rules).toList());
    for (Checked each : checked) {
      rules.of(each.rules).stream()
          .filter(remark -> wanted.contains(remark.lint()))
          .forEach(each.remarks::add);
    }
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.print(RowFormat.JSON.print(rows(checked)));
    } else {
      checked.forEach(each -> print(each, out));
    }
    out.flush();
    if (checked.stream().anyMatch(each -> !each.faults.isEmpty())) {
      return ExitCodes.PROBLEMS;
    }
    boolean hasRemarks = checked.stream().anyMatch(each -> !each.remarks.isEmpty());
    return hasRemarks && isLintFatal ? ExitCodes.LINT : ExitCodes.OK;
  }

  private Set<Lint> wanted() {
    Set<Lint> wanted = EnumSet.noneOf(Lint.class);
    for (String word : lints.isEmpty() ? List.of("all") : lints) {
      try {
        switch (word.strip()) {
          case "all" -> wanted.addAll(EnumSet.allOf(Lint.class));
          case "none" -> wanted.clear();
          default -> wanted.add(Lint.ofWord(word.strip()));
        }
      } catch (IllegalArgumentException e) {
        throw CommandFailure.usage("--lint: " + e.getMessage());
      }
    }
    return wanted;
  }

  private Checked check(Path file) throws IOException {
    try {
      return check(file.toString(), Files.readAllBytes(file));
    } catch (NoSuchFileException e) {
      return unreadable(file.toString(), "there is no such file");
    }
  }

  private Checked check(String name, byte[] content) {
    String text;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString();
    } catch (CharacterCodingException e) {
      return unreadable(name, "the file is not UTF-8");
    }
    List<Finding> faults = new ArrayList<>();
    PlacedRules rules = RuleFileReader.read(name, text, ignoresUnknown, faults);
    return new Checked(name, rules, faults.stream().sorted().toList(), new ArrayList<>());
  }

  private Checked unreadable(String name, String why) {
    return new Checked(
        name,
        RuleFileReader.read(name, "", ignoresUnknown, new ArrayList<>()),
        List.of(Finding.ofFile(name, why)),
        new ArrayList<>());
  }

  private static void print(Checked checked, PrintWriter out) {
    out.println("Checking " + checked.name);
    if (checked.faults.isEmpty()) {
      out.println("  SUCCESS: " + checked.rules.file().ruleCount() + " rules found");
    } else {
      out.println("  FAILED:");
      checked.faults.forEach(out::println);
    }
    checked.remarks.forEach(remark -> out.println("warning: " + remark));
    out.println();
  }

  private static Rows rows(List<Checked> checked) {
    List<List<Object>> rows = new ArrayList<>();
    for (Checked each : checked) {
      each.faults.forEach(fault -> rows.add(row("error", null, fault)));
      each.remarks.forEach(
          remark -> rows.add(row("warning", remark.lint().word(), remark.finding())));
    }
    return new Rows(
        List.of("severity", "lint", "file", "line", "column", "message"), List.of(), rows);
  }

  private static List<Object> row(String severity, String lint, Finding finding) {
    return Arrays.asList(
        severity, lint, finding.file(), finding.line(), finding.column(), finding.message());
  }
}
