package oht50.metrics.cli.rules;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import oht50.metrics.cli.CommandFailure;
import oht50.metrics.cli.DataOption;
import oht50.metrics.cli.DatabaseOption;
import oht50.metrics.cli.ExitCodes;
import oht50.metrics.cli.ReadOnly;
import oht50.metrics.promql.eval.EvaluationOptions;
import oht50.metrics.ruleexplain.Catalogue;
import oht50.metrics.ruleexplain.ExplainPlan;
import oht50.metrics.ruleexplain.Explainer;
import oht50.metrics.ruleexplain.Explanation;
import oht50.metrics.ruleexplain.ExplanationText;
import oht50.metrics.ruleexplain.NamedRule;
import oht50.metrics.ruleexplain.PublishedAlert;
import oht50.metrics.ruleexplain.Wanted;
import oht50.metrics.rulefile.RuleGroup;
import oht50.metrics.time.Durations;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code rules explain}. */
@Command(
    name = "explain",
    mixinStandardHelpOptions = true,
    description = {
      "Say why a rule's alerts did or did not fire at a time (docs/rules.md): what each part of the"
          + " expression was at the rule's tick, what found no partner, how the condition held"
          + " before, and what the job published. Points are read from the database; evaluated is"
          + " as in production.",
      "Exit code 0 if it is explained, 1 if a rule file is wrong or the rule cannot be explained."
    })
final class ExplainCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private DataOption data;
  @Mixin private DatabaseOption database;

  @Parameters(paramLabel = "RULE", description = "Name of an alert, or of a recorded metric.")
  private String name;

  @Option(
      names = "--labels",
      paramLabel = "LABEL=VALUE",
      split = ",",
      description =
          "Only alerts, or recorded series, with these labels; they may have more. Nothing after ="
              + " asks for those without the label. May be repeated.")
  private Map<String, String> labels = new LinkedHashMap<>();

  @Option(
      names = "--at",
      paramLabel = "INSTANT",
      description =
          "A time like 2026-11-24T18:50:00Z, or milliseconds since 1970; now if not given. The"
              + " rule's last tick at or before it is explained.")
  private String at;

  @Option(
      names = "--file",
      paramLabel = "FILE",
      description =
          "Rule file of the rule, or of recording rules that it looks at; may be repeated. Without"
              + " one, the rules that ship.")
  private List<Path> files = new ArrayList<>();

  @Option(
      names = "--before",
      paramLabel = "DURATION",
      defaultValue = "1h",
      description =
          "How long before the tick, besides for and keep_firing_for, to look for where it began;"
              + " ${DEFAULT-VALUE} if not given.")
  private String before;

  @Option(
      names = "--interval",
      paramLabel = "DURATION",
      defaultValue = "1m",
      description =
          "How far apart the ticks of groups are that do not say it; ${DEFAULT-VALUE} if not"
              + " given.")
  private String interval;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "10",
      description = "Series of a part that are shown; ${DEFAULT-VALUE} if not given.")
  private int limit;

  @Option(names = "--json", description = "One object.")
  private boolean json;

  /** What was found out in one transaction. */
  private record Answer(Explanation explanation, List<PublishedAlert> published) {}

  @Override
  public Integer call() throws IOException {
    ExplainPlan plan = plan(RuleFiles.groups(files));
    Answer answer =
        ReadOnly.transaction(
            database.url(data),
            connection -> {
              ExplainTables tables = new ExplainTables(connection);
              Catalogue catalogue = tables.catalogue();
              return new Answer(
                  new Explainer(plan, tables.points(plan, catalogue), catalogue, limit).explain(),
                  tables.published(plan));
            });
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(ExplainJson.print(answer.explanation, answer.published));
    } else {
      out.print(ExplanationText.print(answer.explanation));
      if (plan.isOfAlert()) {
        out.print(ExplanationText.print(answer.explanation, answer.published));
      }
    }
    out.flush();
    return ExitCodes.OK;
  }

  private ExplainPlan plan(List<RuleGroup> groups) {
    long interval = positive(duration("--interval", this.interval), "--interval");
    long before = duration("--before", this.before);
    positive(limit, "--limit");
    NamedRule rule = rule(groups);
    try {
      return new ExplainPlan(
          groups,
          rule.group(),
          rule.rule(),
          Wanted.of(labels),
          instant(),
          interval,
          before,
          EvaluationOptions.DEFAULT);
    } catch (IllegalArgumentException e) {
      throw CommandFailure.problems(rule.place() + ": " + e.getMessage());
    }
  }

  private NamedRule rule(List<RuleGroup> groups) {
    List<NamedRule> named = NamedRule.of(groups, name);
    if (named.size() == 1) {
      return named.get(0);
    }
    if (named.isEmpty()) {
      String known =
          groups.stream()
              .flatMap(group -> group.rules().stream())
              .map(rule -> rule.name())
              .distinct()
              .collect(Collectors.joining(", "));
      throw CommandFailure.usage(
          "there is no rule '" + name + "'; known are " + (known.isEmpty() ? "none" : known));
    }
    throw CommandFailure.usage(
        "'%s' is the name of %d rules; leave files out, or give one of them another name:%n%s"
            .formatted(
                name,
                named.size(),
                named.stream().map(NamedRule::place).collect(Collectors.joining("\n"))));
  }

  private long instant() {
    if (at == null) {
      return Instant.now().toEpochMilli();
    }
    return InstantText.parse("--at", at);
  }

  private static long duration(String option, String text) {
    try {
      Duration duration = Durations.parse(text);
      return duration.toMillis();
    } catch (IllegalArgumentException e) {
      throw CommandFailure.usage(option + ": " + e.getMessage());
    }
  }

  private static long positive(long number, String option) {
    if (number <= 0) {
      throw CommandFailure.usage(option + " must be more than 0");
    }
    return number;
  }
}
