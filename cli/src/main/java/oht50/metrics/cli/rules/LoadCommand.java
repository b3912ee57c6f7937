package oht50.metrics.cli.rules;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import oht50.metrics.cli.CommandFailure;
import oht50.metrics.cli.DataOption;
import oht50.metrics.cli.ExitCodes;
import oht50.metrics.job.config.RuleConfig;
import oht50.metrics.job.ruleload.KnownRules;
import oht50.metrics.job.ruleload.RulesTopic;
import oht50.metrics.model.Position;
import oht50.metrics.model.RuleSet;
import oht50.metrics.model.RuleSetEntry;
import oht50.metrics.ruleset.InvalidRules;
import oht50.metrics.ruleset.RuleChange;
import oht50.metrics.ruleset.RuleChanges;
import oht50.metrics.ruleset.RuleFiles;
import oht50.metrics.ruleset.RuleSetTimes;
import oht50.metrics.sink.kafka.RuleSetRecord;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code rules load}. */
@Command(
    name = "load",
    mixinStandardHelpOptions = true,
    description = {
      "Make files the rules of the running job, instead of all that it has (docs/rules.md). They are"
          + " checked as the job does. Says which rules are new, changed or gone, and from when new"
          + " ones speak; rules that do not change go on.",
      "Exit code 0 if they are sent, 1 if a file is wrong."
    })
final class LoadCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private DataOption data;
  @Mixin private RulesTopicOption option;

  @Parameters(paramLabel = "FILE", arity = "1..*", description = "Rule files: all that shall be.")
  private List<Path> paths = new ArrayList<>();

  @Option(
      names = "--at",
      paramLabel = "INSTANT",
      description =
          "From when on they are valid, like 2026-11-24T18:50:00Z; the next whole minute at least"
              + " 15 s ahead if not given.")
  private String at;

  @Option(names = "--dry-run", description = "Say what would change, and send nothing.")
  private boolean isDryRun;

  @Override
  public Integer call() throws Exception {
    RuleConfig config = option.config().rules();
    if (config.isWatched() && !isDryRun) {
      throw CommandFailure.usage(
          "the job looks at the folder %s and would put its rules back; change the files there"
              .formatted(config.folder()));
    }
    SortedMap<String, String> files = checked(config);
    long from = from(System.currentTimeMillis());
    option.with(
        data,
        topic -> {
          KnownRules known = new KnownRules(config.files(), config.settings());
          known.add(topic.news());
          load(files, from, known, topic);
          return null;
        });
    spec.commandLine().getOut().flush();
    return ExitCodes.OK;
  }

  private SortedMap<String, String> checked(RuleConfig config) throws IOException {
    SortedMap<String, String> files = new TreeMap<>();
    Map<String, Path> given = new HashMap<>(); // name of a file -> as it was given
    for (Path path : paths) {
      String name = path.getFileName().toString();
      if (given.putIfAbsent(name, path) != null) {
        throw CommandFailure.usage(
            "two files are called %s; give one another name".formatted(name));
      }
      files.put(name, text(path));
    }
    int bytes = RuleSetRecord.value(0, files).length;
    if (bytes > RuleSetRecord.MAX_BYTES) {
      throw CommandFailure.problems(
          "the files are %d bytes together, %d are allowed"
              .formatted(bytes, RuleSetRecord.MAX_BYTES));
    }
    try {
      RuleFiles.check(files, config.settings());
    } catch (InvalidRules e) {
      throw CommandFailure.problems(
          e.getMessage()
              .lines()
              .map(line -> asGiven(line, given))
              .collect(Collectors.joining("\n")));
    }
    return files;
  }

  private static String text(Path file) throws IOException {
    try {
      return Files.readString(file);
    } catch (NoSuchFileException e) {
      throw CommandFailure.usage("there is no file " + file);
    } catch (CharacterCodingException e) {
      throw CommandFailure.problems(file + " is not UTF-8");
    }
  }

  /** A finding with the folder of its file. */
  private static String asGiven(String finding, Map<String, Path> given) {
    int end = finding.indexOf(':');
    Path path = end < 0 ? null : given.get(finding.substring(0, end));
    return path == null ? finding : path + finding.substring(end);
  }

  private long from(long now) {
    long from = at == null ? RuleSetTimes.next(now) : InstantText.parse("--at", at);
    if (from <= now) {
      throw CommandFailure.usage(
          "--at %s is over; rules are valid from when they arrive at the earliest".formatted(at));
    }
    return from;
  }

  private void load(SortedMap<String, String> files, long from, KnownRules known, RulesTopic topic)
      throws Exception {
    PrintWriter out = spec.commandLine().getOut();
    RuleSet before = known.validAt(from);
    if (before.files().equals(files)) {
      out.println("these files are valid then already; nothing is sent");
      return;
    }
    RuleSet after = new RuleSet(from, files, new Position("", 0, 0));
    List<RuleChange> changes =
        RuleChanges.between(before, after, option.config().rules().settings());
    changes.stream().map(LoadCommand::line).filter(line -> !line.isEmpty()).forEach(out::println);
    long unchanged =
        changes.stream().filter(each -> each.kind() == RuleChange.Kind.UNCHANGED).count();
    out.println(unchanged + " unchanged");
    if (isDryRun) {
      out.println("would be effective from " + Instant.ofEpochMilli(from) + "; nothing is sent");
    } else {
      Position sent = topic.send(from, files);
      out.println(
          "version %d (%s/%d/%d), effective from %s"
              .formatted(
                  RuleSetEntry.versionOf(sent),
                  sent.topic(),
                  sent.partition(),
                  sent.offset(),
                  Instant.ofEpochMilli(from)));
    }
    RuleSet next = known.nextAfter(from);
    if (next != null) {
      out.println(
          "version %d takes over at %s"
              .formatted(
                  RuleSetEntry.versionOf(next.source()),
                  Instant.ofEpochMilli(next.effectiveFrom())));
    }
  }

  /** Empty for a rule that stays as it is. */
  private static String line(RuleChange change) {
    String rule = change.rule().words() + ", " + change.place();
    String since =
        change.goesOn() ? "goes on" : "speaks from " + Instant.ofEpochMilli(change.speaksFrom());
    return switch (change.kind()) {
      case NEW -> "new      %s: %s".formatted(rule, since);
      case CHANGED ->
          "changed  %s: %s; %s".formatted(rule, String.join(", ", change.differences()), since);
      case GONE -> "gone     " + rule;
      case UNCHANGED -> "";
    };
  }
}
